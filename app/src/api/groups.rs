//! Groups and their invite links.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::ids::InviteId;
use sapa_model::room::{Dialog, Invite, InviteOffer, InvitePreview, NewGroup, Room};
use sapa_model::webhook::{NewWebhook, Webhook};
use sapa_model::{AppError, RoomId, UserId, WebhookId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::context::{chat, signed_in};

/// Makes a group.
#[server(prefix = "/rpc", endpoint = "create_group", input = Json, output = Json)]
pub async fn create_group(group: NewGroup) -> Result<Dialog, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::groups::create(&chat, &scope, group).await
}

/// Gives a group another name and colour.
#[server(prefix = "/rpc", endpoint = "rename_group", input = Json, output = Json)]
pub async fn rename_group(room: RoomId, name: String, hue: u16) -> Result<Room, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::groups::rename(&chat, &scope, room, &name, hue).await
}

/// Takes a group's picture away.
#[server(prefix = "/rpc", endpoint = "remove_group_avatar", input = Json, output = Json)]
pub async fn remove_group_avatar(room: RoomId) -> Result<Room, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::avatars::remove_of_group(&chat, &scope, room).await
}

/// Adds friends to a group.
#[server(prefix = "/rpc", endpoint = "add_members", input = Json, output = Json)]
pub async fn add_members(room: RoomId, users: Vec<UserId>) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::groups::add(&chat, &scope, room, &users).await
}

/// Removes a member.
#[server(prefix = "/rpc", endpoint = "remove_member", input = Json, output = Json)]
pub async fn remove_member(room: RoomId, user: UserId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::groups::remove(&chat, &scope, room, user).await
}

/// Leaves a group.
#[server(prefix = "/rpc", endpoint = "leave_group", input = Json, output = Json)]
pub async fn leave_group(room: RoomId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::groups::leave(&chat, &scope, room).await
}

/// Ends a group for everyone.
#[server(prefix = "/rpc", endpoint = "delete_group", input = Json, output = Json)]
pub async fn delete_group(room: RoomId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::groups::delete(&chat, &scope, room).await
}

/// A group's webhooks.
#[server(prefix = "/rpc", endpoint = "list_webhooks", input = Json, output = Json)]
pub async fn list_webhooks(room: RoomId) -> Result<Vec<Webhook>, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::webhooks::list(&chat, &scope, room).await
}

/// Makes a webhook; its secret is told only in this answer.
#[server(prefix = "/rpc", endpoint = "create_webhook", input = Json, output = Json)]
pub async fn create_webhook(room: RoomId, webhook: NewWebhook) -> Result<Webhook, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::webhooks::create(&chat, &scope, room, webhook).await
}

/// Deletes a webhook.
#[server(prefix = "/rpc", endpoint = "delete_webhook", input = Json, output = Json)]
pub async fn delete_webhook(room: RoomId, webhook: WebhookId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::webhooks::delete(&chat, &scope, room, webhook).await
}

/// Names or dismisses an admin.
#[server(prefix = "/rpc", endpoint = "set_admin", input = Json, output = Json)]
pub async fn set_admin(room: RoomId, user: UserId, admin: bool) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::groups::set_admin(&chat, &scope, room, user, admin).await
}

/// Hands a group over to another member.
#[server(prefix = "/rpc", endpoint = "hand_over", input = Json, output = Json)]
pub async fn hand_over(room: RoomId, user: UserId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::groups::hand_over(&chat, &scope, room, user).await
}

/// Makes an invite link that lives for so many hours.
#[server(prefix = "/rpc", endpoint = "create_invite", input = Json, output = Json)]
pub async fn create_invite(room: RoomId, hours: u32) -> Result<Invite, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::invites::create(&chat, &scope, room, hours).await
}

/// A group's open invite links.
#[server(prefix = "/rpc", endpoint = "list_invites", input = Json, output = Json)]
pub async fn list_invites(room: RoomId) -> Result<Vec<Invite>, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::invites::list(&chat, &scope, room).await
}

/// Ends an invite link.
#[server(prefix = "/rpc", endpoint = "revoke_invite", input = Json, output = Json)]
pub async fn revoke_invite(room: RoomId, invite: InviteId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::invites::revoke(&chat, &scope, room, invite).await
}

/// What an invite link leads to.
#[server(prefix = "/rpc", endpoint = "preview_invite", input = Json, output = Json)]
pub async fn preview_invite(token: String) -> Result<InvitePreview, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::invites::preview(&chat, &scope, &token).await
}

/// What an invite link offers to strangers.
#[server(name = FetchInviteOffer, prefix = "/rpc", endpoint = "invite_offer", input = Json, output = Json)]
pub async fn invite_offer(token: String) -> Result<InviteOffer, AppError> {
    sapa_domain::invites::offer(&chat()?, &token).await
}

/// Joins by an invite link.
#[server(prefix = "/rpc", endpoint = "join_by_invite", input = Json, output = Json)]
pub async fn join_by_invite(token: String) -> Result<Dialog, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::invites::join(&chat, &scope, &token).await
}
