//! Schedules: sessions that somebody proposes in a room.

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, ScheduleId};
use crate::people::UserCard;
use crate::time::Timestamp;

/// A session, as a message carries it; the message's text is the topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// Which.
    pub id: ScheduleId,
    /// When it begins: a moment, which each reader sees in their own zone.
    pub starts_at: Timestamp,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Its proposer has called it off.
    pub cancelled: bool,
    /// Who has answered, the earliest first; its proposer comes.
    pub answers: Vec<ScheduleAnswer>,
}

/// Whether somebody comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScheduleAnswer {
    /// Who.
    pub user: UserCard,
    /// Comes, or does not.
    pub accepts: bool,
}

/// A session about to be proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewSchedule {
    /// The proposer's own name for the message; the same again proposes nothing new.
    pub client_id: ClientId,
    /// What it is about: as a message's text, at most [`crate::limits::TOPIC_MAX`] characters.
    pub topic: String,
    /// When it begins: in the future, at most [`crate::limits::SCHEDULE_AHEAD_MS`] ahead.
    pub starts_at: Timestamp,
    /// From [`crate::limits::SCHEDULE_MINUTES_MIN`] to [`crate::limits::SCHEDULE_MINUTES_MAX`].
    pub minutes: u32,
}
