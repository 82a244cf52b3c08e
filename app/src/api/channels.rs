//! Channels, comments on their posts, and reactions.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::channel::{ChannelCard, ChannelCursor, ChannelPage, FollowerPage};
use sapa_model::comment::{Comment, CommentPage, CommentsFrom};
use sapa_model::message::ReactorPage;
use sapa_model::{
    AppError, ChannelSettings, ClientId, CommentId, Dialog, Message, MessageId, Room, RoomId, UserId,
};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::context::signed_in;

/// A page of public channels.
#[server(prefix = "/rpc", endpoint = "explore_channels", input = Json, output = Json)]
pub async fn explore_channels(query: String, after: Option<ChannelCursor>) -> Result<ChannelPage, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::channels::explore(&chat, &scope, &query, after).await
}

/// A public channel.
#[server(prefix = "/rpc", endpoint = "find_channel", input = Json, output = Json)]
pub async fn find_channel(handle: String) -> Result<ChannelCard, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::channels::find(&chat, &scope, &handle).await
}

/// Makes a channel.
#[server(prefix = "/rpc", endpoint = "create_channel", input = Json, output = Json)]
pub async fn create_channel(settings: ChannelSettings) -> Result<Dialog, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::channels::create(&chat, &scope, &settings).await
}

/// Sets a channel up anew.
#[server(prefix = "/rpc", endpoint = "change_channel", input = Json, output = Json)]
pub async fn change_channel(room: RoomId, settings: ChannelSettings) -> Result<Room, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::channels::change(&chat, &scope, room, &settings).await
}

/// Follows a public channel.
#[server(prefix = "/rpc", endpoint = "follow_channel", input = Json, output = Json)]
pub async fn follow_channel(room: RoomId) -> Result<Dialog, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::channels::follow(&chat, &scope, room).await
}

/// Follows a channel no more.
#[server(prefix = "/rpc", endpoint = "unfollow_channel", input = Json, output = Json)]
pub async fn unfollow_channel(room: RoomId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::channels::unfollow(&chat, &scope, room).await
}

/// A page of a channel's followers.
#[server(prefix = "/rpc", endpoint = "followers", input = Json, output = Json)]
pub async fn followers(room: RoomId, query: String, after: Option<UserId>) -> Result<FollowerPage, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::channels::followers(&chat, &scope, room, &query, after).await
}

/// Reacts to a message; with none, takes that back.
#[server(prefix = "/rpc", endpoint = "react", input = Json, output = Json)]
pub async fn react(room: RoomId, message: MessageId, emoji: Option<String>) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::react(&chat, &scope, room, message, emoji.as_deref()).await
}

/// Who has reacted to a message.
#[server(prefix = "/rpc", endpoint = "reactors", input = Json, output = Json)]
pub async fn reactors(
    room: RoomId,
    message: MessageId,
    after: Option<UserId>,
) -> Result<ReactorPage, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::messages::reactors(&chat, &scope, room, message, after).await
}

/// A page of a post's comments.
#[server(prefix = "/rpc", endpoint = "comments", input = Json, output = Json)]
pub async fn comments(room: RoomId, message: MessageId, from: CommentsFrom) -> Result<CommentPage, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::comments::list(&chat, &scope, room, message, from).await
}

/// Comments on a post.
#[server(prefix = "/rpc", endpoint = "add_comment", input = Json, output = Json)]
pub async fn add_comment(
    room: RoomId,
    message: MessageId,
    client_id: ClientId,
    text: String,
) -> Result<Comment, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::comments::add(&chat, &scope, room, message, client_id, &text).await
}

/// Deletes a comment.
#[server(prefix = "/rpc", endpoint = "delete_comment", input = Json, output = Json)]
pub async fn delete_comment(comment: CommentId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::comments::delete(&chat, &scope, comment).await
}
