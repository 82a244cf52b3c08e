//! Sessions that people propose to one another.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::schedule::NewSchedule;
use sapa_model::{AppError, Message, RoomId, ScheduleId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::context::signed_in;

/// Proposes a session.
#[server(prefix = "/rpc", endpoint = "propose_session", input = Json, output = Json)]
pub async fn propose_session(room: RoomId, session: NewSchedule) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::schedules::propose(&chat, &scope, room, session).await
}

/// Says whether the user comes.
#[server(prefix = "/rpc", endpoint = "answer_session", input = Json, output = Json)]
pub async fn answer_session(session: ScheduleId, accepts: bool) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::schedules::answer(&chat, &scope, session, accepts).await
}

/// Calls a session off.
#[server(prefix = "/rpc", endpoint = "cancel_session", input = Json, output = Json)]
pub async fn cancel_session(session: ScheduleId) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::schedules::cancel(&chat, &scope, session).await
}
