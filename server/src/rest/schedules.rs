//! Sessions that people propose to one another.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sapa_domain::{Chat, schedules};
use sapa_model::schedule::NewSchedule;
use sapa_model::{ClientId, RoomId, ScheduleId, Timestamp};
use serde::Deserialize;
use utoipa::ToSchema;

use super::input::{At, Body};
use super::messages::{fresh_client_id, with_group};
use super::wire::Message;
use crate::problem::Problem;
use crate::session::SignedIn;

/// A session about to be proposed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// At most 120 characters.
    topic: String,
    /// In the future, at most a year ahead.
    starts_at: Timestamp,
    /// From 5 to 720.
    #[schema(minimum = 5, maximum = 720)]
    minutes: u32,
    /// The same again proposes nothing new.
    #[serde(default)]
    client_id: Option<ClientId>,
}

/// So that the example can be run on any day.
fn tomorrow() -> i64 {
    const DAY_MS: i64 = 86_400_000;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(now.as_millis()).unwrap_or_default() / DAY_MS;
    (days + 2) * DAY_MS
}

/// Propose a session
///
/// Answers the message that proposes it. As a calendar file it is at `/schedules/{scheduleId}.ics`.
#[utoipa::path(post, path = "/groups/{groupId}/schedules", tag = "Schedules",
    params(("groupId" = RoomId, Path, description = "Where", example = 1)),
    request_body(content = Proposal, example = json!({"topic": "Bahasa sore", "startsAt": tomorrow(), "minutes": 60})),
    responses((status = 201, body = Message), (status = 409)))]
pub async fn propose(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(room): At<RoomId>,
    Body(proposal): Body<Proposal>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    let client_id = proposal.client_id.unwrap_or_else(fresh_client_id);
    let Proposal { topic, starts_at, minutes, .. } = proposal;
    let new = NewSchedule { client_id, topic, starts_at, minutes };
    let message = schedules::propose(&chat, &scope, room, new).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, with_group(&chat, &scope, Ok(message)).await?))
}

/// A session, as the message that proposes it
#[utoipa::path(get, path = "/schedules/{scheduleId}", tag = "Schedules", operation_id = "show_schedule",
    params(("scheduleId" = ScheduleId, Path, description = "Which", example = 1)),
    responses((status = 200, body = Message)))]
pub async fn show(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(schedule): At<ScheduleId>,
) -> Result<Json<Message>, Problem> {
    let found = schedules::find(&chat, &scope, schedule).await;
    with_group(&chat, &scope, found.map(|(_, message)| message)).await
}

/// Whether one comes.
#[derive(Deserialize, ToSchema)]
pub struct Coming {
    accepts: bool,
}

/// Say whether one comes
#[utoipa::path(put, path = "/schedules/{scheduleId}/answer", tag = "Schedules", operation_id = "answer_schedule",
    params(("scheduleId" = ScheduleId, Path, description = "To which", example = 1)),
    request_body(content = Coming, example = json!({"accepts": true})),
    responses((status = 200, body = Message), (status = 409)))]
pub async fn answer(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(schedule): At<ScheduleId>,
    Body(coming): Body<Coming>,
) -> Result<Json<Message>, Problem> {
    with_group(&chat, &scope, schedules::answer(&chat, &scope, schedule, coming.accepts).await).await
}

/// Call a session off
///
/// Who has proposed it, or an admin.
#[utoipa::path(delete, path = "/schedules/{scheduleId}", tag = "Schedules",
    params(("scheduleId" = ScheduleId, Path, description = "Which", example = 1)),
    responses((status = 200, body = Message), (status = 409)))]
pub async fn cancel(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(schedule): At<ScheduleId>,
) -> Result<Json<Message>, Problem> {
    with_group(&chat, &scope, schedules::cancel(&chat, &scope, schedule).await).await
}
