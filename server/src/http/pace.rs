//! A least speed: so many bytes in so long, while something is waited for.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

/// What must have moved within the time.
pub const LEAST: usize = 64 * 1024;

/// Watches over it.
pub struct Pace {
    time: Duration,
    moved: usize,
    until: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    /// With this time for [`LEAST`] bytes.
    pub fn new(time: Duration) -> Self {
        Self { time, moved: 0, until: None }
    }

    /// So many bytes more have moved.
    pub fn moved(&mut self, bytes: usize) {
        self.moved += bytes;
        if self.moved >= LEAST {
            self.rest();
        }
    }

    /// Nothing is waited for.
    pub fn rest(&mut self) {
        (self.moved, self.until) = (0, None);
    }

    /// The peer is waited for; ready when it has been too slow.
    pub fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let time = self.time;
        self.until.get_or_insert_with(|| Box::pin(sleep(time))).as_mut().poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn a_trickle_is_too_slow_and_a_stream_is_not() {
        let time = Duration::from_millis(60);
        let too_slow =
            async |pace: &mut Pace, wait| timeout(wait, poll_fn(|cx| pace.poll_too_slow(cx))).await.is_ok();
        let mut pace = Pace::new(time);
        for _ in 0..4 {
            assert!(!too_slow(&mut pace, time / 3).await);
            pace.moved(LEAST);
        }
        assert!(!too_slow(&mut pace, time / 2).await);
        pace.moved(1);
        assert!(too_slow(&mut pace, time).await, "a byte is not enough");
        pace.rest();
        assert!(!too_slow(&mut pace, time / 2).await);
    }
}
