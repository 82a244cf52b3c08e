//! Messages of a group or direct room.

use std::mem;

use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, http::HeaderName};
use rand::RngExt as _;
use sapa_domain::{Chat, Scope, attachments, messages, rooms};
use sapa_model::live::Cursor;
use sapa_model::message::{Content, DeleteFor, GalleryKind, HistoryFrom, MessageVersion};
use sapa_model::{
    AppError, AppResult, AttachmentId, ClientId, ErrorCode, MessageBody, MessageId, Room, RoomId, UserId,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::form::Form;
use super::input::{Asked, At, Body, is};
use super::wire::{Changes, Deleted, Message};
use super::{links, parts};
use crate::problem::Problem;
use crate::session::SignedIn;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A client id for whoever brings none.
pub fn fresh_client_id() -> ClientId {
    ClientId::from_random_bytes(rand::rng().random())
}

/// Which part of the history. At most one of these; without any, the newest messages.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Window {
    /// Those before this position.
    #[serde(default)]
    before: Option<u64>,
    /// Those after this position.
    #[serde(default)]
    after: Option<u64>,
    /// Those around this position.
    #[serde(default)]
    around: Option<u64>,
    /// All that are new or have changed since this sequence number of the room, by seq.
    #[serde(default)]
    since: Option<u64>,
}

/// Read messages
///
/// Oldest first, 50 a page. `Link` leads to the pages before and after, where there are any. With `since`:
/// what has changed, deletions included; 409 where that is too much to be told.
#[utoipa::path(get, path = "/groups/{groupId}/messages", tag = "Messages", operation_id = "list_messages",
    params(("groupId" = RoomId, Path, description = "Where", example = 1), Window),
    responses((status = 200, body = Vec<Message>), (status = 409)))]
pub async fn list(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Asked(window): Asked<Window>,
) -> Result<(HeaderMap, Json<Vec<Message>>), Problem> {
    let Window { before, after, around, since } = window;
    let from = match (before, after, around, since) {
        (None, None, None, None) => HistoryFrom::Latest,
        (Some(position), None, None, None) => HistoryFrom::Before(position),
        (None, Some(position), None, None) => HistoryFrom::After(position),
        (None, None, Some(position), None) => HistoryFrom::Around(position),
        (None, None, None, Some(seq)) => return changed(&chat, &scope, room, seq).await.map_err(Problem),
        _ => {
            let message = "At most one of before, after, around and since can be given.";
            return Err(Problem(AppError::new(ErrorCode::Invalid, message)));
        }
    };
    let page = messages::history(&chat, &scope, room, from).await.map_err(Problem)?;
    let group = rooms::shared(&chat, &scope, room).await.map_err(Problem)?;
    let link = |name: &str, position: u64| format!("/api/v1/groups/{room}/messages?{name}={position}");
    let (first, last) = (page.messages.first(), page.messages.last());
    let older = first.filter(|_| page.more_before).map(|first| ("prev", link("before", first.position)));
    let newer = last.filter(|_| page.more_after).map(|last| ("next", link("after", last.position)));
    let links = links::header(older.into_iter().chain(newer));
    let shown = shown(&chat, &scope, page.messages, &group).await.map_err(Problem)?;
    Ok((links, Json(shown)))
}

async fn changed(
    chat: &Chat,
    scope: &Scope,
    room: RoomId,
    since: u64,
) -> AppResult<(HeaderMap, Json<Vec<Message>>)> {
    let changes = changes_of(chat, scope, room, since).await?;
    if changes.reload {
        let message = "Too much has changed since then: read the history anew.";
        return Err(AppError::new(ErrorCode::Conflict, message).on("since"));
    }
    let next = changes.next().map(|seq| ("next", format!("/api/v1/groups/{room}/messages?since={seq}")));
    Ok((links::header(next), Json(changes.messages)))
}

async fn changes_of(chat: &Chat, scope: &Scope, room: RoomId, since: u64) -> AppResult<Changes> {
    let cursor = Cursor { room_id: room, seq: since };
    let changes = messages::changes(chat, scope, &[cursor]).await?.pop();
    let mut changes = changes.ok_or_else(|| AppError::not_found("room"))?;
    let messages = shown(chat, scope, mem::take(&mut changes.messages), &changes.room).await?;
    Ok(Changes::new(changes, messages))
}

/// Since when.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The room's sequence number at the last change that is known.
    #[param(example = 1)]
    since: u64,
}

/// All that has changed in a room
///
/// Messages, memberships and markers since a sequence number: how a program catches up. Where much has changed
/// it comes in parts; see `more`.
#[utoipa::path(get, path = "/groups/{groupId}/changes", tag = "Messages",
    params(("groupId" = RoomId, Path, description = "Where", example = 1), Since),
    responses((status = 200, body = Changes)))]
pub async fn changes(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Asked(since): Asked<Since>,
) -> Result<Json<Changes>, Problem> {
    changes_of(&chat, &scope, room, since.since).await.map(Json).map_err(Problem)
}

/// A new message.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewMessage {
    /// At most 4,000 characters; may be left out where there are attachments.
    #[serde(default)]
    content: Option<String>,
    /// Files that were brought before, at most 10.
    #[serde(default)]
    attachments: Vec<AttachmentId>,
    /// The sender's own name for it: the same again sends nothing new. `Idempotency-Key` says the same.
    #[serde(default)]
    client_id: Option<ClientId>,
}

/// Send a message
///
/// With a content, an attachment, or both. The sender gets this answer; every other member, and the
/// sender's other devices, hear of it live.
#[utoipa::path(post, path = "/groups/{groupId}/messages", tag = "Messages",
    params(("groupId" = RoomId, Path, description = "Where to", example = 1),
        ("Idempotency-Key" = Option<ClientId>, Header, description = "A UUID: the same again sends nothing new")),
    request_body(content((NewMessage = "application/json", example = json!({"content": "Halo semua!"})),
        (parts::MessageForm = "multipart/form-data"))),
    responses((status = 201, body = Message), (status = 409), (status = 413), (status = 507)))]
pub async fn send(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    headers: HeaderMap,
    request: Request,
) -> Result<(StatusCode, Json<Message>), Problem> {
    let key = headers.get(IDEMPOTENCY_KEY).map(|key| ClientId::parse(key.to_str().unwrap_or_default()));
    let key = key.transpose().map_err(|error| Problem(error.renamed("clientId", "Idempotency-Key")))?;
    let is_form = is(&headers, "multipart/form-data");
    // Before a file is taken in for a room that is none of theirs; and what is sent is answered for, whatever comes of
    // reading more after it.
    let group = rooms::shared(&chat, &scope, room).await.map_err(Problem)?;
    let (content, named) = if is_form {
        let form = Form::from_request(request, &()).await?;
        parts::message(&chat, &scope, form).await.map_err(Problem)?
    } else {
        let Body(new) = Body::<NewMessage>::from_request(request, &()).await?;
        let content = Content { text: new.content.unwrap_or_default(), attachments: new.attachments };
        (content, new.client_id)
    };
    let client_id = key.or(named).unwrap_or_else(fresh_client_id);
    let mut unsent = if is_form { content.attachments.clone() } else { Vec::new() };
    let sent = messages::send(&chat, &scope, room, client_id, content).await;
    if let Ok(MessageBody::Text { attachments, .. }) = sent.as_ref().map(|message| &message.body) {
        unsent.retain(|file| attachments.iter().all(|carried| carried.id != *file));
    }
    if !unsent.is_empty() {
        // It was refused, or had been sent before: nobody else knows of these.
        attachments::discard(&chat, &scope, unsent).await.map_err(Problem)?;
    }
    let message = sent.map_err(|error| Problem(error.renamed("text", "content")))?;
    // What came after the room was looked at is new, and read by nobody; only what was sent again may be.
    if message.position > group.seq {
        return Ok((StatusCode::CREATED, Json(Message::new(message, group, false))));
    }
    Ok((StatusCode::CREATED, one(&chat, &scope, message, &group).await?))
}

/// A message
#[utoipa::path(get, path = "/messages/{messageId}", tag = "Messages", operation_id = "show_message",
    params(("messageId" = MessageId, Path, description = "Which", example = 6)),
    responses((status = 200, body = Message)))]
pub async fn show(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
) -> Result<Json<Message>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    with_group(&chat, &scope, messages::find(&chat, &scope, room, id).await).await
}

/// What a message is to say.
#[derive(Deserialize, ToSchema)]
pub struct Text {
    content: String,
}

/// Give an own message another text
#[utoipa::path(put, path = "/messages/{messageId}", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "Which", example = 6)),
    request_body(content = Text, example = json!({"content": "Halo semuanya!"})),
    responses((status = 200, body = Message), (status = 409)))]
pub async fn edit(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
    Body(text): Body<Text>,
) -> Result<Json<Message>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    with_group(&chat, &scope, messages::edit(&chat, &scope, room, id, &text.content).await).await
}

/// For whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeletedFor {
    /// `everyone` (its author, or an admin of the group) or `me`.
    #[serde(default = "everyone", rename = "for")]
    #[param(inline)]
    whom: DeleteFor,
}

fn everyone() -> DeleteFor {
    DeleteFor::Everyone
}

/// Delete a message
///
/// It can be restored for five seconds.
#[utoipa::path(delete, path = "/messages/{messageId}", tag = "Messages", operation_id = "delete_message",
    params(("messageId" = MessageId, Path, description = "Which", example = 6), DeletedFor),
    responses((status = 200, body = Deleted)))]
pub async fn delete(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(message_id): At<MessageId>,
    Asked(deleted): Asked<DeletedFor>,
) -> Result<Json<Deleted>, Problem> {
    let room = messages::locate(&chat, &scope, message_id).await.map_err(Problem)?;
    messages::delete(&chat, &scope, room, message_id, deleted.whom).await.map_err(Problem)?;
    Ok(Json(Deleted { message_id }))
}

/// Take a deletion back
#[utoipa::path(post, path = "/messages/{messageId}/restore", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "Of which", example = 8)),
    responses((status = 200, body = Message)))]
pub async fn restore(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
) -> Result<Json<Message>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    scope.may_see().map_err(Problem)?;
    messages::restore(&chat, &scope, room, id).await.map_err(Problem)?;
    with_group(&chat, &scope, messages::find(&chat, &scope, room, id).await).await
}

/// What a message said before it was edited
///
/// Oldest first.
#[utoipa::path(get, path = "/messages/{messageId}/versions", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "Which", example = 6)),
    responses((status = 200, body = Vec<MessageVersion>)))]
pub async fn versions(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
) -> Result<Json<Vec<MessageVersion>>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    messages::versions(&chat, &scope, room, id).await.map(Json).map_err(Problem)
}

/// Correct what somebody else wrote
#[utoipa::path(put, path = "/messages/{messageId}/correction", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "What", example = 7)),
    request_body(content = Text, example = json!({"content": "Apa kabar?"})),
    responses((status = 200, body = Message), (status = 409)))]
pub async fn correct(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
    Body(text): Body<Text>,
) -> Result<Json<Message>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    with_group(&chat, &scope, messages::correct(&chat, &scope, room, id, &text.content).await).await
}

/// Take an own correction back
#[utoipa::path(delete, path = "/messages/{messageId}/correction", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "Of what", example = 7)),
    responses((status = 200, body = Message)))]
pub async fn take_back_correction(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<MessageId>,
) -> Result<Json<Message>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    with_group(&chat, &scope, messages::take_back_correction(&chat, &scope, room, id).await).await
}

/// Take somebody's correction of an own message over
#[utoipa::path(post, path = "/messages/{messageId}/corrections/{userId}/accept", tag = "Messages",
    params(("messageId" = MessageId, Path, description = "Of what", example = 6),
        ("userId" = UserId, Path, description = "Whose", example = 3)),
    responses((status = 200, body = Message), (status = 409)))]
pub async fn accept_correction(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At((id, by)): At<(MessageId, UserId)>,
) -> Result<Json<Message>, Problem> {
    let room = messages::locate(&chat, &scope, id).await.map_err(Problem)?;
    with_group(&chat, &scope, messages::accept_correction(&chat, &scope, room, id, by).await).await
}

/// Which part of what a room's messages carry.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Shelf {
    #[param(inline, example = "media")]
    kind: GalleryKind,
    /// The last message's id of the page before.
    #[serde(default)]
    #[param(value_type = Option<i64>)]
    before: Option<MessageId>,
}

/// Messages with pictures, files or links
///
/// Newest first, 30 a page; `Link` leads to the next.
#[utoipa::path(get, path = "/groups/{groupId}/gallery", tag = "Messages",
    params(("groupId" = RoomId, Path, description = "Where", example = 1), Shelf),
    responses((status = 200, body = Vec<Message>)))]
pub async fn gallery(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Asked(shelf): Asked<Shelf>,
) -> Result<Response, Problem> {
    let page = messages::gallery(&chat, &scope, room, shelf.kind, shelf.before).await.map_err(Problem)?;
    let group = rooms::shared(&chat, &scope, room).await.map_err(Problem)?;
    let next = page.messages.last().filter(|_| page.more).map(|last| {
        let kind = shelf.kind.as_str();
        ("next", format!("/api/v1/groups/{room}/gallery?kind={kind}&before={}", last.id))
    });
    let links = links::header(next);
    let shown = shown(&chat, &scope, page.messages, &group).await.map_err(Problem)?;
    Ok((links, Json(shown)).into_response())
}

/// A message with the room that it stands in, as the API shows it.
pub async fn with_group(
    chat: &Chat,
    scope: &Scope,
    message: AppResult<sapa_model::Message>,
) -> Result<Json<Message>, Problem> {
    let message = message.map_err(|error| Problem(error.renamed("text", "content")))?;
    let group = rooms::shared(chat, scope, message.room_id).await.map_err(Problem)?;
    one(chat, scope, message, &group).await
}

async fn one(
    chat: &Chat,
    scope: &Scope,
    message: sapa_model::Message,
    group: &Room,
) -> Result<Json<Message>, Problem> {
    let shown = shown(chat, scope, vec![message], group).await.map_err(Problem)?.pop();
    shown.map(Json).ok_or_else(|| Problem(AppError::internal()))
}

/// Messages of a room as the API shows them.
async fn shown(
    chat: &Chat,
    scope: &Scope,
    page: Vec<sapa_model::Message>,
    group: &Room,
) -> AppResult<Vec<Message>> {
    let read = messages::read_by_others(chat, scope, &page.iter().collect::<Vec<_>>()).await?;
    let message = |message: sapa_model::Message| {
        let status = read.contains(&message.id);
        Message::new(message, group.clone(), status)
    };
    Ok(page.into_iter().map(message).collect())
}
