//! How a connection ends.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, close_code};
use futures::stream::{SplitSink, SplitStream};
use futures::{SinkExt, StreamExt};
use sapa_domain::hub::CloseReason;
use sapa_model::UserId;

/// How long a client may take to hear that the connection ends.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// It broke.
    Gone,
    /// The client has closed it.
    HungUp,
    /// The client has closed it, as its page is left.
    PageLeft,
    /// The server wants it.
    Closed(CloseReason),
    /// The client broke the protocol.
    Malformed,
    /// The client sent a text that is not UTF-8.
    NotText,
    /// The client sent a frame that is too large.
    TooLarge,
    /// The client went on sending far more than it may.
    Flooding,
    /// Nothing was heard of the client for too long.
    Silent,
}

impl Farewell {
    /// What a client's close frame says: browsers give 1001 when a page is left (RFC 6455, 7.4.1).
    pub fn of_client(frame: Option<&CloseFrame>) -> Self {
        if frame.is_some_and(|frame| frame.code == close_code::AWAY) { Self::PageLeft } else { Self::HungUp }
    }

    /// Whether nobody is there any more to hear an answer.
    pub fn is_clients(self) -> bool {
        matches!(self, Self::Gone | Self::HungUp | Self::PageLeft)
    }

    /// Notes the end of somebody's connection in the log: what the client wanted for whoever looks closely, what
    /// was cut for everyone.
    pub fn note(self, user: UserId) {
        let user = user.0;
        match (self, self.code()) {
            (Self::HungUp | Self::PageLeft, _) => {
                tracing::debug!(user, "a connection was closed by its client");
            }
            (
                Self::Closed(CloseReason::SignedOut | CloseReason::Banned | CloseReason::ShuttingDown),
                Some((code, reason)),
            ) => tracing::debug!(user, code, reason, "a connection is closed"),
            (_, Some((code, reason))) => tracing::info!(user, code, reason, "a connection is cut"),
            (_, None) => tracing::info!(user, reason = "broken", "a connection is cut"),
        }
    }

    /// The close code (RFC 6455, 7.4) and a word for whoever reads logs.
    fn code(self) -> Option<(u16, &'static str)> {
        Some(match self {
            Self::Gone | Self::HungUp | Self::PageLeft => return None,
            Self::Closed(reason @ CloseReason::SignedOut) => (reason.code(), "signed out"),
            Self::Closed(reason @ CloseReason::Banned) => (reason.code(), "banned"),
            Self::Closed(reason @ CloseReason::Overrun) => (reason.code(), "reads too slowly"),
            Self::Closed(reason @ CloseReason::ShuttingDown) => (reason.code(), "going down"),
            Self::Malformed => (1002, "malformed frame"),
            Self::NotText => (1007, "not UTF-8"),
            Self::TooLarge => (1009, "frame too large"),
            Self::Flooding => (1008, "too many frames"),
            Self::Silent => (1001, "silent"),
        })
    }

    /// Tells the client, if it can still be told, and hears it out.
    pub async fn say(self, mut sink: SplitSink<WebSocket, Message>, mut stream: SplitStream<WebSocket>) {
        if matches!(self, Self::HungUp | Self::PageLeft) {
            // The answer to a close frame (RFC 6455, 5.5.1) has been made ready by reading it, and leaves now.
            let answered = async { while let Some(Ok(_)) = stream.next().await {} };
            let _ = tokio::time::timeout(PATIENCE, futures::future::join(sink.flush(), answered)).await;
            return;
        }
        let Some((code, reason)) = self.code() else { return };
        let close = Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::from_static(reason) }));
        let told = tokio::time::timeout(PATIENCE, sink.send(close)).await;
        if !matches!(told, Ok(Ok(()))) {
            return;
        }
        // A socket dropped with bytes still unread is reset, and the close frame lost with it.
        if self == Self::TooLarge {
            tokio::time::sleep(PATIENCE).await;
        }
        let heard_out = async { while let Some(Ok(_)) = stream.next().await {} };
        // A client that goes on talking has been told enough.
        let _ = tokio::time::timeout(PATIENCE, heard_out).await;
    }
}
