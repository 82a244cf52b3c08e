//! Who may come in. Every rule that names a room begins here.

use sapa_model::{AppError, AppResult, RoomId, RoomKind, UserId, limits};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, SelectExt,
};

use crate::entity::{membership, room, words};
use crate::fault::OrFault;

/// A room and an active member's place in it.
pub struct Place {
    /// The room as it is now.
    pub room: room::Model,
    /// The member's own row.
    pub me: membership::Model,
}

/// The place of an active member; `not_found` for everyone else, whether the room exists or not.
pub async fn place<C: ConnectionTrait>(db: &C, room_id: RoomId, user_id: UserId) -> AppResult<Place> {
    let found = membership::Entity::find_by_id((room_id.0, user_id.0))
        .filter(membership::Column::Active.eq(true))
        .find_also_related(room::Entity)
        .one(db)
        .await
        .or_fault()?;
    match found {
        Some((me, Some(room))) => Ok(Place { room, me }),
        _ => Err(AppError::not_found("room")),
    }
}

/// Refuses with `forbidden` whoever may only read here: a channel's followers.
pub fn check_post(place: &Place) -> AppResult<()> {
    if RoomKind::from(place.room.kind).may_post(place.me.role.into()) {
        Ok(())
    } else {
        Err(AppError::forbidden("Only its admins post in a channel."))
    }
}

/// Refuses with `forbidden` in a channel, for what people do among each other.
pub fn check_members_meet(place: &Place) -> AppResult<()> {
    if RoomKind::from(place.room.kind).members_meet() {
        Ok(())
    } else {
        Err(AppError::forbidden("There is no such thing in a channel."))
    }
}

/// Refuses with `limit_reached` if any of these users is in as many rooms as one may be.
pub async fn check_rooms<C: ConnectionTrait>(db: &C, users: &[UserId]) -> AppResult<()> {
    let full = membership::Entity::find()
        .select_only()
        .column(membership::Column::UserId)
        .inner_join(room::Entity)
        .filter(membership::Column::UserId.is_in(users.iter().map(|id| id.0)))
        .filter(counted())
        .group_by(membership::Column::UserId)
        .having(membership::Column::RoomId.count().gte(limits::ROOMS_MAX as u64))
        .exists(db)
        .await
        .or_fault()?;
    if full { Err(AppError::limit_reached("rooms", limits::ROOMS_MAX)) } else { Ok(()) }
}

/// Memberships that count for their user: neither what strangers have begun and the user has not answered, nor
/// what was only opened, where nobody has written yet.
fn counted() -> Condition {
    use membership::Column::{Active, Hidden, Request};
    Condition::all()
        .add(Active.eq(true))
        .add(Request.eq(false))
        .add(Hidden.eq(false))
        .add(only_opened().not())
}

/// Memberships in a room that somebody has opened with a stranger, without a word so far.
pub fn only_opened() -> Condition {
    let asked = Query::select()
        .expr(Expr::val(1))
        .from_as(membership::Entity, "asked")
        .and_where(
            Expr::col(("asked", membership::Column::RoomId))
                .equals((membership::Entity, membership::Column::RoomId)),
        )
        .and_where(Expr::col(("asked", membership::Column::Request)).eq(true))
        .to_owned();
    Condition::all()
        .add(room::Column::Kind.eq(words::RoomKind::Direct))
        .add(room::Column::LastNumber.eq(0))
        .add(Expr::exists(asked))
}

/// The rooms that a user hears: those that are in their list.
pub async fn heard_by<C: ConnectionTrait>(db: &C, user_id: UserId) -> AppResult<Vec<RoomId>> {
    let ids: Vec<i64> = membership::Entity::find()
        .select_only()
        .column(membership::Column::RoomId)
        .filter(membership::Column::UserId.eq(user_id.0))
        .filter(membership::Column::Active.eq(true))
        .filter(membership::Column::Hidden.eq(false))
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    Ok(ids.into_iter().map(RoomId).collect())
}

/// The rooms whose other members learn of a user: those in their list, but channels that they only follow.
pub async fn seen_in<C: ConnectionTrait>(db: &C, user_id: UserId) -> AppResult<Vec<RoomId>> {
    let only_follows = Condition::all()
        .add(room::Column::Kind.eq(words::RoomKind::Channel))
        .add(membership::Column::Role.eq(words::Role::Member));
    let ids: Vec<i64> = membership::Entity::find()
        .select_only()
        .column(membership::Column::RoomId)
        .inner_join(room::Entity)
        .filter(membership::Column::UserId.eq(user_id.0))
        .filter(membership::Column::Active.eq(true))
        .filter(membership::Column::Hidden.eq(false))
        .filter(only_follows.not())
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    Ok(ids.into_iter().map(RoomId).collect())
}
