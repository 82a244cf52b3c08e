//! Reactions to messages.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use sapa_domain::{Chat, messages};
use sapa_model::message::Reactor;
use sapa_model::{MessageId, UserId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::input::{Asked, At, Body};
use super::links;
use super::messages::with_group;
use super::wire::Message;
use crate::problem::Problem;
use crate::session::SignedIn;

/// A reaction.
#[derive(Deserialize, ToSchema)]
pub struct Reacting {
    /// One emoji.
    emoji: String,
}

/// React to a message
///
/// Each person has one reaction: another takes its place.
#[utoipa::path(put, path = "/messages/{messageId}/reactions", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "To which", example = 6)),
    request_body(content = Reacting, example = json!({"emoji": "👍"})),
    responses((status = 200, body = Message), (status = 409)))]
pub async fn react(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
    Body(reacting): Body<Reacting>,
) -> Result<Json<Message>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    let emoji = Some(reacting.emoji.as_str());
    with_group(&chat, &scope, messages::react(&chat, &scope, room, id, emoji).await).await
}

/// Take one's reaction back
#[utoipa::path(delete, path = "/messages/{messageId}/reactions", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "To which", example = 6)),
    responses((status = 200, body = Message)))]
pub async fn take_back_reaction(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
) -> Result<Json<Message>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    with_group(&chat, &scope, messages::react(&chat, &scope, room, id, None).await).await
}

/// Which of those who have reacted to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Listing {
    /// The id of the last person of the page before.
    #[serde(default)]
    #[param(value_type = Option<i64>)]
    after: Option<UserId>,
}

/// Who has reacted to a message
///
/// By id, 50 a page; `Link` leads to the next. In a channel its admins only.
#[utoipa::path(get, path = "/messages/{messageId}/reactions", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "To which", example = 6), Listing),
    responses((status = 200, body = Vec<Reactor>)))]
pub async fn reactors(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
    Asked(listing): Asked<Listing>,
) -> Result<(HeaderMap, Json<Vec<Reactor>>), Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    let page = messages::reactors(&chat, &scope, room, id, listing.after).await.map_err(Problem)?;
    let last = page.reactors.last().filter(|_| page.more);
    let next = last.map(|last| ("next", format!("/api/v1/messages/{id}/reactions?after={}", last.user.id)));
    Ok((links::header(next), Json(page.reactors)))
}
