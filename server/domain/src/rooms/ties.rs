//! How the two of a direct room stand to each other, for what passes between them.

use sapa_model as model;
use sapa_model::{AppResult, RoomId, UserId};
use sea_orm::ConnectionTrait;

use super::access::Place;
use super::direct;
use crate::cards;
use crate::entity::membership;
use crate::entity::words::RoomKind;
use crate::hub::Audience;

/// The other one of a direct room, and the blocks between the two.
pub struct Ties {
    pub peer: membership::Model,
    pub i_block: bool,
    pub blocks_me: bool,
}

/// The ties of a direct room; none for a group, where nothing stands between members.
pub async fn ties<C: ConnectionTrait>(db: &C, place: &Place) -> AppResult<Option<Ties>> {
    if place.room.kind != RoomKind::Direct {
        return Ok(None);
    }
    let me = UserId(place.me.user_id);
    let Some(peer) = direct::peer(db, RoomId(place.room.id), me).await? else { return Ok(None) };
    let (i_block, blocks_me) = cards::blocks(db, me, UserId(peer.user_id)).await?;
    Ok(Some(Ties { peer, i_block, blocks_me }))
}

/// Who hears how far a member has read: the room, but for a channel, for a stranger not answered yet, and
/// across a block. Their own devices always do.
pub fn marker_audience(place: &Place, ties: Option<&Ties>) -> Audience {
    let blocked = ties.is_some_and(|ties| ties.i_block || ties.blocks_me);
    let meets = model::RoomKind::from(place.room.kind).members_meet();
    if blocked || !meets || place.me.request || place.me.hidden {
        Audience::User(UserId(place.me.user_id))
    } else {
        Audience::Room(RoomId(place.room.id))
    }
}
