//! Groups and direct rooms.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use sapa_domain::{Chat, Scope, avatars, groups, live, markers, messages, rooms};
use sapa_model::room::{DialogFilter, NewGroup};
use sapa_model::{AppError, AppResult, Dialog, MessageId, Room, RoomId, UserId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::form::Form;
use super::input::{Asked, At, Body};
use super::wire::{Group, OpenGroup};
use super::{links, parts};
use crate::problem::Problem;
use crate::session::SignedIn;

/// Which groups to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Listing {
    #[serde(default)]
    #[param(inline)]
    filter: DialogFilter,
    /// A part of the group's name, or of the other person's.
    #[serde(default)]
    query: Option<String>,
    /// The id of the last message of the page before.
    #[serde(default)]
    #[param(value_type = Option<i64>)]
    before: Option<MessageId>,
}

/// Own groups and direct rooms
///
/// By last activity, the newest first, 30 a page; `Link` leads to the next.
#[utoipa::path(get, path = "/groups", tag = "Groups", operation_id = "list_groups", params(Listing), responses((status = 200, body = Vec<Group>)))]
pub async fn list(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Asked(listing): Asked<Listing>,
) -> Result<(HeaderMap, Json<Vec<Group>>), Problem> {
    let query = listing.query.as_deref().unwrap_or_default();
    let page = rooms::dialogs(&chat, &scope, listing.filter, query, listing.before).await.map_err(Problem)?;
    let last = page.dialogs.last().and_then(|dialog| dialog.last.as_ref()).filter(|_| page.more);
    let next = last.map(|message| {
        let mut next = form_urlencoded::Serializer::new(String::new());
        if listing.filter != DialogFilter::All {
            next.append_pair("filter", listing.filter.as_str());
        }
        if !query.is_empty() {
            next.append_pair("query", query);
        }
        next.append_pair("before", &message.id.to_string());
        ("next", format!("/api/v1/groups?{}", next.finish()))
    });
    let links = links::header(next);
    let shown = shown(&chat, &scope, page.dialogs).await.map_err(Problem)?;
    Ok((links, Json(shown)))
}

/// A new group.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Founding {
    name: String,
    /// Friends of the founder.
    #[serde(default)]
    member_ids: Vec<UserId>,
    /// The picture's colour, 0 to 359.
    #[serde(default)]
    #[schema(maximum = 359)]
    hue: u16,
}

/// Make a group
#[utoipa::path(post, path = "/groups", tag = "Groups", operation_id = "create_group",
    request_body(content = Founding, example = json!({"name": "Kopi sore", "memberIds": [3, 5]})),
    responses((status = 201, body = Group), (status = 404), (status = 409)))]
pub async fn create(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(new): Body<Founding>,
) -> Result<(StatusCode, Json<Group>), Problem> {
    let group = NewGroup { name: new.name, hue: new.hue, member_ids: new.member_ids };
    let dialog = groups::create(&chat, &scope, group).await;
    Ok((StatusCode::CREATED, one(&chat, &scope, dialog).await?))
}

/// The direct room with somebody
///
/// It is made where there is none.
#[utoipa::path(get, path = "/groups/user/{userId}", tag = "Groups",
    params(("userId" = UserId, Path, description = "With whom", example = 2)),
    responses((status = 200, body = Group), (status = 409)))]
pub async fn direct(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(user): At<UserId>,
) -> Result<Json<Group>, Problem> {
    one(&chat, &scope, rooms::open_direct(&chat, &scope, user).await).await
}

/// A group or direct room with its members
#[utoipa::path(get, path = "/groups/{groupId}", tag = "Groups", operation_id = "show_group",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)), responses((status = 200, body = OpenGroup)))]
pub async fn show(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
) -> Result<Json<OpenGroup>, Problem> {
    let view = rooms::room(&chat, &scope, room).await.map_err(Problem)?;
    let Json(group) = one(&chat, &scope, Ok(view.dialog)).await?;
    Ok(Json(OpenGroup { group, members: view.members }))
}

/// A change of a group. What is left out stays as it is.
#[derive(Deserialize, ToSchema)]
pub struct GroupChange {
    #[serde(default)]
    name: Option<String>,
    /// The picture's colour, 0 to 359.
    #[serde(default)]
    #[schema(maximum = 359)]
    hue: Option<u16>,
}

/// Give a group another name or colour
///
/// Admins only.
#[utoipa::path(patch, path = "/groups/{groupId}", tag = "Groups",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)),
    request_body(content = GroupChange, example = json!({"name": "Kopi pagi"})), responses((status = 200, body = Room)))]
pub async fn rename(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(change): Body<GroupChange>,
) -> Result<Json<Room>, Problem> {
    let before = rooms::shared(&chat, &scope, room).await.map_err(Problem)?;
    let name = change.name.unwrap_or(before.name);
    groups::rename(&chat, &scope, room, &name, change.hue.unwrap_or(before.hue))
        .await
        .map(Json)
        .map_err(Problem)
}

/// End a group for everyone
///
/// Its owner only. What was written in it is deleted. To leave it, delete one's own membership.
#[utoipa::path(delete, path = "/groups/{groupId}", tag = "Groups", operation_id = "delete_group",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)), responses((status = 204)))]
pub async fn delete(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
) -> Result<StatusCode, Problem> {
    groups::delete(&chat, &scope, room).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Set a group's picture
///
/// Admins only.
#[utoipa::path(post, path = "/groups/{groupId}/avatar", tag = "Groups", operation_id = "set_group_avatar",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)),
    request_body(content = parts::AvatarForm, content_type = "multipart/form-data"),
    responses((status = 200, body = Room), (status = 413)))]
pub async fn set_avatar(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    mut form: Form,
) -> Result<Json<Room>, Problem> {
    let picture = parts::only_file(&mut form, "avatar").await.map_err(Problem)?;
    avatars::set_of_group(&chat, &scope, room, picture).await.map(Json).map_err(Problem)
}

/// Take a group's picture away
///
/// Admins only.
#[utoipa::path(delete, path = "/groups/{groupId}/avatar", tag = "Groups", operation_id = "remove_group_avatar",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)), responses((status = 200, body = Room)))]
pub async fn remove_avatar(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
) -> Result<Json<Room>, Problem> {
    avatars::remove_of_group(&chat, &scope, room).await.map(Json).map_err(Problem)
}

/// Whether a room makes itself heard.
#[derive(Deserialize, ToSchema)]
pub struct Muting {
    muted: bool,
}

/// Mute a room for oneself, or let it sound again
#[utoipa::path(put, path = "/groups/{groupId}/muted", tag = "Groups",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)),
    request_body(content = Muting, example = json!({"muted": true})), responses((status = 200, body = Group)))]
pub async fn set_muted(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(muting): Body<Muting>,
) -> Result<Json<Group>, Problem> {
    one(&chat, &scope, rooms::set_muted(&chat, &scope, room, muting.muted).await).await
}

/// An answer to a stranger.
#[derive(Deserialize, ToSchema)]
pub struct RequestAnswer {
    /// False puts the room away; the stranger is not told.
    accept: bool,
}

/// Answer a message request
#[utoipa::path(put, path = "/groups/{groupId}/request", tag = "Groups",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)),
    request_body(content = RequestAnswer, example = json!({"accept": true})), responses((status = 204)))]
pub async fn answer_request(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(answer): Body<RequestAnswer>,
) -> Result<StatusCode, Problem> {
    rooms::answer_request(&chat, &scope, room, answer.accept)
        .await
        .map(|()| StatusCode::NO_CONTENT)
        .map_err(Problem)
}

/// How far.
#[derive(Deserialize, ToSchema)]
pub struct Marker {
    /// The last message's number.
    number: u64,
}

/// Move the read marker
///
/// It only ever grows.
#[utoipa::path(put, path = "/groups/{groupId}/read", tag = "Groups",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)),
    request_body(content = Marker, example = json!({"number": 2})), responses((status = 204)))]
pub async fn read(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(marker): Body<Marker>,
) -> Result<StatusCode, Problem> {
    markers::read(&chat, &scope, room, marker.number).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Say how many messages have reached this device
#[utoipa::path(put, path = "/groups/{groupId}/delivered", tag = "Groups",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)),
    request_body(content = Marker, example = json!({"number": 2})), responses((status = 204)))]
pub async fn delivered(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(marker): Body<Marker>,
) -> Result<StatusCode, Problem> {
    markers::delivered(&chat, &scope, room, marker.number)
        .await
        .map(|()| StatusCode::NO_CONTENT)
        .map_err(Problem)
}

/// Say that one is typing
///
/// Shown for six seconds.
#[utoipa::path(post, path = "/groups/{groupId}/typing", tag = "Groups",
    params(("groupId" = RoomId, Path, description = "Which", example = 1)), responses((status = 204)))]
pub async fn typing(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
) -> Result<StatusCode, Problem> {
    live::typing(&chat, &scope, room).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// A room as the API shows it.
pub async fn one(chat: &Chat, scope: &Scope, dialog: AppResult<Dialog>) -> Result<Json<Group>, Problem> {
    let dialog = dialog.map_err(Problem)?;
    let shown = shown(chat, scope, vec![dialog]).await.map_err(Problem)?.pop();
    shown.map(Json).ok_or_else(|| Problem(AppError::internal()))
}

/// Rooms as the API shows them.
async fn shown(chat: &Chat, scope: &Scope, page: Vec<Dialog>) -> AppResult<Vec<Group>> {
    let last: Vec<_> = page.iter().filter_map(|dialog| dialog.last.as_ref()).collect();
    let read = messages::read_by_others(chat, scope, &last).await?;
    let group = |dialog: Dialog| {
        let status = dialog.last.as_ref().is_some_and(|last| read.contains(&last.id));
        Group::new(dialog, status)
    };
    Ok(page.into_iter().map(group).collect())
}
