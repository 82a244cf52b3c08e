//! Tries that were made of late, by whatever they are counted by.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// Keys that are remembered at most.
const REMEMBERED: usize = 10_000;

/// An allowance for each key: so many tries at once, and one more each time that a part of the window has
/// gone by (GCRA). So whoever has used theirs up waits for the next try, and is never shut out.
pub struct Ledger<K> {
    burst: Duration,
    /// What one try costs.
    step: Duration,
    debts: HashMap<K, Debt>,
}

/// How long until all tries are back, as of a moment.
#[derive(Clone, Copy)]
struct Debt {
    left: Duration,
    at: Instant,
}

impl Debt {
    fn now(self, now: Instant) -> Duration {
        self.left.saturating_sub(now.saturating_duration_since(self.at))
    }
}

impl<K: Eq + Hash + Clone> Ledger<K> {
    /// So many tries at once, all back after `window`. Zero stands for one.
    pub fn new(tries: u32, window: Duration) -> Self {
        let tries = tries.max(1);
        let step = window / tries;
        Self { burst: step * tries, step, debts: HashMap::new() }
    }

    /// The same, all back only after many windows.
    pub fn slower(self, times: u32) -> Self {
        Self { burst: self.burst * times, step: self.step * times, ..self }
    }

    /// How long a try has to wait; zero where it may go now.
    pub fn wait(&self, key: &K, now: Instant) -> Duration {
        let debt = self.debts.get(key).map_or(Duration::ZERO, |debt| debt.now(now));
        (debt + self.step).saturating_sub(self.burst)
    }

    /// Takes one try.
    pub fn take(&mut self, key: &K, now: Instant) {
        if !self.debts.contains_key(key) {
            self.make_room(now);
        }
        let debt = self.debts.entry(key.clone()).or_insert(Debt { left: Duration::ZERO, at: now });
        *debt = Debt { left: debt.now(now) + self.step, at: now };
    }

    /// Gives one try back.
    pub fn give_back(&mut self, key: &K) {
        if let Some(debt) = self.debts.get_mut(key) {
            debt.left = debt.left.saturating_sub(self.step);
        }
    }

    /// Gives all of them back.
    pub fn forgive(&mut self, key: &K) {
        self.debts.remove(key);
    }

    /// When full, whoever has tried least is forgotten: many new keys push out one another, and nobody who has
    /// used theirs up.
    fn make_room(&mut self, now: Instant) {
        if self.debts.len() < REMEMBERED {
            return;
        }
        self.debts.retain(|_, debt| !debt.now(now).is_zero());
        if self.debts.len() >= REMEMBERED {
            let least = self.debts.iter().min_by_key(|(_, debt)| debt.now(now));
            if let Some(least) = least.map(|(key, _)| key.clone()) {
                self.debts.remove(&least);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_mins(10);

    #[test]
    fn who_has_used_theirs_up_waits_for_the_next_try() {
        let (mut ledger, start) = (Ledger::new(10, WINDOW), Instant::now());
        for _ in 0..10 {
            assert!(ledger.wait(&"sari", start).is_zero());
            ledger.take(&"sari", start);
        }
        assert_eq!(ledger.wait(&"sari", start), Duration::from_mins(1));
        assert!(ledger.wait(&"oleh", start).is_zero());
        let later = start + Duration::from_mins(1);
        assert!(ledger.wait(&"sari", later).is_zero());
        ledger.take(&"sari", later);
        assert_eq!(ledger.wait(&"sari", later), Duration::from_mins(1));
        ledger.forgive(&"sari");
        assert!(ledger.wait(&"sari", later).is_zero());
    }

    #[test]
    fn a_flood_of_names_pushes_out_nobody_who_has_used_theirs_up() {
        let (mut ledger, start) = (Ledger::new(10, WINDOW), Instant::now());
        for _ in 0..10 {
            ledger.take(&"sari".to_owned(), start);
        }
        for n in 0..REMEMBERED + 1_000 {
            ledger.take(&format!("nobody{n}"), start + Duration::from_secs(1));
        }
        assert_eq!(ledger.debts.len(), REMEMBERED);
        assert!(!ledger.wait(&"sari".to_owned(), start + Duration::from_secs(1)).is_zero());
        let newest = format!("nobody{}", REMEMBERED + 999);
        assert!(ledger.debts.contains_key(&newest), "and what is new is counted too");
    }
}
