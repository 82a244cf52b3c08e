//! The explorer of public channels.

use std::collections::HashSet;

use sapa_model::channel::{ChannelCard, ChannelCursor, ChannelPage};
use sapa_model::{AppError, AppResult, ChannelHandle, RoomId, TokenScope, UserId, limits};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::chat::Chat;
use crate::entity::words::Role;
use crate::entity::{channel, membership, room};
use crate::fault::OrFault;
use crate::fold;
use crate::rooms::view;
use crate::scope::Scope;
use crate::standing::banned;

/// A page of public channels, those with the most followers first, the newer of equals before the older.
///
/// `query` narrows to those whose name, handle or description contain it; `after` is the `next` of the page
/// before. `too_long`, field `query`.
pub async fn explore(
    chat: &Chat,
    scope: &Scope,
    query: &str,
    after: Option<ChannelCursor>,
) -> AppResult<ChannelPage> {
    use channel::Column::{Followers, RoomId as Room, Search};
    let viewer = scope.may(TokenScope::Read)?;
    if query.chars().count() > limits::SEARCH_MAX {
        return Err(AppError::too_long("query", limits::SEARCH_MAX));
    }
    let _turn = chat.searches().take(scope.counted(), 1).await?;
    let mut such = public();
    let query = query.trim().trim_start_matches('@');
    if !query.is_empty() {
        such = such.add(Search.like(fold::containing(query)));
    }
    if let Some(after) = after {
        let followers = i64::from(after.followers);
        let equal = Followers.eq(followers).and(Room.lt(after.room.0));
        such = such.add(Followers.lt(followers).or(equal));
    }
    let mut rows = channel::Entity::find()
        .filter(such)
        .find_also_related(room::Entity)
        .order_by_desc(Followers)
        .order_by_desc(Room)
        .limit(limits::CHANNEL_PAGE as u64 + 1)
        .all(chat.db())
        .await
        .or_fault()?;
    let more = rows.len() > limits::CHANNEL_PAGE;
    rows.truncate(limits::CHANNEL_PAGE);
    let rooms: Vec<_> = rows.into_iter().filter_map(|(_, room)| room).collect();
    let channels = cards(chat.db(), viewer, rooms).await?;
    let next = channels
        .last()
        .filter(|_| more)
        .map(|last| ChannelCursor { followers: last.room.member_count, room: last.room.id });
    Ok(ChannelPage { channels, next })
}

/// A public channel by its handle; `not_found` for none.
pub async fn find(chat: &Chat, scope: &Scope, handle: &str) -> AppResult<ChannelCard> {
    let viewer = scope.may(TokenScope::Read)?;
    let room = public_room(chat.db(), handle).await?;
    cards(chat.db(), viewer, vec![room]).await?.pop().ok_or_else(AppError::internal)
}

/// Channels that everyone can find: those with a handle whose owner the host has not sent away.
pub(super) fn public() -> Condition {
    let theirs = Query::select()
        .column(membership::Column::RoomId)
        .from(membership::Entity)
        .and_where(membership::Column::Role.eq(Role::Owner))
        .and_where(membership::Column::UserId.in_subquery(banned()))
        .to_owned();
    Condition::all()
        .add(channel::Column::Handle.is_not_null())
        .add(channel::Column::RoomId.not_in_subquery(theirs))
}

/// The room of a public channel; `not_found` for none.
pub(super) async fn public_room<C: ConnectionTrait>(db: &C, handle: &str) -> AppResult<room::Model> {
    let missing = || AppError::not_found("channel");
    let handle = ChannelHandle::parse(handle).map_err(|_| missing())?;
    let found = channel::Entity::find()
        .filter(public())
        .filter(channel::Column::Handle.eq(handle.as_str()))
        .find_also_related(room::Entity)
        .one(db)
        .await
        .or_fault()?;
    found.and_then(|(_, room)| room).ok_or_else(missing)
}

async fn cards<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    rooms: Vec<room::Model>,
) -> AppResult<Vec<ChannelCard>> {
    let own: Vec<i64> = membership::Entity::find()
        .select_only()
        .column(membership::Column::RoomId)
        .filter(membership::Column::UserId.eq(viewer.0))
        .filter(membership::Column::Active.eq(true))
        .filter(membership::Column::RoomId.is_in(rooms.iter().map(|room| room.id)))
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    let own: HashSet<RoomId> = own.into_iter().map(RoomId).collect();
    let facts = view::facts(db, &rooms).await?;
    let card =
        |room: room::Model| ChannelCard { followed: own.contains(&RoomId(room.id)), room: facts.room(room) };
    Ok(rooms.into_iter().map(card).collect())
}
