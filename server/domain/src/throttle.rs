//! How often a sign-in may fail, by account and by address, before it must wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sapa_model::{AppError, AppResult, ErrorCode};

/// Failures that are forgotten after this.
const WINDOW: Duration = Duration::from_mins(10);
/// Failures for one account within the window.
const PER_ACCOUNT: u32 = 10;
/// Failures from one address within the window: a school may share one.
const PER_ADDRESS: u32 = 100;
/// Accounts and addresses that are remembered at most.
const REMEMBERED: usize = 10_000;

/// Failed sign-ins of late. In memory: a restart forgives.
#[derive(Default)]
pub struct Throttle {
    failures: Mutex<Failures>,
}

#[derive(Default)]
struct Failures {
    accounts: HashMap<String, Count>,
    addresses: HashMap<IpAddr, Count>,
}

#[derive(Clone, Copy)]
struct Count {
    failures: u32,
    since: Instant,
}

impl Throttle {
    /// Begins a try, or refuses with `too_many` who has failed too often. It counts as a failure
    /// until [`Throttle::succeeded`], so that tries at the same time count too.
    pub fn attempt(&self, account: &str, address: Option<IpAddr>, now: Instant) -> AppResult<()> {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let reached = |count: Option<&Count>, limit| {
            count.is_some_and(|count| now - count.since < WINDOW && count.failures >= limit)
        };
        let by_address = address.and_then(|address| failures.addresses.get(&network(address)));
        if reached(failures.accounts.get(account), PER_ACCOUNT) || reached(by_address, PER_ADDRESS) {
            return Err(AppError::new(ErrorCode::TooMany, "Too many tries. Please wait some minutes."));
        }
        note(&mut failures.accounts, account.to_owned(), now);
        if let Some(address) = address {
            note(&mut failures.addresses, network(address), now);
        }
        Ok(())
    }

    /// Forgives an account that has signed in, and takes this try off its address.
    pub fn succeeded(&self, account: &str, address: Option<IpAddr>) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.accounts.remove(account);
        if let Some(count) = address.and_then(|address| failures.addresses.get_mut(&network(address))) {
            count.failures = count.failures.saturating_sub(1);
        }
    }
}

/// What counts as one address: of IPv6 the first 64 bits, which a single household has.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn note<K: Eq + Hash>(counts: &mut HashMap<K, Count>, key: K, now: Instant) {
    if counts.len() >= REMEMBERED {
        counts.retain(|_, count| now - count.since < WINDOW);
    }
    if counts.len() >= REMEMBERED && !counts.contains_key(&key) {
        return;
    }
    let count = counts.entry(key).or_insert(Count { failures: 0, since: now });
    if now - count.since >= WINDOW {
        *count = Count { failures: 0, since: now };
    }
    count.failures += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_failures_wait_for_ten_minutes() {
        let (throttle, start) = (Throttle::default(), Instant::now());
        for _ in 0..PER_ACCOUNT {
            throttle.attempt("sari", None, start).unwrap();
        }
        assert!(throttle.attempt("sari", None, start).is_err());
        assert!(throttle.attempt("oleh", None, start).is_ok());
        assert!(throttle.attempt("sari", None, start + WINDOW).is_ok());
    }

    #[test]
    fn a_sign_in_forgives_the_account_and_leaves_the_address_what_others_did() {
        let (throttle, start) = (Throttle::default(), Instant::now());
        let address = Some(IpAddr::from([192, 0, 2, 1]));
        for n in 1..PER_ADDRESS {
            throttle.attempt(&format!("user{n}"), address, start).unwrap();
        }
        for _ in 0..2 * PER_ACCOUNT {
            throttle.attempt("user1", address, start).unwrap();
            throttle.succeeded("user1", address);
        }
        throttle.attempt("user1", address, start).unwrap();
        assert!(throttle.attempt("user1", address, start).is_err());
        assert!(throttle.attempt("user1", None, start).is_ok());
    }

    #[test]
    fn a_network_of_many_addresses_counts_as_one() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:0:1::1"), of("2001:db8:0:1:ffff::2"));
        assert_ne!(of("2001:db8:0:1::1"), of("2001:db8:0:2::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
