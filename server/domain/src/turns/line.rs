//! Those who wait, in the order in which they are called.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use tokio::sync::oneshot;

use super::{Bounds, Turn};

/// Where somebody stands: after how much of it all their turn begins, and a number of their own.
pub type Ticket = (u64, u64);
/// How somebody hears that it is their turn.
type Told<K> = oneshot::Sender<Turn<K>>;

/// See the module above.
pub struct Line<K: Clone + Eq + Hash> {
    bounds: Bounds,
    free: u64,
    /// Where the turn began that was given last.
    clock: u64,
    next: u64,
    waiting: BTreeMap<Ticket, Waiting<K>>,
    known: HashMap<K, Asker>,
}

struct Waiting<K: Clone + Eq + Hash> {
    who: K,
    size: u64,
    told: Told<K>,
}

/// Somebody who holds something or waits for it.
#[derive(Default)]
struct Asker {
    held: u64,
    waiting: usize,
    /// Where their next turn begins at the earliest.
    from: u64,
}

impl<K: Clone + Eq + Hash> Line<K> {
    /// With nobody in it.
    pub fn new(bounds: Bounds) -> Self {
        let (waiting, known) = (BTreeMap::new(), HashMap::new());
        Self { bounds, free: bounds.all, clock: 0, next: 0, waiting, known }
    }

    /// Lets somebody in; nothing where they wait too often, or all do and nobody waits more than they.
    pub fn enter(&mut self, who: K, size: u64, told: Told<K>) -> Option<Ticket> {
        let mine = self.known.get(&who).map_or(0, |asker| asker.waiting);
        if mine >= self.bounds.waiting_each {
            return None;
        }
        if self.waiting.len() >= self.bounds.waiting {
            let (heaviest, most) =
                self.known.iter().map(|(who, asker)| (who, asker.waiting)).max_by_key(|(_, most)| *most)?;
            if most <= mine + 1 {
                return None;
            }
            let last = self.waiting.iter().rev().find(|(_, waiting)| waiting.who == *heaviest)?;
            let last = *last.0;
            self.leave(last);
        }
        let asker = self.known.entry(who.clone()).or_default();
        let begins = asker.from.max(self.clock);
        asker.from = begins.saturating_add(size);
        asker.waiting += 1;
        self.next += 1;
        let ticket = (begins, self.next);
        self.waiting.insert(ticket, Waiting { who, size, told });
        Some(ticket)
    }

    /// Lets somebody out; `false` where they have left already, as they were called.
    pub fn leave(&mut self, ticket: Ticket) -> bool {
        let Some(Waiting { who, .. }) = self.waiting.remove(&ticket) else { return false };
        if let Some(asker) = self.known.get_mut(&who) {
            asker.waiting -= 1;
        }
        self.forget(&who);
        true
    }

    /// Takes out those whose turn it is. Who holds as much as one may is passed over.
    pub fn call(&mut self) -> Vec<(Told<K>, K, u64)> {
        let mut called = Vec::new();
        loop {
            let may = |waiting: &Waiting<K>| {
                let held = self.known.get(&waiting.who).map_or(0, |asker| asker.held);
                held + waiting.size <= self.bounds.each
            };
            let next = self.waiting.iter().find(|(_, waiting)| may(waiting));
            let Some((ticket, _)) = next.filter(|(_, waiting)| waiting.size <= self.free) else {
                return called;
            };
            let ticket = *ticket;
            let Some(Waiting { who, size, told }) = self.waiting.remove(&ticket) else { return called };
            self.clock = self.clock.max(ticket.0);
            self.free -= size;
            let asker = self.known.entry(who.clone()).or_default();
            (asker.held, asker.waiting) = (asker.held + size, asker.waiting - 1);
            called.push((told, who, size));
        }
    }

    /// Takes back what somebody has held.
    pub fn give_back(&mut self, who: &K, size: u64) {
        self.free += size;
        if let Some(asker) = self.known.get_mut(who) {
            asker.held -= size;
        }
        self.forget(who);
    }

    /// Whether somebody holds something or waits for it.
    pub fn is_known(&self, who: &K) -> bool {
        self.known.contains_key(who)
    }

    /// What nobody holds.
    pub fn free(&self) -> u64 {
        self.free
    }

    fn forget(&mut self, who: &K) {
        if self.known.get(who).is_some_and(|asker| asker.held == 0 && asker.waiting == 0) {
            self.known.remove(who);
        }
    }
}
