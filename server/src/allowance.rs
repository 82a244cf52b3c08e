//! How many commands a connection may give: a bucket that fills with time.

use std::time::{Duration, Instant};

/// Commands a second, in the long run.
const RATE: f64 = 50.0;
/// Commands at once.
const BURST: f64 = 200.0;

/// What a connection may still ask for.
pub struct Allowance {
    left: f64,
    at: Instant,
}

impl Allowance {
    /// A full bucket.
    pub fn new(now: Instant) -> Self {
        Self { left: BURST, at: now }
    }

    /// Takes one command out; `false` when there is none left.
    pub fn take(&mut self, now: Instant) -> bool {
        self.fill(now);
        let allowed = self.left >= 1.0;
        if allowed {
            self.left -= 1.0;
        }
        allowed
    }

    /// Takes one command out, and tells how long it has to wait where there was none left.
    pub fn take_later(&mut self, now: Instant) -> Duration {
        self.fill(now);
        self.left -= 1.0;
        Duration::from_secs_f64((-self.left / RATE).max(0.0))
    }

    fn fill(&mut self, now: Instant) {
        self.left = (self.left + now.duration_since(self.at).as_secs_f64() * RATE).min(BURST);
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_allowed_and_then_the_rate() {
        let start = Instant::now();
        let mut allowance = Allowance::new(start);
        assert_eq!((0..500).filter(|_| allowance.take(start)).count(), 200);
        let later = start + Duration::from_secs(1);
        assert_eq!((0..500).filter(|_| allowance.take(later)).count(), 50);
    }

    #[test]
    fn who_waits_keeps_to_the_rate() {
        let start = Instant::now();
        let mut allowance = Allowance::new(start);
        let waits: Vec<_> = (0..202).map(|_| allowance.take_later(start).as_millis()).collect();
        assert_eq!(waits[199..], [0, 20, 40]);
    }
}
