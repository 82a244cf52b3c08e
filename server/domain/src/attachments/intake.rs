//! How many files come in together, and who goes first where pictures wait to be looked at.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use sapa_model::limits::PICTURE_BYTES_MAX;
use sapa_model::{AppResult, UserId};

use crate::scope::Scope;
use crate::turns::{Bounds, NetworkTurn, NetworkTurns};

/// Files that come in at a time, generously, and half of them from one network.
const COMING: Bounds =
    Bounds { all: 512, each: 256, waiting: 1024, waiting_each: 256, patience: Duration::from_secs(30) };
/// Of one account, as many as one message carries and some more.
const COMING_OF_ACCOUNT: Bounds = Bounds { each: 16, waiting_each: 32, ..COMING };
/// Pictures, by the bytes that they take while they are decoded: the largest is looked at alone.
const LOOKED_AT: Bounds = Bounds {
    all: PICTURE_BYTES_MAX,
    each: PICTURE_BYTES_MAX,
    waiting: 256,
    waiting_each: 64,
    patience: Duration::from_mins(1),
};
/// One of the largest of an account stands in the line, and the others wait for it.
const LOOKED_AT_OF_ACCOUNT: Bounds = Bounds { waiting_each: 24, ..LOOKED_AT };

/// See the module.
pub struct Intake {
    coming: NetworkTurns,
    pictures: NetworkTurns,
    /// What a picture counts at least, in bytes: so many are looked at together that half of the processors
    /// are left to all else.
    least: u64,
    arriving: Arc<Mutex<HashMap<UserId, u64>>>,
}

impl Default for Intake {
    fn default() -> Self {
        let processors = available_parallelism().map_or(1, |count| count.get() as u64);
        let least = LOOKED_AT.all / (processors / 2).max(1);
        Self {
            coming: NetworkTurns::new(COMING, COMING_OF_ACCOUNT),
            pictures: NetworkTurns::new(LOOKED_AT, LOOKED_AT_OF_ACCOUNT),
            least,
            arriving: Arc::default(),
        }
    }
}

impl Intake {
    /// Waits until somebody may bring a file.
    pub async fn file(&self, scope: &Scope) -> AppResult<NetworkTurn> {
        self.coming.take(scope.counted(), 1).await
    }

    /// Waits until a picture of somebody's may be looked at that takes so many bytes.
    pub async fn picture(&self, scope: &Scope, bytes: u64) -> AppResult<NetworkTurn> {
        self.pictures.take(scope.counted(), bytes.max(self.least)).await
    }

    /// Counts a file of somebody's whose size nobody has told, as it comes.
    pub fn arrival(&self, who: UserId) -> Arrival {
        Arrival { of: self.arriving.clone(), who, bytes: 0 }
    }
}

/// What has come of a file so far; no longer counted when dropped.
pub struct Arrival {
    of: Arc<Mutex<HashMap<UserId, u64>>>,
    who: UserId,
    bytes: u64,
}

impl Arrival {
    /// Counts so many bytes more, and tells how many there are of all such files of their owner.
    pub fn grow(&mut self, bytes: u64) -> u64 {
        self.bytes += bytes;
        let mut arriving = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        let all = arriving.entry(self.who).or_default();
        *all += bytes;
        *all
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        let mut arriving = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(all) = arriving.get_mut(&self.who) {
            *all = all.saturating_sub(self.bytes);
            if *all == 0 {
                arriving.remove(&self.who);
            }
        }
    }
}
