//! Messages: reading, editing, deleting. Sending goes over the live connection.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::message::{DeleteFor, GalleryKind, GalleryPage, HistoryFrom, MessagePage, MessageVersion};
use sapa_model::{AppError, Message, MessageId, RoomId, UserId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::context::signed_in;

/// A page of a room's history.
#[server(prefix = "/rpc", endpoint = "history", input = Json, output = Json)]
pub async fn history(room: RoomId, from: HistoryFrom) -> Result<MessagePage, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::history(&chat, &scope, room, from).await
}

/// One message, by its address.
#[server(prefix = "/rpc", endpoint = "find_message", input = Json, output = Json)]
pub async fn find_message(room: RoomId, message: MessageId) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::find(&chat, &scope, room, message).await
}

/// Gives an own message another text.
#[server(prefix = "/rpc", endpoint = "edit_message", input = Json, output = Json)]
pub async fn edit_message(room: RoomId, message: MessageId, text: String) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::edit(&chat, &scope, room, message, &text).await
}

/// Corrects what somebody else wrote.
#[server(prefix = "/rpc", endpoint = "correct_message", input = Json, output = Json)]
pub async fn correct_message(room: RoomId, message: MessageId, text: String) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::correct(&chat, &scope, room, message, &text).await
}

/// Takes an own correction back.
#[server(prefix = "/rpc", endpoint = "take_back_correction", input = Json, output = Json)]
pub async fn take_back_correction(room: RoomId, message: MessageId) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::take_back_correction(&chat, &scope, room, message).await
}

/// Takes somebody's correction of an own message over.
#[server(prefix = "/rpc", endpoint = "accept_correction", input = Json, output = Json)]
pub async fn accept_correction(room: RoomId, message: MessageId, by: UserId) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::accept_correction(&chat, &scope, room, message, by).await
}

/// What a message said before it was edited, oldest first.
#[server(prefix = "/rpc", endpoint = "message_versions", input = Json, output = Json)]
pub async fn message_versions(room: RoomId, message: MessageId) -> Result<Vec<MessageVersion>, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::versions(&chat, &scope, room, message).await
}

/// A page of what a room's messages carry.
#[server(prefix = "/rpc", endpoint = "gallery", input = Json, output = Json)]
pub async fn gallery(
    room: RoomId,
    kind: GalleryKind,
    before: Option<MessageId>,
) -> Result<GalleryPage, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::gallery(&chat, &scope, room, kind, before).await
}

/// Deletes a message.
#[server(prefix = "/rpc", endpoint = "delete_message", input = Json, output = Json)]
pub async fn delete_message(room: RoomId, message: MessageId, whom: DeleteFor) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::delete(&chat, &scope, room, message, whom).await
}

/// Takes a deletion back.
#[server(prefix = "/rpc", endpoint = "restore_message", input = Json, output = Json)]
pub async fn restore_message(room: RoomId, message: MessageId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::restore(&chat, &scope, room, message).await
}
