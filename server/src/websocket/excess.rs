//! How much a client sends beyond what it may.

/// Frames beyond the allowance that a connection survives; those within take one back each.
const MOST: u32 = 500;

/// The count of one connection.
#[derive(Default)]
pub struct Excess(u32);

impl Excess {
    /// Counts a frame; `false` where that makes too many.
    pub fn counts(&mut self, allowed: bool) -> bool {
        self.0 = if allowed { self.0.saturating_sub(1) } else { self.0 + 1 };
        self.0 <= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_ends_and_a_burst_does_not() {
        let mut excess = Excess::default();
        assert!((0..MOST).all(|_| excess.counts(false)));
        assert!((0..MOST).all(|_| excess.counts(true)));
        assert!((0..MOST).all(|_| excess.counts(false)));
        assert!(!excess.counts(false));
    }
}
