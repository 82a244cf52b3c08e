//! Messages: writing them, reading them back, and what has changed.

use sapa_model::{AppError, AppResult, Event, Message, MessageId, RoomId, SystemLine, UserCard};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::message;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::rooms::access;
use crate::scope::Scope;
use crate::writer::Work;

mod changes;
mod history;
mod log;
mod send;
mod wire;

pub use changes::changes;
pub use history::history;
pub(crate) use log::{Draft, append, next_seq};
pub use send::send;
pub(crate) use wire::{to_wire, visible_to};

/// One message of a room of the asker's: where its address leads.
pub async fn find(chat: &Chat, scope: &Scope, room_id: RoomId, id: MessageId) -> AppResult<Message> {
    access::place(chat.db(), room_id, scope.user_id).await?;
    let row = message::Entity::find_by_id(id.0)
        .filter(message::Column::RoomId.eq(room_id.0))
        .filter(visible_to(scope.user_id))
        .one(chat.db())
        .await
        .or_fault()?;
    let found = to_wire(chat.db(), row.into_iter().collect()).await?.pop();
    found.ok_or_else(|| AppError::not_found("message"))
}

/// Appends a system line and tells the room.
pub(crate) async fn tell_line(
    w: &mut Work,
    room_id: RoomId,
    author: &UserCard,
    line: SystemLine,
) -> AppResult<()> {
    let message = append(w, room_id, author, Draft::Line(line)).await?;
    w.emit(Audience::Room(room_id), Event::Message(message));
    Ok(())
}
