//! Who is in a group, and with which role.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sapa_domain::{Chat, groups, rooms};
use sapa_model::{AppError, Member, Role, RoomId, UserId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::input::{At, Body};
use crate::problem::Problem;
use crate::session::SignedIn;

/// The members of a group
#[utoipa::path(get, path = "/groups/{groupId}/members", tag = "Members", operation_id = "list_members",
    params(("groupId" = RoomId, Path, description = "Of which", example = 1)),
    responses((status = 200, body = Vec<Member>)))]
pub async fn list(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
) -> Result<Json<Vec<Member>>, Problem> {
    rooms::room(&chat, &scope, room).await.map(|view| Json(view.members)).map_err(Problem)
}

/// Some people.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Those {
    /// Friends of who adds them, at most 100.
    user_ids: Vec<UserId>,
}

/// Add friends to a group
///
/// Admins only.
#[utoipa::path(post, path = "/groups/{groupId}/members", tag = "Members",
    params(("groupId" = RoomId, Path, description = "To which", example = 1)),
    request_body(content = Those, example = json!({"userIds": [5]})),
    responses((status = 204), (status = 409)))]
pub async fn add(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(those): Body<Those>,
) -> Result<StatusCode, Problem> {
    groups::add(&chat, &scope, room, &those.user_ids)
        .await
        .map(|()| StatusCode::NO_CONTENT)
        .map_err(|error| Problem(error.renamed("users", "userIds")))
}

/// Remove a member, or leave
///
/// An admin removes others of a lower role; everyone may remove themselves.
#[utoipa::path(delete, path = "/groups/{groupId}/members/{userId}", tag = "Members",
    params(("groupId" = RoomId, Path, description = "From which", example = 1),
        ("userId" = UserId, Path, description = "Whom", example = 3)),
    responses((status = 204), (status = 409)))]
pub async fn remove(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At((room, user)): At<(RoomId, UserId)>,
) -> Result<StatusCode, Problem> {
    let removed = if user == scope.user_id {
        groups::leave(&chat, &scope, room).await
    } else {
        groups::remove(&chat, &scope, room, user).await
    };
    removed.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Another role.
#[derive(Deserialize, ToSchema)]
pub struct RoleChange {
    /// `owner` hands the group over; who did stays as an admin.
    role: Role,
}

/// Give a member another role
///
/// The owner only.
#[utoipa::path(patch, path = "/groups/{groupId}/members/{userId}", tag = "Members",
    params(("groupId" = RoomId, Path, description = "In which", example = 1),
        ("userId" = UserId, Path, description = "Whom", example = 3)),
    request_body(content = RoleChange, example = json!({"role": "admin"})),
    responses((status = 200, body = Member), (status = 409)))]
pub async fn change_role(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At((room, user)): At<(RoomId, UserId)>,
    Body(change): Body<RoleChange>,
) -> Result<Json<Member>, Problem> {
    scope.may_see().map_err(Problem)?;
    match change.role {
        Role::Owner => groups::hand_over(&chat, &scope, room, user).await,
        role => groups::set_admin(&chat, &scope, room, user, role == Role::Admin).await,
    }
    .map_err(Problem)?;
    let view = rooms::room(&chat, &scope, room).await.map_err(Problem)?;
    let member = view.members.into_iter().find(|member| member.user.id == user);
    member.map(Json).ok_or_else(|| Problem(AppError::not_found("member")))
}
