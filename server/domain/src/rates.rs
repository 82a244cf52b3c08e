//! How much one may ask for: by account, and by address where nobody is signed in. Every door counts here,
//! so that three doors are not three times as wide as one.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use sapa_model::{AppError, UserId};

use crate::throttle::{TriesAllowed, network};

/// Callers that are remembered before those who have been quiet are forgotten.
const REMEMBERED: usize = 10_000;
/// Requests between two looks for callers who have been quiet.
const SWEEP_EVERY: usize = 1_024;
/// A minute's allowance may be spent at once in this part.
const BURSTS_A_MINUTE: u32 = 15;

/// How much may be asked for. Zero stands for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// Requests of one account a minute, over all its devices, tokens and doors.
    pub account: u32,
    /// Requests of strangers from one address a minute.
    pub address: u32,
    /// Sign-ins that may fail.
    pub sign_in: TriesAllowed,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { account: 3_000, address: 1_200, sign_in: TriesAllowed::default() }
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// Somebody who is signed in.
    Account(UserId),
    /// Somebody who is not.
    Address(IpAddr),
}

/// What a caller may still ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many requests may come at once.
    pub limit: u32,
    /// How many of them are left.
    pub remaining: u32,
    /// Until all are back.
    pub reset: Duration,
}

type Limiter = RateLimiter<Caller, DefaultKeyedStateStore<Caller>, DefaultClock, StateInformationMiddleware>;

/// The counts, in memory: a restart forgives.
pub struct Rates {
    accounts: Limiter,
    addresses: Limiter,
    clock: DefaultClock,
    taken: AtomicUsize,
}

impl Rates {
    /// With nothing asked for yet.
    pub fn new(limits: RateLimits) -> Self {
        let limiter = |a_minute: u32| {
            let burst = NonZeroU32::new(a_minute / BURSTS_A_MINUTE).unwrap_or(NonZeroU32::MIN);
            let a_minute = NonZeroU32::new(a_minute).unwrap_or(NonZeroU32::MIN);
            RateLimiter::keyed(Quota::per_minute(a_minute).allow_burst(burst)).with_middleware()
        };
        let (accounts, addresses) = (limiter(limits.account), limiter(limits.address));
        Self { accounts, addresses, clock: DefaultClock::default(), taken: AtomicUsize::new(0) }
    }

    /// Counts one request; `too_many` with how long to wait where there is none left.
    pub fn take(&self, caller: Caller) -> Result<Allowance, (AppError, Allowance)> {
        let (limiter, caller) = match caller {
            Caller::Account(_) => (&self.accounts, caller),
            Caller::Address(address) => (&self.addresses, Caller::Address(network(address))),
        };
        // Looking through all of them is for now and then, however many there are.
        let is_turn = self.taken.fetch_add(1, Ordering::Relaxed).is_multiple_of(SWEEP_EVERY);
        if is_turn && limiter.len() > REMEMBERED {
            limiter.retain_recent();
        }
        match limiter.check_key(&caller) {
            Ok(state) => {
                let (limit, remaining) = (state.quota().burst_size().get(), state.remaining_burst_capacity());
                let reset = state.quota().replenish_interval() * limit.saturating_sub(remaining);
                Ok(Allowance { limit, remaining, reset })
            }
            Err(refused) => {
                let quota = refused.quota();
                let wait = refused.wait_time_from(self.clock.now());
                let error = AppError::too_many("Too many requests. Please slow down.", wait);
                let reset = quota.burst_size_replenished_in();
                Err((error, Allowance { limit: quota.burst_size().get(), remaining: 0, reset }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_allowed_and_then_it_says_when_to_come_again() {
        let rates = Rates::new(RateLimits { account: 150, address: 15, ..Default::default() });
        let sari = Caller::Account(UserId(1));
        for left in (0..10).rev() {
            let allowance = rates.take(sari).unwrap();
            assert_eq!((allowance.limit, allowance.remaining), (10, left));
        }
        let (error, allowance) = rates.take(sari).unwrap_err();
        assert_eq!((error.code, error.retry_after), (sapa_model::ErrorCode::TooMany, Some(1)));
        assert_eq!(allowance.remaining, 0);
        assert!(rates.take(Caller::Account(UserId(2))).is_ok());
    }

    #[test]
    fn a_network_counts_as_one_address() {
        let rates = Rates::new(RateLimits { account: 1, address: 15, ..Default::default() });
        let from = |text: &str| rates.take(Caller::Address(text.parse().unwrap())).is_ok();
        assert!(from("2001:db8:0:1::1"));
        assert!(!from("2001:db8:0:1:ffff::2"));
        assert!(from("2001:db8:0:2::1"));
    }
}
