//! Webhooks of groups.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sapa_domain::{Chat, webhooks};
use sapa_model::webhook::{NewWebhook, Webhook};
use sapa_model::{ClientId, MessageId, RoomId, WebhookId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::input::{At, Body};
use super::messages::fresh_client_id;
use crate::problem::Problem;
use crate::session::SignedIn;

/// A group's webhooks
///
/// Admins only.
#[utoipa::path(get, path = "/groups/{groupId}/webhooks", tag = "Webhooks", operation_id = "list_webhooks",
    params(("groupId" = RoomId, Path, description = "Of which", example = 1)),
    responses((status = 200, body = Vec<Webhook>)))]
pub async fn list(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
) -> Result<Json<Vec<Webhook>>, Problem> {
    webhooks::list(&chat, &scope, room).await.map(Json).map_err(Problem)
}

/// Make a webhook
///
/// Admins only. Its secret is told only in this answer.
///
/// An **outgoing** one is told of what is written in the group: a `WebhookPost` as JSON, whose messages have
/// the form of the live connection. `X-Sapa-Signature` is `sha256=` and the HMAC-SHA256, under the secret, of
/// the header `X-Sapa-Timestamp`, a dot and the body. What is not answered with 2xx is tried again, eight
/// times within two days, with what has come meanwhile; where nothing has, `X-Sapa-Delivery` is the same.
/// Addresses that are not public are refused
/// unless the host allows them.
///
/// An **incoming** one is an address to post to.
#[utoipa::path(post, path = "/groups/{groupId}/webhooks", tag = "Webhooks", operation_id = "create_webhook",
    params(("groupId" = RoomId, Path, description = "Of which", example = 1)),
    request_body(content = NewWebhook, example = json!({"direction": "outgoing", "name": "Arsip", "url": "https://example.org/sapa"})),
    responses((status = 201, body = Webhook), (status = 409)))]
pub async fn create(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(new): Body<NewWebhook>,
) -> Result<(StatusCode, Json<Webhook>), Problem> {
    let webhook = webhooks::create(&chat, &scope, room, new).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(webhook)))
}

/// Delete a webhook
///
/// Admins only.
#[utoipa::path(delete, path = "/groups/{groupId}/webhooks/{webhookId}", tag = "Webhooks", operation_id = "delete_webhook",
    params(("groupId" = RoomId, Path, description = "Of which", example = 1),
        ("webhookId" = WebhookId, Path, description = "Which", example = 1)),
    responses((status = 204)))]
pub async fn delete(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At((room, webhook)): At<(RoomId, WebhookId)>,
) -> Result<StatusCode, Problem> {
    webhooks::delete(&chat, &scope, room, webhook).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// What another service has to say.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookPosting {
    /// At most 4,000 characters.
    content: String,
    /// The same again writes nothing new.
    #[serde(default)]
    client_id: Option<ClientId>,
}

/// What was written.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Posted {
    message_id: MessageId,
}

/// Post to an incoming webhook
///
/// Writes into the group in the name of whoever made the webhook, while they are its admin.
#[utoipa::path(post, path = "/hooks/{secret}", tag = "Webhooks", operation_id = "post_by_webhook", security(()),
    params(("secret" = String, Path, description = "Of the webhook",
        example = "8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e")),
    request_body(content = WebhookPosting, example = json!({"content": "Cadangan selesai"})),
    responses((status = 201, body = Posted), (status = 410)))]
pub async fn post(
    State(chat): State<Chat>,
    At(secret): At<String>,
    Body(posting): Body<WebhookPosting>,
) -> Result<(StatusCode, Json<Posted>), Problem> {
    let client_id = posting.client_id.unwrap_or_else(fresh_client_id);
    let message = webhooks::post(&chat, &secret, client_id, &posting.content).await;
    let message = message.map_err(|error| Problem(error.renamed("text", "content")))?;
    Ok((StatusCode::CREATED, Json(Posted { message_id: message.id })))
}
