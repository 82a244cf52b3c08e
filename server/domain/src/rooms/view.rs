//! Rooms as their members see them, from rows.

use std::cmp::Reverse;
use std::collections::HashMap;

use sapa_model as model;
use sapa_model::{
    AppError, AppResult, ChannelHandle, Dialog, Member, Message, Person, Room, RoomId, UserCard, UserId,
};
use sea_orm::sea_query::{Order, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use super::access::{self, Place};
use crate::cards;
use crate::entity::words::{Role, RoomKind};
use crate::entity::{channel, membership, message, room, user};
use crate::fault::OrFault;
use crate::messages;

/// The part of a room that all members share.
pub async fn room<C: ConnectionTrait>(db: &C, room_id: RoomId) -> AppResult<Room> {
    let row = room::Entity::find_by_id(room_id.0).one(db).await.or_fault()?;
    let row = row.ok_or_else(|| AppError::not_found("room"))?;
    Ok(facts(db, std::slice::from_ref(&row)).await?.room(row))
}

/// One membership as the members of a group see it.
pub async fn member<C: ConnectionTrait>(db: &C, room_id: RoomId, user_id: UserId) -> AppResult<Member> {
    let room = room::Entity::find_by_id(room_id.0).one(db).await.or_fault()?;
    let kind = room.ok_or_else(|| AppError::not_found("room"))?.kind;
    let found = membership::Entity::find_by_id((room_id.0, user_id.0))
        .find_also_related(user::Entity)
        .one(db)
        .await
        .or_fault()?;
    match found {
        Some((row, Some(user))) => Ok(to_member(row, kind, UserCard::from(user), user_id)),
        _ => Err(AppError::not_found("member")),
    }
}

/// The active members of a room of the viewer's, of a channel its admins: owner first, then admins, then by
/// nickname.
pub async fn members<C: ConnectionTrait>(db: &C, viewer: UserId, room_id: RoomId) -> AppResult<Vec<Member>> {
    let place = access::place(db, room_id, viewer).await?;
    let mut active = membership::Entity::find()
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::Active.eq(true));
    if !model::RoomKind::from(place.room.kind).members_meet() {
        active = active.filter(is_admin());
    }
    let rows = active.find_also_related(user::Entity).all(db).await.or_fault()?;
    let kind = place.room.kind;
    let member =
        |(row, user): (_, Option<user::Model>)| Some(to_member(row, kind, UserCard::from(user?), viewer));
    let mut members: Vec<_> = rows.into_iter().filter_map(member).collect();
    members.sort_by_cached_key(|m| (Reverse(m.role), m.user.nickname.to_lowercase(), m.user.id));
    Ok(members)
}

/// An owner's or an admin's membership.
pub fn is_admin() -> SimpleExpr {
    membership::Column::Role.is_in([Role::Owner, Role::Admin])
}

/// One room as the viewer sees it in the list; `not_found` unless they are an active member.
pub async fn dialog<C: ConnectionTrait>(db: &C, viewer: UserId, room_id: RoomId) -> AppResult<Dialog> {
    let place = access::place(db, room_id, viewer).await?;
    dialogs(db, viewer, vec![place]).await?.pop().ok_or_else(AppError::internal)
}

/// Many rooms as the viewer sees them, in the order given.
pub async fn dialogs<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    places: Vec<Place>,
) -> AppResult<Vec<Dialog>> {
    let room_ids: Vec<i64> = places.iter().map(|place| place.room.id).collect();
    let rooms: Vec<_> = places.iter().map(|place| place.room.clone()).collect();
    let facts = facts(db, &rooms).await?;
    let mut last = last_messages(db, viewer, &room_ids).await?;
    let direct = places.iter().filter(|place| place.room.kind == RoomKind::Direct);
    let mut peers = peers(db, viewer, direct.map(|place| place.room.id).collect()).await?;
    let dialog = |Place { room, me }: Place| Dialog {
        peer: peers.remove(&room.id),
        role: me.role.into(),
        muted: me.muted,
        request: me.request,
        last_number: room.last_number.unsigned_abs(),
        read: me.read_number.unsigned_abs(),
        unread_deleted: me.unread_deleted.unsigned_abs(),
        last: last.remove(&room.id),
        room: facts.room(room),
    };
    Ok(places.into_iter().map(dialog).collect())
}

/// What rooms share besides their own rows.
pub struct Facts {
    counts: HashMap<i64, i64>,
    channels: HashMap<i64, channel::Model>,
}

/// What these rooms share besides their own rows.
pub async fn facts<C: ConnectionTrait>(db: &C, rooms: &[room::Model]) -> AppResult<Facts> {
    let (channels, others): (Vec<_>, Vec<_>) = rooms.iter().partition(|room| room.kind == RoomKind::Channel);
    let channels = match &channels[..] {
        [] => Vec::new(),
        some => {
            let such = channel::Column::RoomId.is_in(some.iter().map(|room| room.id));
            channel::Entity::find().filter(such).all(db).await.or_fault()?
        }
    };
    let others: Vec<i64> = others.iter().map(|room| room.id).collect();
    Ok(Facts {
        counts: member_counts(db, &others).await?,
        channels: channels.into_iter().map(|channel| (channel.room_id, channel)).collect(),
    })
}

impl Facts {
    /// A room's shared part.
    pub fn room(&self, row: room::Model) -> Room {
        let channel = self.channels.get(&row.id);
        let count = channel.map_or_else(|| self.counts.get(&row.id).copied(), |own| Some(own.followers));
        Room {
            member_count: count.and_then(|count| u32::try_from(count).ok()).unwrap_or(0),
            channel: channel.map(|own| model::channel::Channel {
                // It was checked on its way in.
                handle: own.handle.as_deref().and_then(|handle| ChannelHandle::parse(handle).ok()),
                description: own.description.clone(),
                comments: own.comments,
            }),
            id: RoomId(row.id),
            kind: row.kind.into(),
            name: row.name,
            hue: u16::try_from(row.hue).unwrap_or(0),
            avatar: row.avatar,
            seq: row.last_seq.unsigned_abs(),
        }
    }
}

/// A membership as `viewer` sees it.
///
/// Others see nothing of how far somebody has read who has not answered them yet. And they see as
/// read only what was delivered, so that what a block swallowed never looks read. In a channel nobody sees how
/// far others have read.
pub fn to_member(row: membership::Model, kind: RoomKind, user: UserCard, viewer: UserId) -> Member {
    let (delivered, read) = match row {
        _ if !model::RoomKind::from(kind).members_meet() => (0, 0),
        _ if row.user_id == viewer.0 => (row.delivered_number, row.read_number),
        _ if row.request || row.hidden => (0, 0),
        _ => (row.delivered_number, Ord::min(row.read_number, row.delivered_number)),
    };
    Member {
        user,
        role: row.role.into(),
        active: row.active,
        delivered: delivered.unsigned_abs(),
        read: read.unsigned_abs(),
        seq: row.seq.unsigned_abs(),
    }
}

/// Within a select over `memberships`, none of a channel: [`to_member`] shows one to `viewer` as read up to `number`.
pub fn shown_as_read(viewer: UserId, number: SimpleExpr) -> Condition {
    use membership::Column::{DeliveredNumber, Hidden, ReadNumber, Request, UserId as Member};
    let told = Condition::all()
        .add(Request.eq(false))
        .add(Hidden.eq(false))
        .add(DeliveredNumber.into_expr().gte(number.clone()));
    let seen = Condition::any().add(Member.eq(viewer.0)).add(told);
    Condition::all().add(ReadNumber.into_expr().gte(number)).add(seen)
}

/// How many active members each of these rooms has; a channel counts its own.
async fn member_counts<C: ConnectionTrait>(db: &C, room_ids: &[i64]) -> AppResult<HashMap<i64, i64>> {
    if room_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, i64)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::RoomId)
        .column_as(membership::Column::UserId.count(), "members")
        .filter(membership::Column::RoomId.is_in(room_ids.iter().copied()))
        .filter(membership::Column::Active.eq(true))
        .group_by(membership::Column::RoomId)
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    Ok(rows.into_iter().collect())
}

/// Within a select over `memberships`: the id of the last message that the viewer may see there.
pub fn last_visible(viewer: UserId) -> SelectStatement {
    Query::select()
        .column((message::Entity, message::Column::Id))
        .from(message::Entity)
        .and_where(
            message::Column::RoomId.into_expr().equals((membership::Entity, membership::Column::RoomId)),
        )
        .cond_where(messages::visible_to(viewer))
        .order_by((message::Entity, message::Column::Position), Order::Desc)
        .limit(1)
        .to_owned()
}

async fn last_messages<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    room_ids: &[i64],
) -> AppResult<HashMap<i64, Message>> {
    let ids = Query::select()
        .expr(last_visible(viewer))
        .from(membership::Entity)
        .and_where(membership::Column::UserId.eq(viewer.0))
        .and_where(membership::Column::RoomId.is_in(room_ids.iter().copied()))
        .to_owned();
    let rows = message::Entity::find()
        .filter(Condition::all().add(message::Column::Id.in_subquery(ids)))
        .all(db)
        .await
        .or_fault()?;
    let messages = messages::to_wire(db, viewer, rows).await?;
    Ok(messages.into_iter().map(|message| (message.room_id.0, message)).collect())
}

async fn peers<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    room_ids: Vec<i64>,
) -> AppResult<HashMap<i64, Person>> {
    if room_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = membership::Entity::find()
        .filter(membership::Column::RoomId.is_in(room_ids))
        .filter(membership::Column::UserId.ne(viewer.0))
        .all(db)
        .await
        .or_fault()?;
    let user_ids: Vec<_> = rows.iter().map(|row| UserId(row.user_id)).collect();
    let persons = cards::persons(db, viewer, &user_ids).await?;
    let peer = |row: &membership::Model| Some((row.room_id, persons.get(&UserId(row.user_id))?.clone()));
    Ok(rows.iter().filter_map(peer).collect())
}
