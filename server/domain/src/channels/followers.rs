//! Who follows a channel, for its admins.

use sapa_model::channel::{Follower, FollowerPage};
use sapa_model::{AppResult, Role, RoomId, TokenScope, UserCard, UserId, limits};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::own;
use crate::chat::Chat;
use crate::entity::{membership, user};
use crate::fault::OrFault;
use crate::fold::containing;
use crate::groups;
use crate::scope::Scope;

/// A page of a channel's followers and admins, `after` somebody; admins only. `query` narrows to those whose
/// names contain it.
pub async fn followers(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    query: &str,
    after: Option<UserId>,
) -> AppResult<FollowerPage> {
    let me = scope.may(TokenScope::Rooms)?;
    let db = chat.db();
    let (place, _) = own(db, room_id, me).await?;
    groups::allow(Role::from(place.me.role) >= Role::Admin)?;
    let mut such = membership::Entity::find()
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::Active.eq(true))
        .filter(membership::Column::UserId.gt(after.map_or(0, |after| after.0)));
    let query: String = query.trim().chars().take(limits::SEARCH_MAX).collect();
    if !query.is_empty() {
        such = such.filter(user::Column::Search.like(containing(&query)));
    }
    let mut rows = such
        .find_also_related(user::Entity)
        .order_by_asc(membership::Column::UserId)
        .limit(limits::FOLLOWER_PAGE as u64 + 1)
        .all(db)
        .await
        .or_fault()?;
    let more = rows.len() > limits::FOLLOWER_PAGE;
    rows.truncate(limits::FOLLOWER_PAGE);
    let follower = |(row, user): (membership::Model, Option<user::Model>)| {
        Some(Follower { user: UserCard::from(user?), role: row.role.into() })
    };
    Ok(FollowerPage { followers: rows.into_iter().filter_map(follower).collect(), more })
}
