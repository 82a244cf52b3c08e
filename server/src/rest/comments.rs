//! Comments on channels' posts.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use sapa_domain::{Chat, comments, messages};
use sapa_model::comment::{Comment, CommentsFrom};
use sapa_model::{ClientId, CommentId, MessageId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::input::{Asked, At, Body};
use super::links;
use super::messages::fresh_client_id;
use crate::problem::Problem;
use crate::session::SignedIn;

/// Which comments.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Window {
    /// Those before this one; the newest without it.
    #[serde(default)]
    #[param(value_type = Option<i64>)]
    before: Option<CommentId>,
}

/// Comments on a channel's post
///
/// Oldest first, 30 a page; `Link` leads to the page before. For those who follow the channel, while its admins
/// let them comment.
#[utoipa::path(get, path = "/messages/{messageId}/comments", tag = "Comments", operation_id = "list_comments",
    params(("messageId" = MessageId, Path, description = "On which", example = 18), Window),
    responses((status = 200, body = Vec<Comment>)))]
pub async fn list(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(post): At<MessageId>,
    Asked(window): Asked<Window>,
) -> Result<(HeaderMap, Json<Vec<Comment>>), Problem> {
    let room = messages::locate(&chat, &scope, post).await.map_err(Problem)?;
    let from = window.before.map_or(CommentsFrom::Latest, CommentsFrom::Before);
    let page = comments::list(&chat, &scope, room, post, from).await.map_err(Problem)?;
    let first = page.comments.first().filter(|_| page.more);
    let older = first.map(|first| ("prev", format!("/api/v1/messages/{post}/comments?before={}", first.id)));
    Ok((links::header(older), Json(page.comments)))
}

/// A new comment.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewComment {
    /// At most 1,000 characters.
    content: String,
    /// The author's own name for it: the same again writes nothing new.
    #[serde(default)]
    client_id: Option<ClientId>,
}

/// Comment on a channel's post
///
/// At most ten comments a minute.
#[utoipa::path(post, path = "/messages/{messageId}/comments", tag = "Comments", operation_id = "add_comment",
    params(("messageId" = MessageId, Path, description = "On which", example = 18)),
    request_body(content = NewComment, example = json!({"content": "Enak sekali"})),
    responses((status = 201, body = Comment)))]
pub async fn add(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(post): At<MessageId>,
    Body(new): Body<NewComment>,
) -> Result<(StatusCode, Json<Comment>), Problem> {
    let room = messages::locate(&chat, &scope, post).await.map_err(Problem)?;
    let client_id = new.client_id.unwrap_or_else(fresh_client_id);
    let comment = comments::add(&chat, &scope, room, post, client_id, &new.content).await;
    let comment = comment.map_err(|error| Problem(error.renamed("text", "content")))?;
    Ok((StatusCode::CREATED, Json(comment)))
}

/// Delete a comment
///
/// Its author, or an admin of the channel. It cannot be restored.
#[utoipa::path(delete, path = "/comments/{commentId}", tag = "Comments", operation_id = "delete_comment",
    params(("commentId" = CommentId, Path, description = "Which", example = 1)), responses((status = 204)))]
pub async fn delete(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(comment): At<CommentId>,
) -> Result<StatusCode, Problem> {
    comments::delete(&chat, &scope, comment).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}
