//! Points in time, as the wire and the database write them.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 00:00 UTC.
///
/// An integer on the wire and in the database, so that the browser needs no date library: its own
/// `Intl` shows it in the reader's zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Milliseconds from `earlier` to this time; negative when it is later. Strangers may name any time.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_farthest_times_are_far_apart() {
        assert_eq!(Timestamp(i64::MIN).since(Timestamp(7)), i64::MIN);
        assert_eq!(Timestamp(9).since(Timestamp(7)), 2);
    }
}
