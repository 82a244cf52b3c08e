//! Who may come in. Every rule that names a room begins here.

use sapa_model::{AppError, AppResult, RoomId, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::{membership, room};
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
