//! The counts that the navigation shows.

use sapa_model::{AppResult, UserId};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::list::{listed, open_requests};
use crate::entity::{membership, room};
use crate::fault::OrFault;
use crate::markers::unread::unread;

/// What waits for a user.
pub struct Counts {
    /// Unread messages over all rooms that are neither muted nor requests.
    pub unread: u32,
    /// Message requests that wait for an answer.
    pub message_requests: u32,
}

/// Counts what waits for a user.
pub async fn counts<C: ConnectionTrait>(db: &C, user_id: UserId) -> AppResult<Counts> {
    let unread: Option<i64> = membership::Entity::find()
        .select_only()
        // PostgreSQL adds integers up to a decimal.
        .expr_as(unread().sum().cast_as("bigint"), "unread")
        .inner_join(room::Entity)
        .filter(listed(user_id))
        .filter(membership::Column::Muted.eq(false))
        .filter(membership::Column::Request.eq(false))
        .into_tuple()
        .one(db)
        .await
        .or_fault()?
        .flatten();
    let requests = membership::Entity::find().filter(listed(user_id)).filter(open_requests(user_id));
    let requests = requests.count(db).await.or_fault()?;
    Ok(Counts {
        unread: u32::try_from(unread.unwrap_or(0)).unwrap_or(0),
        message_requests: u32::try_from(requests).unwrap_or(u32::MAX),
    })
}
