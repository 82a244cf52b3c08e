//! The live side: connections, typing, presence.

use std::collections::{HashMap, HashSet};

use sapa_model as model;
use sapa_model::people::Presence;
use sapa_model::{AppError, AppResult, Event, RoomId, Timestamp, TokenScope, UserId, limits};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::cards;
use crate::chat::Chat;
use crate::entity::words::{Circle, RoomKind};
use crate::entity::{block, membership, room, user};
use crate::fault::OrFault;
use crate::hub::{Audience, ConnectionId};
use crate::rooms::access;
use crate::rooms::ties;
use crate::scope::Scope;

mod connection;

pub use connection::{Connection, connect};

/// Tells the others of a room that the asker is typing; nobody in a channel. Passes neither across a block nor to or
/// from a stranger who has not been answered.
pub async fn typing(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<()> {
    scope.may(TokenScope::Write)?;
    let place = access::place(chat.db(), room_id, scope.user_id).await?;
    if !model::RoomKind::from(place.room.kind).members_meet() {
        return Ok(());
    }
    if let Some(ties) = ties::ties(chat.db(), &place).await? {
        let waits = |member: &membership::Model| member.request || member.hidden;
        if ties.i_block || ties.blocks_me || waits(&place.me) || waits(&ties.peer) {
            return Ok(());
        }
    }
    let event = Event::Typing { room_id, user_id: scope.user_id };
    chat.hub().publish(Audience::RoomBut(room_id, scope.user_id), event);
    Ok(())
}

/// Makes these the people of whom the connection hears when their profile changes and when they come
/// and go, and answers with their presence as it is.
///
/// Whoever has not answered the asker yet, stands across a block, or shows their presence to a circle
/// without the asker, reads as offline. `limit_reached` beyond [`limits::WATCH_MAX`] people.
pub async fn watch(
    chat: &Chat,
    scope: &Scope,
    connection: ConnectionId,
    user_ids: &[UserId],
) -> AppResult<Vec<Presence>> {
    scope.may(TokenScope::Read)?;
    if user_ids.len() > limits::WATCH_MAX {
        return Err(AppError::limit_reached("people", limits::WATCH_MAX).on("userIds"));
    }
    let db = chat.db();
    let visible = visible(db, scope.user_id, user_ids).await?;
    // First watch, then look: what changes in between is told twice rather than never.
    chat.hub().watch(connection, user_ids, &visible.iter().copied().collect::<Vec<_>>());
    let last_seen = last_seen(db, &visible).await?;
    let presence = |user_id: &UserId| {
        let online = visible.contains(user_id) && chat.hub().is_online(*user_id);
        let last_seen = if online { None } else { last_seen.get(user_id).copied() };
        Presence { user_id: *user_id, online, last_seen }
    };
    Ok(user_ids.iter().map(presence).collect())
}

/// Those of `user_ids` whose presence `viewer` may see.
async fn visible<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    user_ids: &[UserId],
) -> AppResult<HashSet<UserId>> {
    use membership::Column::{Active, Hidden, Request, RoomId, UserId as Member};
    let own_rooms = Query::select()
        .column(RoomId)
        .from(membership::Entity)
        .and_where(Member.eq(viewer.0))
        .and_where(Active.eq(true))
        .to_owned();
    let unanswered: Vec<i64> = membership::Entity::find()
        .select_only()
        .column(Member)
        .filter(Member.is_in(user_ids.iter().map(|id| id.0)))
        .filter(Condition::any().add(Request.eq(true)).add(Hidden.eq(true)))
        .filter(RoomId.in_subquery(own_rooms))
        .inner_join(room::Entity)
        .filter(room::Column::Kind.eq(RoomKind::Direct))
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    let across = Condition::any()
        .add(block::Column::BlockerId.eq(viewer.0))
        .add(block::Column::BlockedId.eq(viewer.0));
    let blocks = block::Entity::find().filter(across).all(db).await.or_fault()?;
    let mut apart: HashSet<i64> = blocks.iter().flat_map(|row| [row.blocker_id, row.blocked_id]).collect();
    apart.remove(&viewer.0);
    apart.extend(unanswered);
    let near: Vec<_> = user_ids.iter().copied().filter(|id| !apart.contains(&id.0)).collect();
    let circles = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::WhoSeesPresence])
        .filter(user::Column::Id.is_in(near.iter().map(|id| id.0)))
        .into_tuple::<(i64, Circle)>()
        .all(db)
        .await
        .or_fault()?;
    let friends = cards::friends_among(db, viewer, &near).await?;
    let admitted = |(id, circle): (i64, Circle)| {
        let id = UserId(id);
        (id == viewer || model::Circle::from(circle).admits(friends.contains(&id))).then_some(id)
    };
    Ok(circles.into_iter().filter_map(admitted).collect())
}

async fn last_seen<C: ConnectionTrait>(
    db: &C,
    user_ids: &HashSet<UserId>,
) -> AppResult<HashMap<UserId, Timestamp>> {
    let rows: Vec<(i64, Option<i64>)> = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::LastSeenAt])
        .filter(user::Column::Id.is_in(user_ids.iter().map(|id| id.0)))
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((UserId(id), Timestamp(at?)))).collect())
}
