//! People, and how two of them stand to each other.

use serde::{Deserialize, Serialize};

use crate::ids::{FriendshipId, UserId};
use crate::language::{LanguageCode, UserLanguage};
use crate::time::Timestamp;

/// What is shown of a user wherever a name stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserCard {
    /// Whose card it is.
    pub id: UserId,
    /// The name to find them by.
    pub username: String,
    /// The name to show.
    pub nickname: String,
    /// The key of their picture; none where only their initials are shown.
    #[serde(default)]
    pub avatar: Option<String>,
    /// Grows with each change of the profile: of two cards the one with the larger is the newer.
    #[serde(default)]
    pub revision: u32,
}

/// How the asker stands to another user. What the other has blocked is never told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Nothing yet: "Add friend".
    None,
    /// The asker has asked: "Requested".
    Requested,
    /// The other has asked: "Accept" or "Decline".
    Asked,
    /// Friends.
    Friends,
    /// The asker has blocked the other.
    Blocked,
}

/// Another user as the asker sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Who it is.
    pub user: UserCard,
    /// How the asker stands to them.
    pub relation: Relation,
    /// Two letters of ISO 3166-1, where given.
    pub country: Option<String>,
    /// What they speak and learn, in their own order.
    pub languages: Vec<UserLanguage>,
    /// A few words about themselves.
    pub bio: Option<String>,
    /// A name of the IANA time zone database.
    pub time_zone: Option<String>,
    /// When the request was made, the friendship began or the block was set.
    pub since: Option<Timestamp>,
}

/// What the explorer is asked for. Everything that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct PeopleFilter {
    /// A part of a nickname or username, whatever its case.
    pub query: String,
    /// Speaks this as a native.
    pub native: Option<LanguageCode>,
    /// Learns this.
    pub learning: Option<LanguageCode>,
    /// Lives there: a code of ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Is there now, as far as the asker may see it.
    pub online: bool,
}

/// A page of the explorer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PeoplePage {
    /// At most [`crate::limits::PEOPLE_PAGE`] people.
    pub people: Vec<Person>,
    /// Number of this page, from 0.
    pub page: u32,
    /// How many people there are in all.
    pub total: u32,
}

/// What stands between the asker and somebody: a friendship, or a request for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Friendship {
    /// Which one.
    pub id: FriendshipId,
    /// The other one.
    pub person: Person,
    /// Who of the two asked.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Timestamp,
    /// Whether the one who was asked has accepted.
    pub accepted: bool,
}

/// Open friend requests, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FriendRequests {
    /// Waiting for the asker's answer.
    pub received: Vec<Person>,
    /// Waiting for somebody else's.
    pub sent: Vec<Person>,
}

/// Whether somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    /// Whose presence.
    pub user_id: UserId,
    /// Connected now.
    pub online: bool,
    /// When last seen, if not online and known.
    pub last_seen: Option<Timestamp>,
}
