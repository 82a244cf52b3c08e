//! Rooms as the user sees them.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::room::{Dialog, DialogFilter, DialogPage, RoomView};
use sapa_model::{AppError, MessageId, RoomId, UserId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::context::signed_in;

/// A page of the dialog list, after the dialog whose last message is `before`.
#[server(prefix = "/rpc", endpoint = "dialogs", input = Json, output = Json)]
pub async fn dialogs(
    filter: DialogFilter,
    query: String,
    before: Option<MessageId>,
) -> Result<DialogPage, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::rooms::dialogs(&chat, &scope, filter, &query, before).await
}

/// A room with its members.
#[server(prefix = "/rpc", endpoint = "room", input = Json, output = Json)]
pub async fn room(room: RoomId) -> Result<RoomView, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::rooms::room(&chat, &scope, room).await
}

/// The room with one other person; made where there is none.
#[server(prefix = "/rpc", endpoint = "open_direct", input = Json, output = Json)]
pub async fn open_direct(user: UserId) -> Result<Dialog, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::rooms::open_direct(&chat, &scope, user).await
}

/// Mutes a room, or lets it sound again.
#[server(prefix = "/rpc", endpoint = "set_muted", input = Json, output = Json)]
pub async fn set_muted(room: RoomId, muted: bool) -> Result<Dialog, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::rooms::set_muted(&chat, &scope, room, muted).await
}

/// Answers a message request.
#[server(prefix = "/rpc", endpoint = "answer_request", input = Json, output = Json)]
pub async fn answer_request(room: RoomId, accept: bool) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::rooms::answer_request(&chat, &scope, room, accept).await
}
