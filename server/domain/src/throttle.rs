//! How often a sign-in may fail before the next try must wait.
//!
//! Strangers are counted by account and network together, so that nobody's tries cost anybody elsewhere
//! theirs; and all of them together by account and by network, wider, so that many networks, or many names,
//! guess no faster. A device that has signed in to the account before, and a session that shows its password
//! again, are counted by themselves: no stranger can make their owner wait.

mod ledger;

use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sapa_model::ids::SessionId;
use sapa_model::{AppError, AppResult, ErrorCode};

pub(crate) use ledger::Ledger;

/// After this all tries are back.
const WINDOW: Duration = Duration::from_mins(10);
/// Strangers from everywhere may fail so many times as often for one account at once as those of one network;
/// from then on no faster than these.
const EVERYWHERE: u32 = 10;

/// How many sign-ins may fail within ten minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriesAllowed {
    /// For one account, from one network or known device.
    pub per_account: u32,
    /// From one network: a school may share one.
    pub per_address: u32,
}

impl Default for TriesAllowed {
    fn default() -> Self {
        Self { per_account: 10, per_address: 100 }
    }
}

/// Where a try comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A device that has signed in to the account before, by its key.
    Device(String),
    /// A network from which the account has been signed in to.
    Known(IpAddr),
    /// Anybody, from wherever that is known.
    Stranger(Option<IpAddr>),
    /// Somebody who is signed in and shows the password once more.
    Session(SessionId),
}

/// Failed sign-ins of late. In memory: a restart forgives.
pub struct Throttle {
    ledgers: Mutex<Ledgers>,
}

struct Ledgers {
    devices: Ledger<(String, String)>,
    sessions: Ledger<SessionId>,
    places: Ledger<(String, Option<IpAddr>)>,
    accounts: Ledger<String>,
    networks: Ledger<IpAddr>,
    /// Questions that any number of accounts may be asked about.
    questions: Ledger<IpAddr>,
}

impl Throttle {
    /// With no failures yet.
    pub fn new(allowed: TriesAllowed) -> Self {
        let TriesAllowed { per_account, per_address } = allowed;
        let everywhere = per_account.saturating_mul(EVERYWHERE);
        let ledgers = Ledgers {
            devices: Ledger::new(per_account, WINDOW),
            sessions: Ledger::new(per_account, WINDOW),
            places: Ledger::new(per_account, WINDOW),
            accounts: Ledger::new(everywhere, WINDOW).slower(EVERYWHERE),
            networks: Ledger::new(per_address, WINDOW),
            questions: Ledger::new(per_address, WINDOW),
        };
        Self { ledgers: Mutex::new(ledgers) }
    }

    /// Begins a try, or refuses with `too_many_tries` who has failed too often. It counts as a failure
    /// until [`Throttle::succeeded`], so that tries at the same time count too.
    pub fn attempt(&self, account: &str, source: &Source, now: Instant) -> AppResult<()> {
        let mut ledgers = self.ledgers.lock().unwrap_or_else(PoisonError::into_inner);
        let Ledgers { devices, sessions, places, accounts, networks, .. } = &mut *ledgers;
        let account = account.to_owned();
        match source {
            Source::Session(session) => {
                refuse(sessions.wait(session, now))?;
                sessions.take(session, now);
            }
            Source::Device(device) => {
                let key = (account, device.clone());
                refuse(devices.wait(&key, now))?;
                devices.take(&key, now);
            }
            Source::Known(_) | Source::Stranger(_) => {
                let is_strange = matches!(source, Source::Stranger(_));
                let network = source.network();
                let place = (account.clone(), network);
                let by_account = if is_strange { accounts.wait(&account, now) } else { Duration::ZERO };
                let by_network = network.map_or(Duration::ZERO, |network| networks.wait(&network, now));
                refuse(places.wait(&place, now).max(by_account).max(by_network))?;
                places.take(&place, now);
                if is_strange {
                    accounts.take(&account, now);
                }
                if let Some(network) = network {
                    networks.take(&network, now);
                }
            }
        }
        Ok(())
    }

    /// Forgives whoever has signed in, and takes this try off what others count for too.
    pub fn succeeded(&self, account: &str, source: &Source) {
        let mut ledgers = self.ledgers.lock().unwrap_or_else(PoisonError::into_inner);
        let account = account.to_owned();
        match source {
            Source::Session(session) => ledgers.sessions.forgive(session),
            Source::Device(device) => ledgers.devices.forgive(&(account, device.clone())),
            Source::Known(_) | Source::Stranger(_) => {
                let network = source.network();
                if matches!(source, Source::Stranger(_)) {
                    ledgers.accounts.give_back(&account);
                }
                if let Some(network) = network {
                    ledgers.networks.give_back(&network);
                }
                ledgers.places.forgive(&(account, network));
            }
        }
    }

    /// Takes a question from a network that may be asked for any account; `too_many` where there were many.
    pub fn question(&self, address: Option<IpAddr>, now: Instant) -> AppResult<()> {
        let Some(network) = address.map(network) else { return Ok(()) };
        let mut ledgers = self.ledgers.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = ledgers.questions.wait(&network, now);
        if !wait.is_zero() {
            return Err(AppError::too_many("Too many questions. Please wait a little.", wait));
        }
        ledgers.questions.take(&network, now);
        Ok(())
    }
}

impl Source {
    fn network(&self) -> Option<IpAddr> {
        match self {
            Self::Known(address) => Some(network(*address)),
            Self::Stranger(address) => address.map(network),
            Self::Device(_) | Self::Session(_) => None,
        }
    }
}

fn refuse(wait: Duration) -> AppResult<()> {
    if wait.is_zero() {
        return Ok(());
    }
    let message = "Too many wrong passwords. Please wait a little.";
    Err(AppError::too_many(message, wait).coded(ErrorCode::TooManyTries))
}

/// What counts as one address: of IPv6 the first 64 bits, which a single household has.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: TriesAllowed = TriesAllowed { per_account: 10, per_address: 100 };

    fn stranger(n: u32) -> Source {
        Source::Stranger(Some(IpAddr::from(n.to_be_bytes())))
    }

    fn throttle() -> (Throttle, Instant) {
        (Throttle::new(ALLOWED), Instant::now())
    }

    #[test]
    fn who_fails_elsewhere_costs_nobody_here_a_try() {
        let (throttle, start) = throttle();
        for _ in 0..ALLOWED.per_account {
            throttle.attempt("sari", &stranger(1), start).unwrap();
        }
        assert!(throttle.attempt("sari", &stranger(1), start).is_err());
        assert!(throttle.attempt("oleh", &stranger(1), start).is_ok());
        assert!(throttle.attempt("sari", &stranger(2), start).is_ok());
        assert!(throttle.attempt("sari", &stranger(1), start + WINDOW).is_ok());
    }

    #[test]
    fn many_networks_guess_no_faster_and_the_owner_at_home_does_not_wait() {
        let (throttle, start) = throttle();
        for n in 0..ALLOWED.per_account * EVERYWHERE {
            throttle.attempt("sari", &stranger(n), start).unwrap();
        }
        let refused = throttle.attempt("sari", &stranger(10_000), start).unwrap_err();
        assert_eq!(refused.retry_after, Some(61), "a try a minute, for all of them together");
        let home = IpAddr::from([192, 0, 2, 1]);
        for own in [Source::Device("laptop".to_owned()), Source::Known(home), Source::Session(SessionId(1))] {
            for _ in 0..ALLOWED.per_account {
                throttle.attempt("sari", &own, start).unwrap();
            }
            assert!(throttle.attempt("sari", &own, start).is_err(), "{own:?} has a bound too");
            throttle.succeeded("sari", &own);
            assert!(throttle.attempt("sari", &own, start).is_ok());
        }
    }

    #[test]
    fn a_sign_in_forgives_the_account_and_leaves_the_network_what_others_did() {
        let (throttle, start) = throttle();
        let here = stranger(1);
        for n in 1..ALLOWED.per_address {
            throttle.attempt(&format!("user{n}"), &here, start).unwrap();
        }
        for _ in 0..2 * ALLOWED.per_account {
            throttle.attempt("user1", &here, start).unwrap();
            throttle.succeeded("user1", &here);
        }
        throttle.attempt("user1", &here, start).unwrap();
        assert!(throttle.attempt("user1", &here, start).is_err());
        let device = Source::Device("laptop".to_owned());
        assert!(throttle.attempt("user1", &device, start).is_ok(), "whoever else is in that school");
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
