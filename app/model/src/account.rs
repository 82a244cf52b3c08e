//! Accounts: what a person says of themselves when they join, and what their own pages show.

use serde::{Deserialize, Serialize};

use crate::people::UserCard;
use crate::text::Password;

/// The registration form, as typed. The domain parses it and blames a field where it cannot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewAccount {
    /// See [`crate::text::Username`].
    pub username: String,
    /// At least [`crate::limits::PASSWORD_MIN`] characters.
    pub password: Password,
    /// See [`crate::text::Nickname`].
    pub nickname: String,
    /// Optional; see [`crate::text::Email`]. Empty counts as not given, as for the fields below.
    #[serde(default)]
    pub email: String,
    /// Optional.
    #[serde(default)]
    pub first_name: String,
    /// Optional.
    #[serde(default)]
    pub last_name: String,
    /// Optional, `YYYY-MM-DD`, in the past.
    #[serde(default)]
    pub birthday: String,
    /// Optional: an ISO 3166-1 alpha-2 code such as `ID`.
    #[serde(default)]
    pub country: String,
}

/// Who may start writing to a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoMayWrite {
    /// Anyone; those who are not friends land under message requests.
    #[default]
    Everyone,
    /// Friends only.
    Friends,
}

/// What a user has chosen for themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Who may start writing.
    pub who_may_write: WhoMayWrite,
}

/// The signed-in user's own view of themselves, with the counts that the navigation shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// How others see this user.
    pub user: UserCard,
    /// Own settings.
    pub settings: Settings,
    /// Friend requests that wait for an answer.
    pub friend_requests: u32,
    /// Message requests that wait for an answer.
    pub message_requests: u32,
    /// Unread messages over all rooms that are neither muted nor requests.
    pub unread: u32,
}
