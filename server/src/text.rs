//! Plain text over TCP: two protocols, each on a port of its own.
//!
//! In the one a connection signs in (seed 002), in the other every request carries a token (seed 003).
//! Both are parsed in `sapa_text`; here bytes are read and written, and what a line asks for is asked of
//! the domain. A connection does one request at a time, in the order in which they came.

mod budget;
mod connection;
mod deeds;
mod door;
mod listener;
mod reader;
mod session;
mod tls;
mod token;
mod wire;
mod writer;

use std::fmt;
use std::time::Duration;

use sapa_domain::Chat;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::pace::Waits;
use crate::state::AppState;
use budget::Budget;
pub use listener::Listener;
pub use tls::{Tls, load as tls};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// The connection signs in.
    Session,
    /// Every request carries a token.
    Token,
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Session => "Plain text, signed in,",
            Self::Token => "Plain text, by token,",
        })
    }
}

/// How long a peer may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// From the first byte of a line to its end; of a large one, for its next 64 KiB.
    pub line: Duration,
    /// The whole of a large line.
    pub large: Duration,
    /// From the beginning of a connection until it is known who speaks.
    pub stranger: Duration,
    /// Between two requests of a connection that signs in.
    pub idle_session: Duration,
    /// The same where every request carries a token: such a peer can come back at any time.
    pub idle_token: Duration,
    /// To take a reply; of a file, for its next 64 KiB, and on the whole.
    pub write: Waits,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            line: Duration::from_secs(30),
            large: Duration::from_mins(10),
            stranger: Duration::from_mins(2),
            idle_session: Duration::from_mins(10),
            idle_token: Duration::from_mins(2),
            write: Waits { piece: Duration::from_mins(1), slack: Duration::from_mins(2) },
        }
    }
}

/// What all connections of both protocols share.
#[derive(Clone)]
pub struct House {
    chat: Chat,
    tls: Option<Tls>,
    times: Times,
    budget: Budget,
    leaving: CancellationToken,
    connections: TaskTracker,
}

impl House {
    /// For this program.
    pub fn new(app: &AppState, tls: Option<Tls>, times: Times) -> Self {
        Self {
            chat: app.chat.clone(),
            tls,
            times,
            budget: Budget::default(),
            leaving: app.leaving.clone(),
            connections: app.connections.clone(),
        }
    }
}
