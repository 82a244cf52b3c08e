//! Messages: reading. Sending goes over the live connection.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::message::{HistoryFrom, MessagePage};
use sapa_model::{AppError, Message, MessageId, RoomId};
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
