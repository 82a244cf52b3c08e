//! What a line is asked of: the one protocol or the other.

use std::time::{Duration, Instant};

use sapa_domain::attachments::{Blob, FileLimits};
use sapa_domain::inbox::Fetched;
use sapa_domain::sessions::Device;
use sapa_domain::{Chat, Scope};
use sapa_model::{AppResult, UserId};
use sapa_text::Reply;
use tokio_util::sync::CancellationToken;

use super::budget::{Budget, Share};
use super::reader::{FILE_LINE_MAX, LINE_MAX};
use super::session::SessionDoor;
use super::token::TokenDoor;
use super::{Protocol, Times};

/// What a request comes to.
pub enum Answer {
    /// Something to say.
    Reply(Reply),
    /// Messages. Those that have not been fetched before are marked once the reply has arrived.
    Inbox {
        /// The reply, as it goes over the wire.
        bytes: Vec<u8>,
        /// Whose inbox, and what is to be marked.
        marks: Option<(Scope, Fetched)>,
        /// What the reply takes of the budget.
        share: Share,
    },
    /// A file.
    File(Blob),
}

/// The protocol that a connection speaks, and what it knows of its peer.
pub enum Door {
    /// See [`Protocol::Session`].
    Session(SessionDoor),
    /// See [`Protocol::Token`].
    Token(TokenDoor),
}

impl Door {
    /// For a new connection.
    pub fn new(protocol: Protocol, chat: Chat, budget: Budget, device: Device) -> Self {
        match protocol {
            Protocol::Session => Self::Session(SessionDoor::new(chat, budget, device)),
            Protocol::Token => Self::Token(TokenDoor::new(chat, budget, device)),
        }
    }

    /// Does what a line asks for.
    pub async fn answer(&mut self, line: &str) -> Answer {
        match self {
            Self::Session(door) => door.answer(line).await,
            Self::Token(door) => door.answer(line).await,
        }
    }

    /// How long the line may be that begins so, if longer than others: one that carries a file of somebody
    /// who is known; and who that is.
    pub async fn longest(&self, head: &[u8]) -> AppResult<Option<(UserId, usize)>> {
        let taken = match self {
            Self::Session(door) => door.takes_file(head),
            Self::Token(door) => door.takes_file(head).await?,
        };
        Ok(taken.map(|(who, limits)| (who, file_line_max(limits))))
    }

    /// Whether it is known who speaks.
    pub fn is_known(&self) -> bool {
        self.stranger_since().is_none()
    }

    /// How long a peer may say nothing. A stranger has some time to say who they are, whatever else they say.
    pub fn idle(&self, times: Times) -> Duration {
        match (self, self.stranger_since()) {
            (_, Some(since)) => times.stranger.saturating_sub(since.elapsed()),
            (Self::Session(_), None) => times.idle_session,
            (Self::Token(_), None) => times.idle_token,
        }
    }

    fn stranger_since(&self) -> Option<Instant> {
        match self {
            Self::Session(door) => door.stranger_since(),
            Self::Token(door) => door.stranger_since(),
        }
    }

    /// Cancelled when the session of this connection has ended elsewhere.
    pub fn closed(&self) -> CancellationToken {
        match self {
            Self::Session(door) => door.closed(),
            Self::Token(_) => CancellationToken::new(),
        }
    }

    /// Signs out what was signed in over this connection and cannot live without it.
    pub async fn leave(self) {
        match self {
            Self::Session(door) => door.leave().await,
            Self::Token(_) => {}
        }
    }
}

/// The longest line with a file, where files may be so large.
fn file_line_max(limits: FileLimits) -> usize {
    let file = usize::try_from(limits.file.max(limits.picture)).unwrap_or(usize::MAX);
    let base64 = file.div_ceil(3).saturating_mul(4);
    LINE_MAX.saturating_add(base64).min(FILE_LINE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_carries_the_largest_file_up_to_a_bound() {
        let of = |file| file_line_max(FileLimits { picture: 1, file, ..FileLimits::default() });
        assert_eq!(of(3 << 10), LINE_MAX + (4 << 10));
        assert_eq!(of(100 << 20), FILE_LINE_MAX);
        assert_eq!(of(u64::MAX), FILE_LINE_MAX);
    }
}
