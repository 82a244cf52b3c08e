//! Reports: what people tell the host of one another.

use serde::{Deserialize, Serialize};

use crate::ids::{MessageId, RoomId, UserId};
use crate::time::Timestamp;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// Advertising, fraud, the same again and again.
    Spam,
    /// Insults, threats, hate.
    Abuse,
    /// Unwanted advances or indecent pictures.
    Harassment,
    /// Pretends to be somebody else.
    Impersonation,
    /// Something else, told in the note.
    Other,
}

impl ReportReason {
    /// All of them, in the order to offer.
    pub const ALL: [Self; 5] = [Self::Spam, Self::Abuse, Self::Harassment, Self::Impersonation, Self::Other];
}

/// A report, as made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewReport {
    /// About whom.
    pub user_id: UserId,
    /// About which message of theirs, if about one.
    #[serde(default)]
    pub message: Option<(RoomId, MessageId)>,
    /// What is wrong.
    pub reason: ReportReason,
    /// More in words, at most [`crate::limits::REPORT_NOTE_MAX`] characters.
    #[serde(default)]
    pub note: String,
    /// Blocks the person too.
    #[serde(default)]
    pub block: bool,
}

/// A message in a report, as its reporter saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Quoted {
    /// Its author's username.
    pub author: String,
    /// What it said.
    pub text: String,
    /// Names of the files that it carried.
    pub files: Vec<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// It is the one that the report is about.
    pub reported: bool,
}

/// A report, as the host reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// To close it by.
    pub id: i64,
    /// Who made it: a username.
    pub reporter: String,
    /// Whom it is about: a username.
    pub user: String,
    /// What is wrong.
    pub reason: ReportReason,
    /// More in words.
    pub note: String,
    /// The message and those around it, oldest first.
    pub excerpt: Vec<Quoted>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the host closed it.
    pub closed_at: Option<Timestamp>,
}
