//! Calls: ringing, coming in and leaving. What two who are in tell each other goes over the live connection.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sapa_domain::{Chat, calls};
use sapa_model::call::{Call, CallMedia, CallTicket};
use sapa_model::{CallId, RoomId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::input::{Asked, At};
use crate::problem::Problem;
use crate::session::SignedIn;

/// How to call.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Way {
    /// `audio` or `video`; a camera can be switched on and off in either.
    #[serde(default)]
    #[param(inline, required = false)]
    media: CallMedia,
}

/// Call a group, or the friend of a direct room
///
/// Rings on all devices of the others, for 45 seconds, and answers with what the asker needs to come in: by the
/// host's choice servers for a call from browser to browser, or a token of LiveKit or Twilio. Where a call goes
/// on already, that is the one. Of two, only friends can be called. From browser to browser the asker has to come
/// in over the live connection (`join_call`) within 30 seconds.
#[utoipa::path(post, path = "/groups/{groupId}/call", tag = "Calls",
    params(("groupId" = RoomId, Path, description = "Whom", example = 1), Way),
    responses((status = 201, body = CallTicket)))]
pub async fn start(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Asked(way): Asked<Way>,
) -> Result<(StatusCode, Json<CallTicket>), Problem> {
    let ticket = calls::start(&chat, &scope, room, way.media, None).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(ticket)))
}

/// The calls that go on in one's rooms
#[utoipa::path(get, path = "/calls", tag = "Calls", operation_id = "list_calls", responses((status = 200, body = [Call])))]
pub async fn list(State(chat): State<Chat>, SignedIn(scope): SignedIn) -> Result<Json<Vec<Call>>, Problem> {
    calls::going_on(&chat, &scope).await.map(Json).map_err(Problem)
}

/// Come into a call
///
/// Answers a call that rings, or comes in late. It stops ringing on the asker's other devices.
#[utoipa::path(post, path = "/calls/{callId}/join", tag = "Calls", operation_id = "join_call",
    params(("callId" = CallId, Path, description = "Which", example = 1)),
    responses((status = 200, body = CallTicket), (status = 409)))]
pub async fn join(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(call): At<CallId>,
) -> Result<Json<CallTicket>, Problem> {
    calls::join(&chat, &scope, call, None, None).await.map(Json).map_err(Problem)
}

/// Decline a call that rings
#[utoipa::path(post, path = "/calls/{callId}/decline", tag = "Calls",
    params(("callId" = CallId, Path, description = "Which", example = 1)),
    responses((status = 204), (status = 409)))]
pub async fn decline(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(call): At<CallId>,
) -> Result<StatusCode, Problem> {
    calls::decline(&chat, &scope, call).map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leave a call
///
/// Between two that is its end.
#[utoipa::path(post, path = "/calls/{callId}/leave", tag = "Calls",
    params(("callId" = CallId, Path, description = "Which", example = 1)),
    responses((status = 204)))]
pub async fn leave(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(call): At<CallId>,
) -> Result<StatusCode, Problem> {
    calls::leave(&chat, &scope, call).map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}
