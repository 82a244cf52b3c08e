//! Who asks.

use std::net::{IpAddr, Ipv4Addr};

use sapa_model::ids::SessionId;
use sapa_model::{AppError, AppResult, TokenScope, TokenScopes, UserId};

use crate::throttle::network;

/// The signed-in asker: the first thing that every rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Who it is.
    pub user_id: UserId,
    /// From which signed-in device.
    pub session_id: SessionId,
    /// What a personal API token was made for; none for a person who has signed in.
    pub token: Option<TokenScopes>,
    /// From which network, as far as its door knows: many accounts of one are told from many people by nothing
    /// else.
    pub network: Option<IpAddr>,
}

impl Scope {
    /// Somebody's own program, such as a webhook, which may do one thing in their name.
    pub(crate) fn on_behalf_of(user_id: UserId, what: TokenScope) -> Self {
        let token = Some([what].into_iter().collect());
        Self { user_id, session_id: SessionId(0), token, network: None }
    }

    /// The same asker, who asks from this address.
    #[must_use]
    pub fn from(self, address: Option<IpAddr>) -> Self {
        Self { network: address.map(network), ..self }
    }

    /// By what they are counted where there is little of something.
    pub fn counted(&self) -> (UserId, IpAddr) {
        (self.user_id, self.network.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }

    /// Whether the asker may see what an act will be answered with, before it is done: `forbidden` for a
    /// token that may not read.
    pub fn may_see(&self) -> AppResult<()> {
        self.may(TokenScope::Read).map(drop)
    }

    /// Who asks, if they may do such a thing; `forbidden` for a token that was not made for it.
    pub(crate) fn may(&self, what: TokenScope) -> AppResult<UserId> {
        match self.token {
            Some(scopes) if !scopes.hold(what) => {
                let message =
                    format!("This token was not made for this: it lacks the scope {}.", what.as_str());
                Err(AppError::new(sapa_model::ErrorCode::Forbidden, message))
            }
            _ => Ok(self.user_id),
        }
    }

    /// Who asks, for what no token may do: sign-ins, passwords, other tokens.
    pub(crate) fn in_person(&self) -> AppResult<UserId> {
        match self.token {
            Some(_) => Err(AppError::forbidden("A token may not do this. Please sign in.")),
            None => Ok(self.user_id),
        }
    }
}
