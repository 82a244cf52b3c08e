//! Read and delivered markers: how far each member has come. They only ever grow.
//!
//! Unread is the room's last number less the own read marker, and less what of that is deleted (`unread`).

pub(crate) mod unread;

use sapa_model as model;
use sapa_model::{AppResult, Event, RoomId, TokenScope, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::membership;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::messages;
use crate::rooms::access::{self, Place};
use crate::rooms::ties;
use crate::scope::Scope;
use crate::writer::Work;

/// The asker has read the messages up to `number`.
pub async fn read(chat: &Chat, scope: &Scope, room_id: RoomId, number: u64) -> AppResult<()> {
    scope.may(TokenScope::Write)?;
    advance(chat, scope, room_id, Marker::Read, number).await
}

/// The messages up to `number` have reached a device of the asker's.
pub async fn delivered(chat: &Chat, scope: &Scope, room_id: RoomId, number: u64) -> AppResult<()> {
    scope.may(TokenScope::Write)?;
    advance(chat, scope, room_id, Marker::Delivered, number).await
}

#[derive(Clone, Copy)]
enum Marker {
    Read,
    Delivered,
}

async fn advance(chat: &Chat, scope: &Scope, room_id: RoomId, marker: Marker, number: u64) -> AppResult<()> {
    let me = scope.user_id;
    // Most repeat what is known: those never reach the writer.
    if !moves(&mut access::place(chat.db(), room_id, me).await?, marker, number) {
        return Ok(());
    }
    chat.write(async move |w| move_on(w, room_id, me, marker, number).await).await
}

/// The messages up to `number` have reached a member who fetches them by hand.
pub(crate) async fn arrived(w: &mut Work, room_id: RoomId, user_id: UserId, number: u64) -> AppResult<()> {
    move_on(w, room_id, user_id, Marker::Delivered, number).await
}

async fn move_on(w: &mut Work, room_id: RoomId, me: UserId, marker: Marker, number: u64) -> AppResult<()> {
    let mut place = access::place(w.db(), room_id, me).await?;
    let (delivered_before, read_before) = (place.me.delivered_number, place.me.read_number);
    if !moves(&mut place, marker, number) {
        return Ok(());
    }
    let ties = ties::ties(w.db(), &place).await?;
    // What a block swallows counts as read, never as delivered.
    if ties.as_ref().is_some_and(|ties| ties.i_block) {
        place.me.delivered_number = delivered_before;
    }
    if place.me.read_number > read_before {
        unread::recount(w, &mut place).await?;
    }
    store(w, &place.me).await?;
    messages::count_views(w, &place.room, read_before, place.me.read_number).await?;
    tell(w, ties::marker_audience(&place, ties.as_ref()), &place.me);
    Ok(())
}

/// Moves the markers of `place`, no further than there are messages; false if none moved. How far a channel's
/// posts have come nobody sees, so it is not written down for each of its followers.
fn moves(place: &mut Place, marker: Marker, number: u64) -> bool {
    let is_seen = model::RoomKind::from(place.room.kind).members_meet();
    if matches!(marker, Marker::Delivered) && !is_seen {
        return false;
    }
    let number = i64::try_from(number).unwrap_or(i64::MAX).min(place.room.last_number);
    let me = &mut place.me;
    let before = (me.delivered_number, me.read_number);
    me.delivered_number = me.delivered_number.max(number);
    if matches!(marker, Marker::Read) {
        me.read_number = me.read_number.max(number);
    }
    before != (me.delivered_number, me.read_number)
}

/// A member's own message is read by them, and whatever stands before it.
pub(crate) async fn wrote(w: &Work, me: &mut membership::Model, number: i64) -> AppResult<()> {
    (me.delivered_number, me.read_number, me.unread_deleted) = (number, number, 0);
    store(w, me).await
}

/// Counts the messages up to `number` as read by somebody who will never see them.
pub(crate) async fn pass_over(w: &mut Work, room_id: RoomId, user_id: UserId, number: i64) -> AppResult<()> {
    let moved = membership::Entity::update_many()
        .set(membership::ActiveModel {
            read_number: Set(number),
            unread_deleted: Set(0),
            ..Default::default()
        })
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::UserId.eq(user_id.0))
        .filter(membership::Column::ReadNumber.lt(number))
        .exec_with_returning(w.db())
        .await
        .or_fault()?;
    for row in moved {
        tell(w, Audience::User(user_id), &row);
    }
    Ok(())
}

/// Tells of a member's markers; as read only what was delivered, but for themselves.
pub(crate) fn tell(w: &mut Work, audience: Audience, row: &membership::Model) {
    let (room_id, user_id) = (RoomId(row.room_id), UserId(row.user_id));
    let read = match audience {
        Audience::User(_) => row.read_number,
        _ => row.read_number.min(row.delivered_number),
    };
    let event = Event::Marker {
        room_id,
        user_id,
        delivered: row.delivered_number.unsigned_abs(),
        read: read.unsigned_abs(),
    };
    w.emit(audience, event);
}

async fn store(w: &Work, me: &membership::Model) -> AppResult<()> {
    let markers = membership::ActiveModel {
        read_number: Set(me.read_number),
        unread_deleted: Set(me.unread_deleted),
        delivered_number: Set(me.delivered_number),
        ..Default::default()
    };
    membership::Entity::update_many()
        .set(markers)
        .filter(membership::Column::RoomId.eq(me.room_id))
        .filter(membership::Column::UserId.eq(me.user_id))
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}
