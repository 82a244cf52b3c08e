//! How many connections there may be.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use sapa_domain::network;

/// Connections of a listener.
const IN_ALL: usize = 256;
/// Connections of one address; of IPv6, of one network.
const OF_AN_ADDRESS: usize = 16;

/// The connections that a listener has.
#[derive(Default)]
pub struct Seats {
    taken: Mutex<HashMap<IpAddr, usize>>,
}

impl Seats {
    /// A seat for somebody from there, if one is free.
    pub fn take(self: &Arc<Self>, address: IpAddr) -> Option<Seat> {
        let network = network(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.values().sum::<usize>() >= IN_ALL {
            return None;
        }
        let of_address = taken.entry(network).or_default();
        if *of_address >= OF_AN_ADDRESS {
            return None;
        }
        *of_address += 1;
        Some(Seat { of: self.clone(), network })
    }
}

/// A connection's seat; free again when dropped.
pub struct Seat {
    of: Arc<Seats>,
    network: IpAddr,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.of.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_sixteen_seats_and_all_together_256() {
        let seats = Arc::new(Seats::default());
        let take = |n: u8, times: usize| -> Vec<Seat> {
            (0..times).filter_map(|_| seats.take(IpAddr::from([192, 0, 2, n]))).collect()
        };
        let mut held = take(1, 20);
        assert_eq!(held.len(), 16);
        held.pop();
        assert_eq!(take(1, 20).len(), 1);
        let all: usize = (2..40)
            .map(|n| take(n, 20))
            .inspect(|more| assert!(more.len() <= 16))
            .map(|more| {
                let count = more.len();
                held.extend(more);
                count
            })
            .sum();
        assert_eq!(all, 256 - 15);
        held.clear();
        assert!(seats.taken.lock().unwrap().is_empty());
    }
}
