//! Channels: rooms in which admins post and everyone else follows.
//!
//! A channel is public exactly while it has a handle. Without one it can be followed by invite link only, and
//! nobody else learns that it is there; its old handle is free for others.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, AppResult};
use crate::ids::UserId;
use crate::limits;
use crate::people::UserCard;
use crate::room::{Dialog, Role, Room, RoomKind};

/// What only a channel has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Channel {
    /// The name in its address `/c/{handle}`; none while it is private.
    pub handle: Option<ChannelHandle>,
    /// What it says of itself; may be empty.
    pub description: String,
    /// Followers may comment on its posts.
    pub comments: bool,
}

impl RoomKind {
    /// Whether a member of this role may write here: in a channel admins alone.
    pub fn may_post(self, role: Role) -> bool {
        match self {
            Self::Direct | Self::Group => true,
            Self::Channel => role >= Role::Admin,
        }
    }

    /// Whether members learn of each other: who is there, how far they have read, that they are typing. Of a
    /// channel they learn who its admins are, and nothing else.
    pub fn members_meet(self) -> bool {
        self != Self::Channel
    }

    /// Whether it has an owner, admins and invite links.
    pub fn has_admins(self) -> bool {
        self != Self::Direct
    }
}

impl Dialog {
    /// Whether the asker may write here, by their role.
    pub fn may_post(&self) -> bool {
        self.room.kind.may_post(self.role)
    }
}

/// The unique name in a public channel's address: lower-case ASCII letters, digits, `_` and `-`, beginning and
/// ending with a letter or a digit. As usernames, so that no two look alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct ChannelHandle(String);

/// Stands in an address beside the handles.
const RESERVED: &str = "new";

impl ChannelHandle {
    /// Brings a typed handle to its normal form; an `@` before it is left out.
    ///
    /// # Errors
    /// `required`, `too_short`, `too_long` or `invalid`, field `handle`.
    pub fn parse(s: &str) -> AppResult<Self> {
        const FIELD: &str = "handle";
        let handle = s.trim().trim_start_matches('@').to_ascii_lowercase();
        if handle.is_empty() {
            return Err(AppError::required(FIELD));
        }
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
        let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let has_form =
            handle.chars().all(allowed) && is_edge(handle.chars().next()) && is_edge(handle.chars().last());
        if !has_form || handle == RESERVED {
            let message = "A handle has letters a to z, digits, hyphens and underscores, and begins and ends with a letter or digit.";
            return Err(AppError::invalid(FIELD, message));
        }
        if handle.len() < limits::HANDLE_MIN {
            return Err(AppError::too_short(FIELD, limits::HANDLE_MIN));
        }
        if handle.len() > limits::HANDLE_MAX {
            return Err(AppError::too_long(FIELD, limits::HANDLE_MAX));
        }
        Ok(Self(handle))
    }

    /// The handle itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where everybody can read the channel, without the host.
    pub fn public_path(&self) -> String {
        format!("/c/{}", self.0)
    }
}

impl TryFrom<String> for ChannelHandle {
    type Error = AppError;

    fn try_from(s: String) -> AppResult<Self> {
        Self::parse(&s)
    }
}

impl From<ChannelHandle> for String {
    fn from(handle: ChannelHandle) -> Self {
        handle.0
    }
}

impl std::str::FromStr for ChannelHandle {
    type Err = AppError;

    fn from_str(s: &str) -> AppResult<Self> {
        Self::parse(s)
    }
}

impl std::fmt::Display for ChannelHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A channel as its admins set it up, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChannelSettings {
    /// See [`crate::text::GroupName`].
    pub name: String,
    /// The picture's colour, 0 to 359.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(maximum = 359))]
    pub hue: u16,
    /// See [`ChannelHandle`]; none for a private channel.
    #[serde(default)]
    pub handle: Option<String>,
    /// See [`crate::text::Description`].
    #[serde(default)]
    pub description: String,
    /// Followers may comment on its posts.
    #[serde(default)]
    pub comments: bool,
}

/// A channel as the asker finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChannelCard {
    /// The channel.
    pub room: Room,
    /// The asker follows it, or is one of its admins.
    pub followed: bool,
}

/// A page of public channels, those with the most followers first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChannelPage {
    /// At most [`limits::CHANNEL_PAGE`] channels.
    pub channels: Vec<ChannelCard>,
    /// Where the next page begins, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<ChannelCursor>,
}

/// The last channel of a page: by this the next one is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChannelCursor {
    /// How many followed it.
    pub followers: u32,
    /// Which it is.
    pub room: crate::ids::RoomId,
}

/// A page of a channel's followers and admins, by id, for its admins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FollowerPage {
    /// At most [`limits::FOLLOWER_PAGE`].
    pub followers: Vec<Follower>,
    /// Whether more follow; ask for them with the last one's id.
    pub more: bool,
}

/// One of those who follow a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Follower {
    /// Who.
    pub user: UserCard,
    /// With which role.
    pub role: Role,
}

impl FollowerPage {
    /// By what the next page is asked for.
    pub fn next(&self) -> Option<UserId> {
        self.followers.last().filter(|_| self.more).map(|last| last.user.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn handles_have_one_form() {
        assert_eq!(ChannelHandle::parse(" @Kopi_Pagi ").unwrap().as_str(), "kopi_pagi");
        for (bad, code) in [
            ("", ErrorCode::Required),
            ("ab", ErrorCode::TooShort),
            ("new", ErrorCode::Invalid),
            ("-kopi", ErrorCode::Invalid),
            ("kopi.pagi", ErrorCode::Invalid),
            ("kopi/pagi", ErrorCode::Invalid),
            ("кава", ErrorCode::Invalid),
            (&"a".repeat(33), ErrorCode::TooLong),
        ] {
            let error = ChannelHandle::parse(bad).unwrap_err();
            assert_eq!((error.code, error.field.as_deref()), (code, Some("handle")), "{bad}");
        }
    }

    #[test]
    fn only_admins_post_in_a_channel() {
        for role in [Role::Member, Role::Admin, Role::Owner] {
            assert!(RoomKind::Group.may_post(role) && RoomKind::Direct.may_post(role));
            assert_eq!(RoomKind::Channel.may_post(role), role != Role::Member);
        }
    }
}
