//! How often a sign-in may fail, by account and by address, before it must wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sapa_model::{AppError, AppResult, ErrorCode};

/// Failures that are forgotten after this.
const WINDOW: Duration = Duration::from_secs(600);
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
    /// Refuses with `too_many` who has failed too often.
    pub fn check(&self, account: &str, address: Option<IpAddr>, now: Instant) -> AppResult<()> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let reached = |count: Option<&Count>, limit| {
            count.is_some_and(|count| now - count.since < WINDOW && count.failures >= limit)
        };
        let by_address = address.and_then(|address| failures.addresses.get(&address));
        if reached(failures.accounts.get(account), PER_ACCOUNT) || reached(by_address, PER_ADDRESS) {
            return Err(AppError::new(ErrorCode::TooMany, "Too many tries. Please wait some minutes."));
        }
        Ok(())
    }

    /// Notes a failure.
    pub fn failed(&self, account: &str, address: Option<IpAddr>, now: Instant) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        note(&mut failures.accounts, account.to_owned(), now);
        if let Some(address) = address {
            note(&mut failures.addresses, address, now);
        }
    }

    /// Forgives an account that has signed in.
    pub fn succeeded(&self, account: &str) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).accounts.remove(account);
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
            assert!(throttle.check("sari", None, start).is_ok());
            throttle.failed("sari", None, start);
        }
        assert!(throttle.check("sari", None, start).is_err());
        assert!(throttle.check("oleh", None, start).is_ok());
        assert!(throttle.check("sari", None, start + WINDOW).is_ok());
    }

    #[test]
    fn a_sign_in_forgives_the_account_but_not_the_address() {
        let (throttle, start) = (Throttle::default(), Instant::now());
        let address = Some(IpAddr::from([192, 0, 2, 1]));
        for n in 0..PER_ADDRESS {
            throttle.failed(&format!("user{n}"), address, start);
        }
        throttle.succeeded("user1");
        assert!(throttle.check("user1", address, start).is_err());
        assert!(throttle.check("user1", None, start).is_ok());
    }
}
