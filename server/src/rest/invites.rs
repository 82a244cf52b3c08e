//! Invite links of groups.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sapa_domain::{Chat, invites};
use sapa_model::RoomId;
use sapa_model::ids::InviteId;
use sapa_model::room::{Invite, InvitePreview};
use serde::Deserialize;
use utoipa::ToSchema;

use super::groups;
use super::input::{At, Body};
use super::wire::Group;
use crate::problem::Problem;
use crate::session::SignedIn;

/// A group's open invite links
///
/// Admins only. Their tokens are told only when they are made.
#[utoipa::path(get, path = "/groups/{groupId}/invites", tag = "Invites", operation_id = "list_invites",
    params(("groupId" = RoomId, Path, description = "Of which", example = 1)),
    responses((status = 200, body = Vec<Invite>)))]
pub async fn list(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
) -> Result<Json<Vec<Invite>>, Problem> {
    invites::list(&chat, &scope, room).await.map(Json).map_err(Problem)
}

/// A new invite link.
#[derive(Deserialize, ToSchema)]
pub struct NewInvite {
    /// How long it lives, from 1 to 720.
    #[schema(minimum = 1, maximum = 720)]
    hours: u32,
}

/// Make an invite link
///
/// Admins only. People follow it at `/join/{token}`.
#[utoipa::path(post, path = "/groups/{groupId}/invites", tag = "Invites", operation_id = "create_invite",
    params(("groupId" = RoomId, Path, description = "To which", example = 1)),
    request_body(content = NewInvite, example = json!({"hours": 24})),
    responses((status = 201, body = Invite), (status = 409)))]
pub async fn create(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(new): Body<NewInvite>,
) -> Result<(StatusCode, Json<Invite>), Problem> {
    let invite = invites::create(&chat, &scope, room, new.hours).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(invite)))
}

/// End an invite link
///
/// Admins only.
#[utoipa::path(delete, path = "/groups/{groupId}/invites/{inviteId}", tag = "Invites",
    params(("groupId" = RoomId, Path, description = "Of which", example = 1),
        ("inviteId" = InviteId, Path, description = "Which", example = 1)),
    responses((status = 204)))]
pub async fn revoke(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At((room, invite)): At<(RoomId, InviteId)>,
) -> Result<StatusCode, Problem> {
    invites::revoke(&chat, &scope, room, invite).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// What an invite link leads to
#[utoipa::path(get, path = "/invites/{token}", tag = "Invites",
    params(("token" = String, Path, description = "From the link",
        example = "7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e")),
    responses((status = 200, body = InvitePreview), (status = 410)))]
pub async fn preview(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(token): At<String>,
) -> Result<Json<InvitePreview>, Problem> {
    invites::preview(&chat, &scope, &token).await.map(Json).map_err(Problem)
}

/// Join by an invite link
#[utoipa::path(post, path = "/invites/{token}", tag = "Invites", operation_id = "join_by_invite",
    params(("token" = String, Path, description = "From the link",
        example = "7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e")),
    responses((status = 200, body = Group), (status = 409), (status = 410)))]
pub async fn join(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(token): At<String>,
) -> Result<Json<Group>, Problem> {
    groups::one(&chat, &scope, invites::join(&chat, &scope, &token).await).await
}
