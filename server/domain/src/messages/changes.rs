//! What has changed since a client last looked: the other half of the live events.

use std::collections::HashMap;

use sapa_model::live::{Cursor, RoomChanges};
use sapa_model::{
    AppError, AppResult, Member, Message, MessageId, RoomId, TokenScope, UserCard, UserId, limits,
};
use sea_orm::{ColumnTrait, Condition, DatabaseConnection, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use super::{to_wire, visible_to};
use crate::chat::Chat;
use crate::entity::words::RoomKind;
use crate::entity::{membership, message, message_hide, room, user};
use crate::fault::OrFault;
use crate::rooms::view;
use crate::scope::Scope;

/// What changed in these rooms since the cursors: one answer for each room of which the asker is a
/// member, the others left out. `limit_reached` beyond [`limits::RESUME_ROOMS_MAX`] rooms.
///
/// Where so much has changed that the room is better loaded anew, it says so and tells no messages.
pub async fn changes(chat: &Chat, scope: &Scope, cursors: &[Cursor]) -> AppResult<Vec<RoomChanges>> {
    scope.may(TokenScope::Read)?;
    if cursors.len() > limits::RESUME_ROOMS_MAX {
        return Err(AppError::limit_reached("rooms", limits::RESUME_ROOMS_MAX).on("rooms"));
    }
    let (db, viewer) = (chat.db(), scope.user_id);
    // A cursor far ahead means a log that went back, as after a restored backup: like one far behind.
    let since: HashMap<i64, i64> =
        cursors.iter().map(|c| (c.room_id.0, i64::try_from(c.seq).unwrap_or(i64::MAX))).collect();
    let rooms = rooms_of(db, viewer, &since).await?;
    let reloads = |room: &room::Model| !told(room, since_of(&since, room.id));
    let resumed: Vec<&room::Model> = rooms.iter().filter(|room| !reloads(room)).collect();

    let mut messages = changed_messages(db, viewer, &resumed, &since).await?;
    let mut members = changed_members(db, viewer, &rooms, &since).await?;
    let mut hidden = newly_hidden(db, viewer, &resumed, &since).await?;
    let facts = view::facts(db, &rooms).await?;
    let answer = |room: room::Model| RoomChanges {
        messages: messages.remove(&room.id).unwrap_or_default(),
        hidden: hidden.remove(&room.id).unwrap_or_default(),
        members: members.remove(&room.id).unwrap_or_default(),
        reload: reloads(&room),
        room: facts.room(room),
    };
    Ok(rooms.into_iter().map(answer).collect())
}

/// Whether the changes since `seq` are told. Each change took a number of its own, so their count
/// is known before they are read.
fn told(room: &room::Model, seq: i64) -> bool {
    let behind = room.last_seq.saturating_sub(seq);
    (0..=limits::RESUME_CHANGES_MAX.cast_signed() as i64).contains(&behind)
}

fn since_of(since: &HashMap<i64, i64>, room_id: i64) -> i64 {
    since.get(&room_id).copied().unwrap_or(0)
}

async fn rooms_of(
    db: &DatabaseConnection,
    viewer: UserId,
    since: &HashMap<i64, i64>,
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
    rooms: &[&room::Model],
    since: &HashMap<i64, i64>,
) -> AppResult<HashMap<i64, Vec<Message>>> {
    let Some(newer) = newer(rooms, since, message::Column::RoomId, message::Column::Seq) else {
        return Ok(HashMap::new());
    };
    let rows = message::Entity::find()
        .filter(newer)
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
    rooms: &[&room::Model],
    since: &HashMap<i64, i64>,
) -> AppResult<HashMap<i64, Vec<MessageId>>> {
    let Some(newer) = newer(rooms, since, message_hide::Column::RoomId, message_hide::Column::Seq) else {
        return Ok(HashMap::new());
    };
    let rows = message_hide::Entity::find()
        .filter(message_hide::Column::UserId.eq(viewer.0))
        .filter(newer)
        .all(db)
        .await
        .or_fault()?;
    let mut by_room: HashMap<i64, Vec<MessageId>> = HashMap::new();
    for row in rows {
        by_room.entry(row.room_id).or_default().push(MessageId(row.message_id));
    }
    Ok(by_room)
}

/// Rows of these rooms that are newer than the cursors; none where no room has changed.
fn newer<C: ColumnTrait>(
    rooms: &[&room::Model],
    since: &HashMap<i64, i64>,
    room_id: C,
    seq: C,
) -> Option<Condition> {
    let changed = rooms.iter().filter(|room| room.last_seq > since_of(since, room.id));
    let newer = changed.fold(Condition::any(), |newer, room| {
        newer.add(room_id.eq(room.id).and(seq.gt(since_of(since, room.id))))
    });
    (!newer.is_empty()).then_some(newer)
}

/// Everyone who is in these rooms, with their markers, and those who have gone since; of a channel its admins,
/// and who has become or ceased to be one.
async fn changed_members(
    db: &DatabaseConnection,
    viewer: UserId,
    rooms: &[room::Model],
    since: &HashMap<i64, i64>,
) -> AppResult<HashMap<i64, Vec<Member>>> {
    let kinds: HashMap<i64, RoomKind> = rooms.iter().map(|room| (room.id, room.kind)).collect();
    let such = rooms.iter().fold(Condition::any(), |such, room| {
        let of_room = Condition::all().add(membership::Column::RoomId.eq(room.id));
        such.add(if room.kind == RoomKind::Channel {
            let changed = membership::Column::Seq.gt(since_of(since, room.id));
            of_room.add(Condition::any().add(view::is_admin()).add(changed))
        } else {
            of_room
        })
    });
    let mut by_room: HashMap<i64, Vec<Member>> = HashMap::new();
    if rooms.is_empty() {
        return Ok(by_room);
    }
    let rows = membership::Entity::find()
        .filter(such)
        .find_also_related(user::Entity)
        .order_by_asc(membership::Column::UserId)
        .all(db)
        .await
        .or_fault()?;
    for (row, user) in rows {
        let (Some(user), Some(kind)) = (user, kinds.get(&row.room_id)) else { continue };
        if row.active || row.seq > since_of(since, row.room_id) {
            let room_id = RoomId(row.room_id);
            let member = view::to_member(row, *kind, UserCard::from(user), viewer);
            by_room.entry(room_id.0).or_default().push(member);
        }
    }
    Ok(by_room)
}
