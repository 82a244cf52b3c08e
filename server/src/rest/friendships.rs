//! Friendships, blocks and reports.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sapa_domain::{Chat, people, reports};
use sapa_model::report::{Evidence, NewReport, ReportReason};
use sapa_model::{AppError, CommentId, FriendshipId, MessageId, RoomId, StoryId, UserId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::input::{At, Body, Perhaps};
use super::wire::{Friendship, User};
use crate::problem::Problem;
use crate::session::SignedIn;

/// Somebody.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Whom {
    user_id: UserId,
}

/// Friends, and requests of either side
///
/// The newest first.
#[utoipa::path(get, path = "/friendships", tag = "Friendships", responses((status = 200, body = Vec<Friendship>)))]
pub async fn friendships(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
) -> Result<Json<Vec<Friendship>>, Problem> {
    let all = people::friendships(&chat, &scope).await.map_err(Problem)?;
    Ok(Json(all.into_iter().map(|standing| Friendship::new(scope.user_id, standing)).collect()))
}

/// Ask somebody to be a friend
///
/// Whoever has asked already becomes one.
#[utoipa::path(post, path = "/friendships", tag = "Friendships",
    request_body(content = Whom, example = json!({"userId": 8})),
    responses((status = 201, body = Friendship), (status = 404), (status = 409)))]
pub async fn ask(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(whom): Body<Whom>,
) -> Result<(StatusCode, Json<Friendship>), Problem> {
    scope.may_see().map_err(Problem)?;
    people::ask(&chat, &scope, whom.user_id).await.map_err(Problem)?;
    let standing = people::friendship(&chat, &scope, whom.user_id).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(Friendship::new(scope.user_id, standing))))
}

/// The friendship with somebody, or the request for one
#[utoipa::path(get, path = "/friendships/user/{userId}", tag = "Friendships", operation_id = "friendship_with",
    params(("userId" = UserId, Path, description = "With whom", example = 3)),
    responses((status = 200, body = Friendship)))]
pub async fn with(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(other): At<UserId>,
) -> Result<Json<Friendship>, Problem> {
    let standing = people::friendship(&chat, &scope, other).await.map_err(Problem)?;
    Ok(Json(Friendship::new(scope.user_id, standing)))
}

/// An answer to a request.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FriendshipAnswer {
    /// False declines it, of which the other is not told.
    is_accepted: bool,
}

/// Accept or decline a request
///
/// Only the one who was asked may; without a body they accept. A declined one is answered as it was, for the last
/// time.
#[utoipa::path(patch, path = "/friendships/{friendshipId}", tag = "Friendships", operation_id = "answer_friend_request",
    params(("friendshipId" = FriendshipId, Path, description = "Its own id", example = 5)),
    request_body(content = FriendshipAnswer, example = json!({"isAccepted": true})),
    responses((status = 200, body = Friendship), (status = 409)))]
pub async fn answer(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<FriendshipId>,
    Perhaps(answer): Perhaps<FriendshipAnswer>,
) -> Result<Json<Friendship>, Problem> {
    let before = people::friendship(&chat, &scope, id).await.map_err(Problem)?;
    let standing = if answer.is_none_or(|answer| answer.is_accepted) {
        people::accept(&chat, &scope, id).await.map_err(Problem)?;
        people::friendship(&chat, &scope, id).await.map_err(Problem)?
    } else {
        people::decline(&chat, &scope, id).await.map_err(Problem)?;
        before
    };
    Ok(Json(Friendship::new(scope.user_id, standing)))
}

/// End a friendship, or a request for one
#[utoipa::path(delete, path = "/friendships/{friendshipId}", tag = "Friendships",
    params(("friendshipId" = FriendshipId, Path, description = "Its own id", example = 2)),
    responses((status = 204)))]
pub async fn end(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(id): At<FriendshipId>,
) -> Result<StatusCode, Problem> {
    people::end(&chat, &scope, id).await.map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Those whom the asker has blocked
#[utoipa::path(get, path = "/blocks", tag = "Friendships", responses((status = 200, body = Vec<User>)))]
pub async fn blocks(State(chat): State<Chat>, SignedIn(scope): SignedIn) -> Result<Json<Vec<User>>, Problem> {
    let blocked = people::blocked(&chat, &scope).await.map_err(Problem)?;
    Ok(Json(blocked.into_iter().map(User::from).collect()))
}

/// Block somebody
///
/// They are not told.
#[utoipa::path(post, path = "/blocks", tag = "Friendships",
    request_body(content = Whom, example = json!({"userId": 5})),
    responses((status = 201, body = User), (status = 404), (status = 409)))]
pub async fn block(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(whom): Body<Whom>,
) -> Result<(StatusCode, Json<User>), Problem> {
    let person = people::block(&chat, &scope, whom.user_id).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(person.into())))
}

/// Lift a block
#[utoipa::path(delete, path = "/blocks/{userId}", tag = "Friendships",
    params(("userId" = UserId, Path, description = "Whom", example = 6)), responses((status = 204)))]
pub async fn unblock(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(user): At<UserId>,
) -> Result<StatusCode, Problem> {
    people::unblock(&chat, &scope, user).await.map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the host is to be told of somebody.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    user_id: UserId,
    /// In which group the message is that it is about; with `messageId`.
    #[serde(default)]
    group_id: Option<RoomId>,
    /// The message that it is about; with `groupId`.
    #[serde(default)]
    message_id: Option<MessageId>,
    /// The comment that it is about.
    #[serde(default)]
    comment_id: Option<CommentId>,
    /// The story that it is about.
    #[serde(default)]
    story_id: Option<StoryId>,
    reason: ReportReason,
    /// More in words.
    #[serde(default)]
    note: Option<String>,
    /// Blocks the person too.
    #[serde(default)]
    block: bool,
}

/// Tell the host of somebody
///
/// A message, a comment or a story can be named, one of them: a copy goes with the report. They are not told.
#[utoipa::path(post, path = "/reports", tag = "Friendships",
    request_body(content = Report, example = json!({"userId": 2, "groupId": 1, "messageId": 7, "reason": "spam"})),
    responses((status = 204), (status = 404), (status = 409)))]
pub async fn report(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(report): Body<Report>,
) -> Result<StatusCode, Problem> {
    let message = match (report.group_id, report.message_id) {
        (None, Some(_)) => {
            return Err(Problem(AppError::invalid("groupId", "In which group is the message?")));
        }
        (Some(_), None) => {
            return Err(Problem(AppError::invalid("messageId", "Which message of the group?")));
        }
        (group, message) => group.zip(message),
    };
    let evidence = Evidence::one_of(message, report.comment_id, report.story_id).map_err(Problem)?;
    let new = NewReport {
        user_id: report.user_id,
        evidence,
        reason: report.reason,
        note: report.note.unwrap_or_default(),
        block: report.block,
    };
    reports::report(&chat, &scope, new).await.map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}
