//! A least speed of whoever brings or takes bytes: so many in so long, and so many a second on the whole.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// What must have moved within the time for a piece.
pub const LEAST: usize = 64 * 1024;
/// On the whole, in bytes a second: 128 kbit/s.
const SPEED: u64 = 16 * 1024;

/// How long a peer may be waited for.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// For the next [`LEAST`] bytes.
    pub piece: Duration,
    /// In all, beyond what the bytes take at 16 KiB a second: else something large could come a day long.
    pub slack: Duration,
}

impl Waits {
    /// How long so many bytes may take in all.
    pub fn whole(self, bytes: u64) -> Duration {
        self.slack.saturating_add(Duration::from_millis(bytes.saturating_mul(1_000) / SPEED))
    }
}

/// Watches over it. Only the time counts in which the peer is waited for.
pub struct Pace {
    waits: Waits,
    /// Of the piece, and of the whole.
    moved: (usize, u64),
    waited: Duration,
    piece_until: Option<Instant>,
    since: Option<Instant>,
    until: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    /// With nothing moved yet.
    pub fn new(waits: Waits) -> Self {
        Self { waits, moved: (0, 0), waited: Duration::ZERO, piece_until: None, since: None, until: None }
    }

    /// So many bytes more have moved.
    pub fn moved(&mut self, bytes: usize) {
        self.pause();
        self.moved.0 += bytes;
        self.moved.1 += bytes as u64;
        if self.moved.0 >= LEAST {
            self.rest();
        }
    }

    /// Nothing is waited for.
    pub fn rest(&mut self) {
        self.pause();
        (self.moved.0, self.piece_until) = (0, None);
    }

    /// Something else begins.
    pub fn begin(&mut self) {
        *self = Self::new(self.waits);
    }

    /// The peer is waited for; ready when it has been too slow.
    pub fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.since.is_none() {
            let now = Instant::now();
            self.since = Some(now);
            let piece_until = *self.piece_until.get_or_insert(now + self.waits.piece);
            let left = self.waits.whole(self.moved.1).saturating_sub(self.waited);
            let until = piece_until.min(now + left);
            match &mut self.until {
                Some(sleep) => sleep.as_mut().reset(until),
                None => self.until = Some(Box::pin(sleep_until(until))),
            }
        }
        self.until.as_mut().map_or(Poll::Pending, |until| until.as_mut().poll(cx))
    }

    fn pause(&mut self) {
        self.waited += self.since.take().map_or(Duration::ZERO, |since| since.elapsed());
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::time::timeout;

    use super::*;

    const PIECE: Duration = Duration::from_millis(60);

    async fn too_slow(pace: &mut Pace, wait: Duration) -> bool {
        timeout(wait, poll_fn(|cx| pace.poll_too_slow(cx))).await.is_ok()
    }

    #[tokio::test]
    async fn a_trickle_is_too_slow_and_a_stream_is_not() {
        let mut pace = Pace::new(Waits { piece: PIECE, slack: Duration::from_secs(60) });
        for _ in 0..4 {
            assert!(!too_slow(&mut pace, PIECE / 3).await);
            pace.moved(LEAST);
        }
        assert!(!too_slow(&mut pace, PIECE / 2).await);
        pace.moved(1);
        assert!(too_slow(&mut pace, PIECE).await, "a byte is not enough");
        pace.rest();
        assert!(!too_slow(&mut pace, PIECE / 2).await);
    }

    #[tokio::test]
    async fn what_moves_too_slowly_on_the_whole_comes_to_an_end() {
        // A quarter of a second, at 16 KiB a second.
        const MOVED: usize = 4 * 1024;
        let slack = Duration::from_millis(200);
        let mut pace = Pace::new(Waits { piece: Duration::from_secs(60), slack });
        for _ in 0..4 {
            assert!(!too_slow(&mut pace, Duration::from_millis(100)).await);
            pace.moved(MOVED);
            // Not waited for.
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        assert_eq!(pace.waits.whole(16 * 1024), slack + Duration::from_secs(1));
        let start = Instant::now();
        let mut ended = false;
        while !ended {
            ended = too_slow(&mut pace, Duration::from_millis(20)).await;
            pace.moved(1);
            assert!(start.elapsed() < Duration::from_secs(20), "it goes on");
        }
        assert!(start.elapsed() >= Duration::from_millis(500), "{:?}", start.elapsed());
        pace.begin();
        assert!(!too_slow(&mut pace, slack / 2).await);
    }
}
