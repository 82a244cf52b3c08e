//! Schedules as calendar files.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use sapa_domain::schedules;
use sapa_model::schedule::Schedule;
use sapa_model::{AppError, Message, MessageBody, ScheduleId};

use crate::problem::Problem;
use crate::session::SignedIn;
use crate::state::AppState;

/// `GET /schedules/{id}`, where the id ends in `.ics`: a session for a calendar (RFC 5545).
pub async fn download(
    State(app): State<AppState>,
    SignedIn(scope): SignedIn,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let missing = || Problem(AppError::not_found("schedule"));
    let id = name.strip_suffix(".ics").and_then(|id| id.parse().ok()).map(ScheduleId).ok_or_else(missing)?;
    let (schedule, message) = schedules::find(&app.chat, &scope, id).await.map_err(Problem)?;
    let origin = app.config.public_url.as_ref().map(|url| url.origin().to_owned());
    let calendar = calendar(&schedule, &message, origin.as_deref()).ok_or_else(missing)?;
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"sapa-{id}.ics\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, calendar).into_response())
}

fn calendar(schedule: &Schedule, message: &Message, origin: Option<&str>) -> Option<String> {
    let MessageBody::Text { text, .. } = &message.body else { return None };
    let starts: DateTime<Utc> = DateTime::from_timestamp_millis(schedule.starts_at.0)?;
    let ends = starts + TimeDelta::minutes(schedule.minutes.into());
    let mut event = Event::new();
    event
        .uid(&format!("schedule-{}@sapa", schedule.id))
        // The later of two states of a session has the larger number.
        .sequence(u32::try_from(message.seq).unwrap_or(u32::MAX))
        .summary(text)
        .starts(starts)
        .ends(ends)
        .status(if schedule.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(origin) = origin {
        event.url(&format!("{origin}/chats/{}/{}", message.room_id, message.id));
    }
    Some(Calendar::new().push(event.done()).done().to_string())
}
