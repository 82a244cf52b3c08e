//! One connection's end of the hub, and its other end.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::scope::Scope;

/// Frames that may wait for a connection. A reader who is further behind is closed and resumes.
const QUEUE: usize = 256;

/// Names a connection within this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnectionId(pub(crate) u64);

/// What a connection has to pass on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    /// A whole text frame.
    Frame(Bytes),
    /// Nothing follows.
    Close(CloseReason),
}

/// Why the server closes a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The session has ended.
    SignedOut,
    /// The host has closed the account.
    Banned,
    /// The client reads too slowly; it may come back and resume.
    Overrun,
    /// The server goes down; it may come back.
    ShuttingDown,
}

impl CloseReason {
    /// The WebSocket close code (RFC 6455, 7.4).
    pub fn code(self) -> u16 {
        match self {
            Self::SignedOut => 4401,
            Self::Banned => 4403,
            Self::Overrun => 1013,
            Self::ShuttingDown => 1012,
        }
    }
}

/// The hub's end: where frames go in.
pub struct Line {
    pub(super) id: ConnectionId,
    pub(super) scope: Scope,
    frames: mpsc::Sender<Bytes>,
    closed: Arc<OnceLock<CloseReason>>,
}

/// The connection's end: where they come out.
pub(crate) struct Receiver {
    frames: mpsc::Receiver<Bytes>,
    closed: Arc<OnceLock<CloseReason>>,
}

/// Makes both ends.
pub(crate) fn line(id: ConnectionId, scope: Scope) -> (Line, Receiver) {
    let (sender, frames) = mpsc::channel(QUEUE);
    let closed = Arc::new(OnceLock::new());
    let line = Line { id, scope, frames: sender, closed: closed.clone() };
    (line, Receiver { frames, closed })
}

impl Line {
    /// Puts in the first frame, for which there is always room.
    pub(super) fn greet(&self, frame: Bytes) {
        self.send(&frame);
    }

    /// Whether there was room for the frame.
    pub(super) fn send(&self, frame: &Bytes) -> bool {
        self.frames.try_send(frame.clone()).is_ok()
    }

    /// Whether nobody is at the other end any more.
    pub(super) fn is_abandoned(&self) -> bool {
        self.frames.is_closed()
    }

    /// Ends the line: the reason goes ahead of the frames that still wait.
    pub(super) fn close(self, reason: CloseReason) {
        // Set at most once: closing takes the line away.
        let _ = self.closed.set(reason);
    }
}

impl Receiver {
    /// Takes no more.
    pub fn close(&mut self) {
        self.frames.close();
    }

    /// The next thing to pass on; after a close, the close again.
    pub async fn next(&mut self) -> Outgoing {
        loop {
            if let Some(reason) = self.closed.get() {
                return Outgoing::Close(*reason);
            }
            match self.frames.recv().await {
                Some(frame) if self.closed.get().is_none() => return Outgoing::Frame(frame),
                Some(_) => {}
                None => {
                    return Outgoing::Close(self.closed.get().copied().unwrap_or(CloseReason::ShuttingDown));
                }
            }
        }
    }
}
