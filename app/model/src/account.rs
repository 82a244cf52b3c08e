//! Accounts: what a person says of themselves when they join, and what their own pages show.

use serde::{Deserialize, Serialize};

use crate::ids::SessionId;
use crate::language::UserLanguage;
use crate::people::UserCard;
use crate::profile::{Circle, NewProfile};
use crate::text::Password;
use crate::time::Timestamp;

/// The registration form, as typed. The domain parses it and blames a field where it cannot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewAccount {
    /// See [`crate::text::Username`].
    pub username: String,
    /// At least [`crate::limits::PASSWORD_MIN`] characters.
    pub password: Password,
    /// Optional; see [`crate::text::Email`]. Empty counts as not given.
    #[serde(default)]
    pub email: String,
    /// The token of an invitation, or of a group's link, where one is asked for.
    #[serde(default)]
    pub invitation: String,
    /// What they tell of themselves.
    #[serde(flatten)]
    pub profile: NewProfile,
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    /// Everybody.
    #[default]
    Open,
    /// Whoever has an invitation of the host, or an open link of a group.
    Invite,
    /// Nobody.
    Closed,
}

/// Who may start writing to a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhoMayWrite {
    /// Anyone; those who are not friends land under message requests.
    #[default]
    Everyone,
    /// Friends only.
    Friends,
}

/// What a user has chosen for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Who may start writing.
    pub who_may_write: WhoMayWrite,
    /// Who sees whether they are there, and when they last were.
    pub who_sees_presence: Circle,
    /// Who sees their birthday.
    pub who_sees_birthday: Circle,
    /// Who sees their telephone number.
    pub who_sees_phone: Circle,
    /// Whether the explorer shows them to people who are not their friends.
    pub findable: bool,
    /// In calls, show their network address to nobody: take relayed ways only.
    pub relay_calls: bool,
}

/// The signed-in user's own view of themselves, with the counts that the navigation shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// How others see this user.
    pub user: UserCard,
    /// What they speak and learn.
    pub languages: Vec<UserLanguage>,
    /// Own settings.
    pub settings: Settings,
    /// Their e-mail address, confirmed.
    pub email: Option<String>,
    /// One that waits to be confirmed.
    pub pending_email: Option<String>,
    /// Friend requests that wait for an answer.
    pub friend_requests: u32,
    /// Message requests that wait for an answer.
    pub message_requests: u32,
    /// Unread messages over all rooms that are neither muted nor requests.
    pub unread: u32,
}

/// A place where a user is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedInDevice {
    /// Its session.
    pub id: SessionId,
    /// What it calls itself: the browser's `User-Agent`.
    pub user_agent: String,
    /// Where it signed in from, if known.
    pub address: Option<String>,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub seen_at: Timestamp,
    /// The one that asks.
    pub current: bool,
}

/// A change of what a user signs in with, as typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewCredentials {
    /// The password so far: who is signed in is not yet who knows it.
    pub password: Password,
    /// The new username; empty for the same as before.
    #[serde(default)]
    pub username: String,
    /// The new password; none for the same as before.
    #[serde(default)]
    pub new_password: Option<Password>,
}
