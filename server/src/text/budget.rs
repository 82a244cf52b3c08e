//! The memory that large lines and replies take, of all connections together.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// What is taken and given back at a time, in bytes.
pub const UNIT: usize = 64 * 1024;
/// Units that there are: 64 MiB.
const UNITS: usize = 1024;
/// How long to wait for others to give theirs back.
const PATIENCE: Duration = Duration::from_secs(10);

/// What there is, shared by all.
#[derive(Clone)]
pub struct Budget(Arc<Semaphore>);

impl Default for Budget {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(UNITS)))
    }
}

impl Budget {
    /// A share of it, with nothing in it yet.
    pub fn share(&self) -> Share {
        Share { of: self.clone(), held: None }
    }
}

/// What one connection has of it; given back when dropped.
pub struct Share {
    of: Budget,
    held: Option<OwnedSemaphorePermit>,
}

impl Share {
    /// Makes the share as large as so many bytes need; `false` where too little is left for that.
    pub async fn resize(&mut self, bytes: usize) -> bool {
        let (units, held) = (bytes.div_ceil(UNIT), self.held.as_ref().map_or(0, Self::units));
        if units <= held {
            // What is split off and let go goes back.
            drop(self.held.as_mut().and_then(|permit| permit.split(held - units)));
            return true;
        }
        let more = u32::try_from(units - held).unwrap_or(u32::MAX);
        let Ok(Ok(more)) = timeout(PATIENCE, self.of.0.clone().acquire_many_owned(more)).await else {
            return false;
        };
        match &mut self.held {
            Some(permit) => permit.merge(more),
            None => self.held = Some(more),
        }
        true
    }

    fn units(permit: &OwnedSemaphorePermit) -> usize {
        permit.num_permits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn shares_grow_and_shrink_within_what_there_is() {
        let budget = Budget::default();
        let (mut one, mut other) = (budget.share(), budget.share());
        assert!(one.resize(UNIT * UNITS - 1).await);
        assert!(timeout(Duration::from_millis(50), other.resize(1)).await.is_err(), "it waits");
        assert!(one.resize(UNIT + 1).await);
        assert_eq!(budget.0.available_permits(), UNITS - 2);
        assert!(other.resize(UNIT * (UNITS - 2)).await);
        drop((one, other));
        assert_eq!(budget.0.available_permits(), UNITS);
    }
}
