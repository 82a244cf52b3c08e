//! The connections of a listener: how many there may be, and which of them end first.
//!
//! A connection is quiet while nothing is done for it: it says nothing, or has said a part of a request. Quiet
//! ones end when their time is over, and sooner where others need their seats: the one that has been quiet for
//! longest, of the address that has the most.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sapa_domain::network;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Seats that there are.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// For all together.
    pub in_all: usize,
    /// For one address; of IPv6, for one network.
    pub of_address: usize,
    /// Besides, for those who come when all are taken; and as many for the host alone.
    pub spare: usize,
}

/// How long a connection must have been quiet before another gets its seat: what it says may be on its way.
const GRACE: Duration = Duration::from_millis(100);
/// Connections that may stand besides, while they end.
const ENDING: usize = 16;

/// Where a connection comes from, as far as it is counted by that. Nothing for a proxy that speaks for many.
type Network = Option<IpAddr>;

/// The seats of a listener. Cheap to clone; all clones are the same ones.
#[derive(Clone)]
pub struct Seats(Arc<Shared>);

struct Shared {
    bounds: Bounds,
    start: Instant,
    taken: Mutex<Taken>,
    /// Connections that have not ended, also those that shall.
    open: AtomicUsize,
    closed: Notify,
}

#[derive(Default)]
struct Taken {
    next: u64,
    ordinary: usize,
    by_network: HashMap<Network, BTreeMap<u64, Arc<Guest>>>,
    /// Of strangers, and of the host.
    spare: [BTreeMap<u64, Arc<Guest>>; 2],
}

/// Somebody in a seat. Times are in milliseconds since the start of the seats, and never zero.
#[derive(Default)]
struct Guest {
    /// Since when they have been quiet; zero while something is done for them.
    quiet_since: AtomicU64,
    /// Until when they may be.
    until: AtomicU64,
    /// Whether they have said who they are.
    is_known: AtomicBool,
    end: CancellationToken,
}

impl Seats {
    /// With nobody in them.
    pub fn new(bounds: Bounds) -> Self {
        Self(Arc::new(Shared {
            bounds,
            start: Instant::now(),
            taken: Mutex::default(),
            open: AtomicUsize::new(0),
            closed: Notify::new(),
        }))
    }

    /// A seat for somebody from there, who may be quiet for so long at first. Nothing where all who sit there
    /// are busy.
    pub fn take(&self, address: Option<IpAddr>, quiet: Duration) -> Option<Seat> {
        let network = address.map(network);
        let bounds = self.0.bounds;
        let guest = Arc::new(Guest::default());
        self.is_quiet(&guest, quiet);
        let mut taken = self.taken();
        let id = taken.next;
        taken.next += 1;
        let theirs = taken.by_network.get(&network).map_or(0, BTreeMap::len);
        let is_over = network.is_some() && theirs >= bounds.of_address;
        let is_free = if is_over {
            taken.end_quiet_of(network, self.before_grace())
        } else {
            taken.ordinary < bounds.in_all || taken.end_quiet(self.before_grace())
        };
        // A proxy on the host speaks for strangers.
        let is_host = usize::from(address.is_some_and(|address| address.is_loopback()));
        if is_free {
            taken.ordinary += 1;
            taken.by_network.entry(network).or_default().insert(id, guest.clone());
        } else if taken.spare[is_host].len() < bounds.spare || taken.end_quiet_spare(is_host) {
            taken.spare[is_host].insert(id, guest.clone());
        } else {
            return None;
        }
        self.0.open.fetch_add(1, Ordering::Relaxed);
        Some(Seat { of: self.clone(), id, network, is_spare: !is_free, guest })
    }

    /// Waits until those have ended whose seats others have taken, but for some: whoever takes connections in
    /// shall not be faster than the connections end.
    pub async fn settle(&self) {
        let Bounds { in_all, spare, .. } = self.0.bounds;
        while self.0.open.load(Ordering::Relaxed) >= in_all + 2 * spare + ENDING {
            self.0.closed.notified().await;
        }
    }

    /// Ends whoever has been quiet for too long.
    pub fn sweep(&self) {
        let now = self.now();
        let mut taken = self.taken();
        let overdue = |guest: &Guest| guest.since().is_some() && guest.until.load(Ordering::Relaxed) < now;
        let seated = taken.by_network.iter().flat_map(|(network, guests)| {
            guests.iter().filter(|(_, guest)| overdue(guest)).map(|(id, _)| (*network, *id))
        });
        for (network, id) in seated.collect::<Vec<_>>() {
            taken.end(network, id);
        }
        for spare in &mut taken.spare {
            spare.retain(|_, guest| {
                let stays = !overdue(guest);
                if !stays {
                    guest.end.cancel();
                }
                stays
            });
        }
    }

    /// Ends the one who has been quiet for longest, where the system has nothing left to give.
    pub fn make_room(&self) {
        self.taken().end_quiet(self.before_grace());
    }

    fn is_quiet(&self, guest: &Guest, so_long: Duration) {
        let now = self.now();
        let until = now.saturating_add(u64::try_from(so_long.as_millis()).unwrap_or(u64::MAX));
        guest.until.store(until, Ordering::Relaxed);
        guest.quiet_since.store(now, Ordering::Release);
    }

    fn before_grace(&self) -> u64 {
        self.now().saturating_sub(u64::try_from(GRACE.as_millis()).unwrap_or(u64::MAX))
    }

    fn now(&self) -> u64 {
        u64::try_from(self.0.start.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guest {
    /// Since when they have been quiet, if they are.
    fn since(&self) -> Option<u64> {
        Some(self.quiet_since.load(Ordering::Acquire)).filter(|since| *since > 0)
    }

    /// Who goes first: strangers, then who has been quiet for longest. Nothing for who is busy.
    fn rank(&self) -> Option<(bool, u64)> {
        Some((self.is_known.load(Ordering::Relaxed), self.since()?))
    }
}

impl Taken {
    /// Ends the one from there that has been quiet for longest; `false` where none was so before `until`.
    fn end_quiet_of(&mut self, network: Network, until: u64) -> bool {
        let longest = self.by_network.get(&network).and_then(|guests| longest_quiet(guests, until));
        longest.inspect(|id| self.end(network, *id)).is_some()
    }

    /// The same, from wherever the most come that has one.
    fn end_quiet(&mut self, until: u64) -> bool {
        let mut networks: Vec<_> =
            self.by_network.iter().map(|(from, guests)| (guests.len(), *from)).collect();
        networks.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
        networks.into_iter().any(|(_, network)| self.end_quiet_of(network, until))
    }

    fn end_quiet_spare(&mut self, is_host: usize) -> bool {
        let spare = &mut self.spare[is_host];
        let longest = longest_quiet(spare, u64::MAX).and_then(|id| spare.remove(&id));
        longest.inspect(|guest| guest.end.cancel()).is_some()
    }

    fn end(&mut self, network: Network, id: u64) {
        if let Some(guest) = self.leave(network, id) {
            guest.end.cancel();
        }
    }

    fn leave(&mut self, network: Network, id: u64) -> Option<Arc<Guest>> {
        let guests = self.by_network.get_mut(&network)?;
        let guest = guests.remove(&id)?;
        if guests.is_empty() {
            self.by_network.remove(&network);
        }
        self.ordinary -= 1;
        Some(guest)
    }
}

fn longest_quiet(guests: &BTreeMap<u64, Arc<Guest>>, until: u64) -> Option<u64> {
    let ranked = guests.iter().filter_map(|(id, guest)| Some((guest.rank()?, *id)));
    ranked.filter(|((_, since), _)| *since <= until).min().map(|(_, id)| id)
}

/// A connection's seat; free again when dropped. Whoever takes it is quiet.
pub struct Seat {
    of: Seats,
    id: u64,
    network: Network,
    is_spare: bool,
    guest: Arc<Guest>,
}

impl Seat {
    /// Whether all other seats were taken.
    pub fn is_spare(&self) -> bool {
        self.is_spare
    }

    /// Nothing is done for them, which may be so for this long.
    pub fn quiet(&self, so_long: Duration) {
        self.of.is_quiet(&self.guest, so_long);
    }

    /// Something is done for them.
    pub fn busy(&self) {
        self.guest.quiet_since.store(0, Ordering::Release);
    }

    /// Whether they have said who they are: strangers go first.
    pub fn known(&self, is_known: bool) {
        self.guest.is_known.store(is_known, Ordering::Relaxed);
    }

    /// Cancelled when they must go.
    pub fn end(&self) -> &CancellationToken {
        &self.guest.end
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.of.taken();
        if self.is_spare {
            taken.spare.iter_mut().for_each(|spare| drop(spare.remove(&self.id)));
        } else {
            taken.leave(self.network, self.id);
        }
        drop(taken);
        self.of.0.open.fetch_sub(1, Ordering::Relaxed);
        self.of.0.closed.notify_one();
    }
}

#[cfg(test)]
mod tests;
