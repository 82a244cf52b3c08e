//! Identifiers. Each kind is a type of its own, so that one cannot stand where another belongs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{AppError, AppResult};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    };
}

id!(
    /// A user, for as long as the account lives.
    UserId
);
id!(
    /// A friendship, or a request for one: the same for both sides. Never used again.
    FriendshipId
);
id!(
    /// A room: direct, group or channel.
    RoomId
);
id!(
    /// A message. Grows with time across all rooms, so it also orders rooms by last activity.
    MessageId
);
id!(
    /// A signed-in device or program.
    SessionId
);
id!(
    /// A file that a message carries.
    AttachmentId
);
id!(
    /// A session that somebody has proposed.
    ScheduleId
);
id!(
    /// A comment on a channel's post.
    CommentId
);
id!(
    /// An invite link of a group.
    InviteId
);
id!(
    /// A story. Never used again, so that what answers a story that is gone never finds another.
    StoryId
);
id!(
    /// A webhook of a group.
    WebhookId
);
id!(
    /// A call.
    CallId
);

/// The sender's own name for a message: a UUID made where the message was typed, before it left.
///
/// A send repeated with the same `ClientId` answers with the message that the first one made.
/// Written in the hyphenated form of RFC 9562, lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, format = "uuid"))]
#[serde(try_from = "String", into = "String")]
pub struct ClientId(String);

impl ClientId {
    /// Reads the hyphenated form, in either case.
    ///
    /// # Errors
    /// `invalid`, field `clientId`, for anything else.
    pub fn parse(s: &str) -> AppResult<Self> {
        let well_formed = s.len() == 36
            && s.bytes().enumerate().all(|(i, b)| match i {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_hexdigit(),
            });
        if well_formed {
            Ok(Self(s.to_ascii_lowercase()))
        } else {
            Err(AppError::invalid("clientId", "clientId must be a UUID."))
        }
    }

    /// Makes a version 4 UUID of 16 random bytes.
    pub fn from_random_bytes(mut bytes: [u8; 16]) -> Self {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let mut s = String::with_capacity(36);
        for (i, byte) in bytes.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                s.push('-');
            }
            for nibble in [byte >> 4, byte & 0x0f] {
                s.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
            }
        }
        Self(s)
    }

    /// The hyphenated, lower-case form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ClientId {
    type Error = AppError;

    fn try_from(s: String) -> AppResult<Self> {
        Self::parse(&s)
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_ids_are_uuids_in_one_case() {
        let id = ClientId::parse("0191E7A0-0000-7000-8000-00000000ABCD").unwrap();
        assert_eq!(id.as_str(), "0191e7a0-0000-7000-8000-00000000abcd");
        for bad in [
            "",
            "0191e7a0",
            "0191e7a0-0000-7000-8000-00000000abc",
            "0191e7a0_0000-7000-8000-00000000abcd",
            "0191e7a0-0000-7000-8000-00000000abcg",
        ] {
            assert!(ClientId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn random_client_ids_say_version_four() {
        let id = ClientId::from_random_bytes([0xff; 16]);
        assert_eq!(id.as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(ClientId::parse(id.as_str()).unwrap(), id);
    }
}
