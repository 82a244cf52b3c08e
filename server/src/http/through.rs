//! Bodies that are looked at while they go through.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};

/// What came of asking for the next piece.
pub type Polled = Poll<Option<Result<Frame<Bytes>, axum::Error>>>;

/// The same body; `look` sees what came each time and says what is handed on. What it holds is let go of with the
/// body.
pub fn through(
    body: Body,
    look: impl FnMut(&mut Context<'_>, Polled) -> Polled + Send + Unpin + 'static,
) -> Body {
    Body::new(Through { body, look })
}

struct Through<F> {
    body: Body,
    look: F,
}

impl<F: FnMut(&mut Context<'_>, Polled) -> Polled + Unpin> HttpBody for Through<F> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Polled {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        (self.look)(cx, polled)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
