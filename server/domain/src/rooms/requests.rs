//! Message requests: a stranger's room waits for an answer.

use sapa_model::{AppResult, Event, RoomId, TokenScope, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::access::{self, Place};
use super::{ties, view};
use crate::chat::Chat;
use crate::entity::membership;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::markers;
use crate::scope::Scope;
use crate::writer::Work;

/// Accepts a message request, or puts it away. Answered already, it stays as it is. `limit_reached` for whoever
/// is in too many rooms to accept one.
pub async fn answer_request(chat: &Chat, scope: &Scope, room_id: RoomId, accept: bool) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    chat.write(async move |w| {
        let place = access::place(w.db(), room_id, me).await?;
        if !place.me.request {
            return Ok(());
        }
        if accept {
            settle(w, place).await?;
            let dialog = view::dialog(w.db(), me, room_id).await?;
            w.emit(Audience::User(me), Event::Dialog(dialog));
        } else {
            set(w, room_id, me, true, true).await?;
            w.emit(Audience::User(me), Event::DialogGone { room_id });
            w.leave(room_id, me);
        }
        Ok(())
    })
    .await
}

/// Takes a room out of the member's requests and back into their list, and lets the other see how
/// far they have read. Changes nothing in a room that is there already; `limit_reached` in too many.
pub async fn settle(w: &mut Work, mut place: Place) -> AppResult<()> {
    if !place.me.request && !place.me.hidden {
        return Ok(());
    }
    let (room_id, user_id) = (RoomId(place.room.id), UserId(place.me.user_id));
    access::check_rooms(w.db(), &[user_id]).await?;
    set(w, room_id, user_id, false, false).await?;
    w.join(room_id, user_id);
    (place.me.request, place.me.hidden) = (false, false);
    let ties = ties::ties(w.db(), &place).await?;
    let audience = ties::marker_audience(&place, ties.as_ref());
    markers::tell(w, audience, &place.me);
    Ok(())
}

/// Writes down how a room stands for a member who was asked.
pub async fn set(w: &Work, room_id: RoomId, user_id: UserId, request: bool, hidden: bool) -> AppResult<()> {
    membership::Entity::update_many()
        .set(membership::ActiveModel { request: Set(request), hidden: Set(hidden), ..Default::default() })
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::UserId.eq(user_id.0))
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}
