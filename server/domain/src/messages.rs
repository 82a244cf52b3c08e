//! Messages: writing them, reading them back, and what has changed.

use sapa_model::{AppError, AppResult, Event, Message, MessageId, RoomId, SystemLine, TokenScope, UserCard};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::message;
use crate::fault::{OrFault, Refused};
use crate::hub::Audience;
use crate::rooms::access;
use crate::scope::Scope;
use crate::writer::Work;

mod changes;
mod correct;
mod delete;
mod edit;
mod gallery;
mod history;
mod log;
mod purge;
mod reactions;
mod readers;
mod send;
mod views;
mod wire;

pub use changes::changes;
pub(crate) use correct::tell as tell_changed;
pub use correct::{accept_correction, correct, take_back_correction};
pub use delete::{delete, restore};
pub use edit::{edit, versions};
pub use gallery::gallery;
pub(crate) use history::around;
pub use history::history;
pub(crate) use log::{About, Draft, append, next_seq};
pub(crate) use purge::purge_due;
pub use reactions::{react, reactors};
pub use readers::read_by_others;
pub use send::send;
pub(crate) use send::send_with;
pub(crate) use views::count as count_views;
pub(crate) use wire::{for_others, to_wire, visible_to};

/// One message of a room of the asker's: where its address leads.
pub async fn find(chat: &Chat, scope: &Scope, room_id: RoomId, id: MessageId) -> AppResult<Message> {
    scope.may(TokenScope::Read)?;
    let (db, viewer) = (chat.db(), scope.user_id);
    access::place(db, room_id, viewer).await?;
    let row = row(db, room_id, id, visible_to(viewer)).await?;
    to_wire(db, viewer, vec![row]).await?.pop().ok_or_else(AppError::internal)
}

/// In which of the asker's rooms a message is, for doors whose addresses name the message alone.
pub async fn locate(chat: &Chat, scope: &Scope, id: MessageId) -> AppResult<RoomId> {
    let viewer = scope.user_id;
    let missing = || AppError::not_found("message");
    let such = message::Entity::find_by_id(id.0).filter(wire::shared_with(viewer));
    let room_id = RoomId(such.one(chat.db()).await.or_fault()?.ok_or_else(missing)?.room_id);
    access::place(chat.db(), room_id, viewer).await.told_as(missing)?;
    Ok(room_id)
}

/// A message's row, if it is such; `not_found` otherwise.
pub(crate) async fn row<C: ConnectionTrait>(
    db: &C,
    room_id: RoomId,
    id: MessageId,
    such: Condition,
) -> AppResult<message::Model> {
    message::Entity::find_by_id(id.0)
        .filter(message::Column::RoomId.eq(room_id.0))
        .filter(such)
        .one(db)
        .await
        .or_fault()?
        .ok_or_else(|| AppError::not_found("message"))
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
