//! What has changed since a client last looked: the other half of the live events.

use std::collections::HashMap;

use sapa_model::live::{Cursor, RoomChanges};
use sapa_model::{
    AppError, AppResult, Member, Message, MessageId, RoomId, TokenScope, UserCard, UserId, limits,
};
use sea_orm::{ColumnTrait, Condition, DatabaseConnection, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use super::{to_wire, visible_to};
use crate::chat::Chat;
use crate::entity::{membership, message, message_hide, room, user};
use crate::fault::OrFault;
use crate::rooms::view;
use crate::scope::Scope;

mod budget;
mod sizes;

use budget::{Part, rows};

/// What changed in these rooms since the cursors: one answer for each room of which the asker is a
/// member, the others left out. `limit_reached` beyond [`limits::RESUME_ROOMS_MAX`] rooms.
///
/// No more than about [`limits::RESUME_BYTES`] is told at a time, room by room; a room of which something is left
/// says so, and its `seq` is the cursor to come again with. Where so much has changed that the room is better
/// loaded anew, it says so and tells nothing else. `too_many` or `unavailable` where too much is asked for at once.
pub async fn changes(chat: &Chat, scope: &Scope, cursors: &[Cursor]) -> AppResult<Vec<RoomChanges>> {
    scope.may(TokenScope::Read)?;
    if cursors.len() > limits::RESUME_ROOMS_MAX {
        return Err(AppError::limit_reached("rooms", limits::RESUME_ROOMS_MAX).on("rooms"));
    }
    let (db, viewer) = (chat.db(), scope.user_id);
    let _turn = chat.resumes().take(scope.counted(), 1).await?;
    let since: HashMap<i64, u64> = cursors.iter().map(|c| (c.room_id.0, c.seq)).collect();
    let rooms = rooms_of(db, viewer, &since).await?;
    let facts = view::facts(db, &rooms).await?;
    let part = |row: room::Model| {
        let since = since.get(&row.id).copied().unwrap_or_default();
        Part::new(facts.room(row), since)
    };
    let mut parts: Vec<Part> = rooms.into_iter().map(part).collect();
    let steps = sizes::steps(db, viewer, &parts).await?;
    budget::fill(&mut parts, &steps, limits::RESUME_BYTES);

    let mut messages = changed_messages(db, viewer, &parts).await?;
    let mut members = changed_members(db, viewer, &parts).await?;
    let mut hidden = newly_hidden(db, viewer, &parts).await?;
    let answer = |mut part: Part| {
        let id = part.room.id.0;
        part.room.seq = if part.reload { part.room.seq } else { part.upto.unsigned_abs() };
        RoomChanges {
            messages: messages.remove(&id).unwrap_or_default(),
            hidden: hidden.remove(&id).unwrap_or_default(),
            members: members.remove(&id).unwrap_or_default(),
            reload: part.reload,
            more: !part.reload && !part.whole,
            room: part.room,
        }
    };
    Ok(parts.into_iter().map(answer).collect())
}

async fn rooms_of(
    db: &DatabaseConnection,
    viewer: UserId,
    since: &HashMap<i64, u64>,
) -> AppResult<Vec<room::Model>> {
    let rows = membership::Entity::find()
        .filter(membership::Column::UserId.eq(viewer.0))
        .filter(membership::Column::RoomId.is_in(since.keys().copied()))
        .filter(membership::Column::Active.eq(true))
        .filter(membership::Column::Hidden.eq(false))
        .find_also_related(room::Entity)
        .order_by_asc(membership::Column::RoomId)
        .all(db)
        .await
        .or_fault()?;
    Ok(rows.into_iter().filter_map(|(_, room)| room).collect())
}

async fn changed_messages(
    db: &DatabaseConnection,
    viewer: UserId,
    parts: &[Part],
) -> AppResult<HashMap<i64, Vec<Message>>> {
    if !parts.iter().any(Part::tells) {
        return Ok(HashMap::new());
    }
    let rows = message::Entity::find()
        .filter(rows(parts, message::Column::RoomId, message::Column::Seq))
        .filter(visible_to(viewer))
        .order_by_asc(message::Column::RoomId)
        .order_by_asc(message::Column::Seq)
        .all(db)
        .await
        .or_fault()?;
    let mut by_room: HashMap<i64, Vec<Message>> = HashMap::new();
    for message in to_wire(db, viewer, rows).await? {
        by_room.entry(message.room_id.0).or_default().push(message);
    }
    Ok(by_room)
}

/// What the viewer has deleted for themselves, by room.
async fn newly_hidden(
    db: &DatabaseConnection,
    viewer: UserId,
    parts: &[Part],
) -> AppResult<HashMap<i64, Vec<MessageId>>> {
    if !parts.iter().any(Part::tells) {
        return Ok(HashMap::new());
    }
    let rows = message_hide::Entity::find()
        .filter(message_hide::Column::UserId.eq(viewer.0))
        .filter(rows(parts, message_hide::Column::RoomId, message_hide::Column::Seq))
        .all(db)
        .await
        .or_fault()?;
    let mut by_room: HashMap<i64, Vec<MessageId>> = HashMap::new();
    for row in rows {
        by_room.entry(row.room_id).or_default().push(MessageId(row.message_id));
    }
    Ok(by_room)
}

/// Whose membership has changed; and of a room that is told whole everyone who is in it, with their markers, of a
/// channel its admins.
async fn changed_members(
    db: &DatabaseConnection,
    viewer: UserId,
    parts: &[Part],
) -> AppResult<HashMap<i64, Vec<Member>>> {
    let mut such = rows(parts, membership::Column::RoomId, membership::Column::Seq);
    for part in parts.iter().filter(|part| part.whole) {
        let here = membership::Column::RoomId.eq(part.room.id.0).and(membership::Column::Active.eq(true));
        such = such.add(if part.room.channel.is_some() { here.and(view::is_admin()) } else { here });
    }
    let mut by_room: HashMap<i64, Vec<Member>> = HashMap::new();
    if such.is_empty() {
        return Ok(by_room);
    }
    let rows = membership::Entity::find()
        .filter(Condition::all().add(such))
        .find_also_related(user::Entity)
        .order_by_asc(membership::Column::UserId)
        .all(db)
        .await
        .or_fault()?;
    let kinds: HashMap<RoomId, _> = parts.iter().map(|part| (part.room.id, part.room.kind)).collect();
    for (row, user) in rows {
        let room_id = RoomId(row.room_id);
        let (Some(user), Some(kind)) = (user, kinds.get(&room_id)) else { continue };
        let member = view::to_member(row, (*kind).into(), UserCard::from(user), viewer);
        by_room.entry(room_id.0).or_default().push(member);
    }
    Ok(by_room)
}
