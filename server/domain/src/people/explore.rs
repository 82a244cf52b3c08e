//! The explorer.

use sapa_model::people::PeoplePage;
use sapa_model::{AppError, AppResult, UserId, limits};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::lists::blocked_ids;
use crate::cards;
use crate::chat::Chat;
use crate::entity::user;
use crate::fault::OrFault;
use crate::fold;
use crate::scope::Scope;

/// A page of everyone but the asker and those whom they have blocked, by nickname.
///
/// `query` narrows to names that contain it, whatever their case. Page 0 is the first.
pub async fn explore(chat: &Chat, scope: &Scope, query: &str, page: u32) -> AppResult<PeoplePage> {
    if query.chars().count() > limits::SEARCH_MAX {
        return Err(AppError::too_long("query", limits::SEARCH_MAX));
    }
    let me = scope.user_id;
    let mut found = user::Entity::find()
        .filter(user::Column::Id.ne(me.0))
        .filter(user::Column::Id.not_in_subquery(blocked_ids(me)));
    if !query.trim().is_empty() {
        found = found.filter(user::Column::Search.like(fold::containing(query)));
    }
    let total = found.clone().count(chat.db()).await.or_fault()?;
    let ids: Vec<i64> = found
        .select_only()
        .column(user::Column::Id)
        .order_by_asc(user::Column::Search)
        .order_by_asc(user::Column::Id)
        .offset(u64::from(page) * limits::PEOPLE_PAGE as u64)
        .limit(limits::PEOPLE_PAGE as u64)
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()?;
    let ids: Vec<UserId> = ids.into_iter().map(UserId).collect();
    let mut persons = cards::persons(chat.db(), me, &ids).await?;
    Ok(PeoplePage {
        people: ids.iter().filter_map(|id| persons.remove(id)).collect(),
        page,
        total: u32::try_from(total).unwrap_or(u32::MAX),
    })
}
