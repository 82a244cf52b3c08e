//! Turns: shares of what there is little of, given out fairly to those who wait for them.
//!
//! Who has had the least lately goes first (start-time fair queuing, Goyal, Vin and Cheng 1996), so that one
//! who asks for a great deal waits for themselves and for nobody else. Everyone has a bound of what they may
//! hold and of how often they may wait; where all together wait too often, who waits most is sent away.

use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sapa_model::{AppError, AppResult, ErrorCode};
use tokio::sync::oneshot;
use tokio::time::timeout;

mod line;
mod network;

use line::{Line, Ticket};
pub use network::{NetworkTurn, NetworkTurns};

/// When those may come again who were sent away.
const COME_AGAIN: Duration = Duration::from_secs(4);

/// What there is of something, and for how many.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// What there is of it.
    pub all: u64,
    /// What one may hold of it.
    pub each: u64,
    /// How many may wait.
    pub waiting: usize,
    /// How often one may wait.
    pub waiting_each: usize,
    /// How long they wait.
    pub patience: Duration,
}

/// Something of which there is little. Cheap to clone; all clones are the same one.
pub struct Turns<K: Clone + Eq + Hash>(Arc<Shared<K>>);

struct Shared<K: Clone + Eq + Hash> {
    bounds: Bounds,
    line: Mutex<Line<K>>,
}

impl<K: Clone + Eq + Hash> Clone for Turns<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: Clone + Eq + Hash> Turns<K> {
    /// With all of it free.
    pub fn new(bounds: Bounds) -> Self {
        Self(Arc::new(Shared { bounds, line: Mutex::new(Line::new(bounds)) }))
    }

    /// Waits for a share of this size, or of the largest that one may hold.
    ///
    /// `too_many` for who holds or waits for too much already, `unavailable` where that is others; both say
    /// when to come again.
    pub async fn take(&self, who: K, size: u64) -> AppResult<Turn<K>> {
        let size = size.clamp(1, self.0.bounds.each.min(self.0.bounds.all));
        let (told, hears) = oneshot::channel();
        let entered = self.line().enter(who.clone(), size, told);
        let place = Place { of: self, ticket: entered.ok_or_else(|| too_many(&who, self))? };
        self.call();
        match timeout(self.0.bounds.patience, hears).await {
            Ok(Ok(turn)) => Ok(turn),
            // Sent away, as somebody who waits more than anybody else.
            Ok(Err(_)) => Err(of_their_own()),
            Err(_) => {
                drop(place);
                Err(too_many(&who, self))
            }
        }
    }

    /// What is free of it.
    pub fn free(&self) -> u64 {
        self.line().free()
    }

    /// Calls those whose turn it is.
    fn call(&self) {
        let called = self.line().call();
        // Not under the lock: the turn of somebody who has gone meanwhile is given back at once.
        for (told, who, size) in called {
            let _ = told.send(Turn { of: self.clone(), who, size });
        }
    }

    fn line(&self) -> MutexGuard<'_, Line<K>> {
        self.0.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn too_many<K: Clone + Eq + Hash>(who: &K, turns: &Turns<K>) -> AppError {
    if turns.line().is_known(who) {
        return of_their_own();
    }
    let busy = AppError::new(ErrorCode::Unavailable, "The server is busy. Please try again.");
    AppError { retry_after: of_their_own().retry_after, ..busy }
}

fn of_their_own() -> AppError {
    AppError::too_many("Too much at once. Please wait a moment.", COME_AGAIN)
}

/// Somebody's place in the line; given up when dropped.
struct Place<'a, K: Clone + Eq + Hash> {
    of: &'a Turns<K>,
    ticket: Ticket,
}

impl<K: Clone + Eq + Hash> Drop for Place<'_, K> {
    fn drop(&mut self) {
        let left = self.of.line().leave(self.ticket);
        // Who stood in front may have kept others waiting.
        if left {
            self.of.call();
        }
    }
}

/// A share that is held; free again when dropped.
pub struct Turn<K: Clone + Eq + Hash> {
    of: Turns<K>,
    who: K,
    size: u64,
}

impl<K: Clone + Eq + Hash> Turn<K> {
    /// How large it is.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Gives back what is more than so much.
    pub fn shrink(&mut self, size: u64) {
        let more = self.size.saturating_sub(size);
        self.size -= more;
        self.of.line().give_back(&self.who, more);
        self.of.call();
    }
}

impl<K: Clone + Eq + Hash> Drop for Turn<K> {
    fn drop(&mut self) {
        self.of.line().give_back(&self.who, self.size);
        self.of.call();
    }
}

#[cfg(test)]
mod tests;
