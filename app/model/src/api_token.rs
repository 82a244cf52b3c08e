//! Personal API tokens: what a bot or a script signs in with, and what it may do.

use serde::{Deserialize, Serialize};

use crate::ids::SessionId;
use crate::time::Timestamp;

/// One thing that a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    /// See what its owner sees: rooms, messages, people. The live connection too.
    Read,
    /// Open chats and write in them: messages, files, corrections, sessions, read markers; stories.
    Write,
    /// Make and change groups: members, roles, invite links, webhooks; answer message requests.
    Rooms,
    /// Ask, accept, end friendships; block; report.
    People,
    /// Change the profile, the picture and the settings; never what one signs in with.
    Account,
}

impl TokenScope {
    /// All of them, in the order to offer.
    pub const ALL: [Self; 5] = [Self::Read, Self::Write, Self::Rooms, Self::People, Self::Account];

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Rooms => "rooms",
            Self::People => "people",
            Self::Account => "account",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What a token may do, all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = Vec<TokenScope>))]
#[serde(from = "Vec<TokenScope>", into = "Vec<TokenScope>")]
pub struct TokenScopes(u8);

impl TokenScopes {
    /// Whether this is among them.
    pub fn hold(self, scope: TokenScope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The same with one more, or without it.
    #[must_use]
    pub fn with(self, scope: TokenScope, held: bool) -> Self {
        if held { Self(self.0 | scope.bit()) } else { Self(self.0 & !scope.bit()) }
    }

    /// Each of them, in order.
    pub fn iter(self) -> impl Iterator<Item = TokenScope> {
        TokenScope::ALL.into_iter().filter(move |scope| self.hold(*scope))
    }
}

impl FromIterator<TokenScope> for TokenScopes {
    fn from_iter<I: IntoIterator<Item = TokenScope>>(scopes: I) -> Self {
        scopes.into_iter().fold(Self::default(), |all, scope| all.with(scope, true))
    }
}

impl From<Vec<TokenScope>> for TokenScopes {
    fn from(scopes: Vec<TokenScope>) -> Self {
        scopes.into_iter().collect()
    }
}

impl From<TokenScopes> for Vec<TokenScope> {
    fn from(scopes: TokenScopes) -> Self {
        scopes.iter().collect()
    }
}

/// A token about to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewApiToken {
    /// What it is for; as a nickname.
    pub name: String,
    /// At least one.
    pub scopes: TokenScopes,
    /// How long it lives, from 1 to [`crate::limits::API_TOKEN_DAYS_MAX`] days.
    pub days: u32,
}

/// A token, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiToken {
    /// To revoke it by.
    pub id: SessionId,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: TokenScopes,
    /// The secret itself; told only once, when it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_a_set_with_an_order() {
        let scopes: TokenScopes = serde_json::from_str(r#"["write","read","write"]"#).unwrap();
        assert_eq!(serde_json::to_string(&scopes).unwrap(), r#"["read","write"]"#);
        assert!(scopes.hold(TokenScope::Read) && !scopes.hold(TokenScope::Account));
        assert!(scopes.with(TokenScope::Read, false).with(TokenScope::Write, false).is_empty());
        for scope in TokenScope::ALL {
            assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{}\"", scope.as_str()));
        }
    }
}
