//! Direct rooms: exactly two people, and at most one room for a pair.

use sapa_model::{AppResult, Event, RoomId, SystemLine, UserId};
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{access, requests, view};
use crate::entity::words::{Role, RoomKind};
use crate::entity::{direct_pair, membership, room};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::messages::{self, Draft};
use crate::writer::Work;
use crate::{cards, markers};

/// Rooms that somebody may have opened with strangers without writing there.
const UNUSED_MAX: usize = 50;

/// The room of a pair, if there is one.
pub async fn find<C: ConnectionTrait>(db: &C, one: UserId, other: UserId) -> AppResult<Option<RoomId>> {
    let key = (one.0.min(other.0), one.0.max(other.0));
    let pair = direct_pair::Entity::find_by_id(key).one(db).await.or_fault()?;
    Ok(pair.map(|pair| RoomId(pair.room_id)))
}

/// The room of a pair, made now if there is none; true if it was made.
///
/// `asked` is the one for whom a new room is a message request until they answer: what others begin with them
/// takes none of their allowance before. Both hear the room from here on; the log is still empty.
/// `limit_reached` for whoever is in too many rooms.
pub async fn find_or_create(
    w: &mut Work,
    one: UserId,
    other: UserId,
    asked: Option<UserId>,
) -> AppResult<(RoomId, bool)> {
    if let Some(room_id) = find(w.db(), one, other).await? {
        return Ok((room_id, false));
    }
    let charged = [one, other].into_iter().filter(|user_id| asked != Some(*user_id));
    access::check_rooms(w.db(), &charged.collect::<Vec<_>>()).await?;
    if asked.is_some() {
        forget_unused(w, one).await?;
    }
    let row = room::ActiveModel {
        id: NotSet,
        kind: Set(RoomKind::Direct),
        name: Set(String::new()),
        search: Set(String::new()),
        hue: Set(0),
        avatar: Set(None),
        last_seq: Set(0),
        last_number: Set(0),
        created_at: Set(w.now().0),
    };
    let room_id = room::Entity::insert(row).exec(w.db()).await.or_fault()?.last_insert_id;
    let pair = direct_pair::ActiveModel {
        low_user_id: Set(one.0.min(other.0)),
        high_user_id: Set(one.0.max(other.0)),
        room_id: Set(room_id),
    };
    direct_pair::Entity::insert(pair).exec_without_returning(w.db()).await.or_fault()?;
    let members = [one, other].map(|user_id| membership::ActiveModel {
        request: Set(asked == Some(user_id)),
        ..super::member_row(w, RoomId(room_id), user_id, Role::Member)
    });
    membership::Entity::insert_many(members).exec_without_returning(w.db()).await.or_fault()?;
    w.join(RoomId(room_id), one);
    w.join(RoomId(room_id), other);
    Ok((RoomId(room_id), true))
}

/// Takes away the first rooms that somebody has opened with strangers and written nothing in, where there are too
/// many. The strangers have never seen them.
async fn forget_unused(w: &mut Work, opener: UserId) -> AppResult<()> {
    let mut unused: Vec<i64> = membership::Entity::find()
        .select_only()
        .column(membership::Column::RoomId)
        .inner_join(room::Entity)
        .filter(membership::Column::UserId.eq(opener.0))
        .filter(membership::Column::Request.eq(false))
        .filter(access::only_opened())
        .order_by_desc(membership::Column::RoomId)
        .into_tuple()
        .all(w.db())
        .await
        .or_fault()?;
    let old = unused.split_off(unused.len().min(UNUSED_MAX - 1));
    for room_id in old.into_iter().map(RoomId) {
        room::Entity::delete_by_id(room_id.0).exec(w.db()).await.or_fault()?;
        w.disband(room_id);
        w.emit(Audience::User(opener), Event::DialogGone { room_id });
    }
    Ok(())
}

/// The other one of a direct room.
pub async fn peer<C: ConnectionTrait>(
    db: &C,
    room_id: RoomId,
    user_id: UserId,
) -> AppResult<Option<membership::Model>> {
    membership::Entity::find()
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::UserId.ne(user_id.0))
        .one(db)
        .await
        .or_fault()
}

/// What a new friendship does to the pair's room: it is there, no longer a request to either, and
/// tells of the friendship. `by` is who accepted.
pub async fn befriended(w: &mut Work, by: UserId, other: UserId) -> AppResult<()> {
    let (room_id, _) = find_or_create(w, by, other, None).await?;
    let author = cards::one(w.db(), by).await?;
    let message = messages::append(w, room_id, &author, Draft::Line(SystemLine::BecameFriends)).await?;
    for user_id in [by, other] {
        let place = access::place(w.db(), room_id, user_id).await?;
        requests::settle(w, place).await?;
        let dialog = view::dialog(w.db(), user_id, room_id).await?;
        w.emit(Audience::User(user_id), Event::Dialog(dialog));
    }
    w.emit(Audience::Room(room_id), Event::Message(message));
    Ok(())
}

/// What a block does to the pair's room: all is read, so that what comes meanwhile can be passed
/// over without a trace. And neither sees the other come and go.
pub async fn blocked(w: &mut Work, blocker: UserId, other: UserId) -> AppResult<()> {
    w.part(blocker, other);
    let Some(room_id) = find(w.db(), blocker, other).await? else { return Ok(()) };
    let place = access::place(w.db(), room_id, blocker).await?;
    markers::pass_over(w, room_id, blocker, place.room.last_number).await
}
