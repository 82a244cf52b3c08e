//! Password hashing: argon2id at the parameters that OWASP names, off the async threads and only so
//! many at a time, so that a storm of sign-ins costs the chat nothing. No password is hashed to be kept that others
//! would guess at once.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{CustomizedPasswordHasher, Error, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use sapa_model::text::Password;
use sapa_model::{AppError, AppResult, ErrorCode};
use unicode_normalization::UnicodeNormalization as _;

use crate::throttle::network;
use crate::turns::{Bounds, Turns};

/// KiB of memory, passes and lanes: the OWASP Password Storage Cheat Sheet's first choice for
/// argon2id with 19 MiB.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// What a new password must withstand (zxcvbn): more than the 10,000 passwords that are most common, and than
/// the 15,000 guesses that a name and a year are counted as.
const GUESSES: u64 = 20_000;
/// Of a password so many characters are judged. All that is easily guessed shows in them, and the time to judge
/// them, which grows fast with their number, stays about that of a hash.
const JUDGED: usize = 24;
/// Hashes that wait their turn, fairly by network.
const WAITING: Bounds =
    Bounds { all: 1, each: 1, waiting: 512, waiting_each: 128, patience: Duration::from_secs(5) };

/// Hashes and verifies passwords. Cheap to clone; all clones share the same turns.
#[derive(Clone)]
pub struct Hasher {
    turns: Turns<IpAddr>,
    /// What an unknown name's password is compared with, so that it takes as long as a known one's.
    decoy: Arc<str>,
}

impl Hasher {
    /// One turn for each processor, and half of them for one network.
    ///
    /// # Errors
    /// `internal` if the system has no random numbers.
    pub fn new() -> AppResult<Self> {
        let all = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
        let bounds = Bounds { all, each: (all / 2).max(1), ..WAITING };
        Ok(Self { turns: Turns::new(bounds), decoy: hash(b"nobody's password")?.into() })
    }

    /// The hash of a new password, as a PHC string, for somebody at this address.
    ///
    /// # Errors
    /// `easily_guessed`, field `password`, also for what can be told from the names of its owner; `too_many`
    /// or `unavailable` where no turn came.
    pub async fn hash(&self, address: Option<IpAddr>, password: Password, owner: Owner) -> AppResult<String> {
        self.in_turn(address, move || {
            let password: String = password.as_str().nfc().collect();
            if owner.would_be_guessed(&password) {
                let sentence = "This password is too easy to guess.";
                return Err(AppError::new(ErrorCode::EasilyGuessed, sentence).on("password"));
            }
            hash(password.as_bytes())
        })
        .await?
    }

    /// Whether a password is the one of this hash. Without a hash the answer is no, after as long.
    pub async fn verify(
        &self,
        address: Option<IpAddr>,
        password: Password,
        stored: Option<String>,
    ) -> AppResult<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        let fits = self.in_turn(address, move || verify(&password, &stored)).await?;
        Ok(known && fits)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        address: Option<IpAddr>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> AppResult<T> {
        let turn = self.turns.take(network(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))), 1).await?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(|_| AppError::internal())
    }
}

/// What others know of whoever sets a password, and so try first.
pub struct Owner(Vec<String>);

impl Owner {
    /// By the name that the account has or is to have, and its addresses.
    pub fn new<'a>(username: &str, emails: impl IntoIterator<Item = &'a str>) -> Self {
        let of_address = |email: &'a str| [Some(email), email.split_once('@').map(|(name, _)| name)];
        let known = emails.into_iter().flat_map(of_address).flatten();
        Self(std::iter::once(username).chain(known).map(judged).collect())
    }

    fn would_be_guessed(&self, password: &str) -> bool {
        let known: Vec<&str> = self.0.iter().map(String::as_str).collect();
        zxcvbn::zxcvbn(&judged(password), &known).guesses() <= GUESSES
    }
}

fn judged(text: &str) -> String {
    text.chars().take(JUDGED).collect()
}

fn hash(password: &[u8]) -> AppResult<String> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|_| AppError::internal())?;
    let hashed = Mapped(params).hash_password(password).map_err(|error| {
        tracing::error!(%error, "a password could not be hashed");
        AppError::internal()
    })?;
    Ok(hashed.to_string())
}

fn verify(password: &Password, stored: &str) -> bool {
    !password.is_oversized()
        && PasswordHash::new(stored).is_ok_and(|stored| {
            forms(password.as_str()).iter().any(|form| {
                // The parameters are those of the stored hash, so older ones still verify.
                Mapped(Params::DEFAULT).verify_password(form.as_bytes(), &stored).is_ok()
            })
        })
}

/// The ways in which keyboards compose a password's characters: composed as it is stored now (NFC, as RFC 8265 has it),
/// then as typed and decomposed, as it was stored when it was set on such a keyboard before. Most have one form only.
fn forms(password: &str) -> Vec<String> {
    let mut forms = vec![password.nfc().collect()];
    for form in [password.to_owned(), password.nfd().collect()] {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// argon2id in memory that goes back to the system with each hash.
///
/// `Argon2` alone asks for just what it needs, and the GNU C library, which has seen such a size before,
/// keeps it for later in each thread's arena: a hundred MiB at rest. What is beyond 32 MiB it never keeps
/// (`M_MMAP_THRESHOLD`); address space that nobody touches costs nothing.
struct Mapped(Params);

/// KiB of address space.
const PLACE: usize = 33 * 1024;

impl PasswordHasher<PasswordHash> for Mapped {
    fn hash_password_with_salt(&self, password: &[u8], salt: &[u8]) -> Result<PasswordHash, Error> {
        self.hash_password_customized(password, salt, None, None, self.0.clone())
    }
}

impl CustomizedPasswordHasher<PasswordHash> for Mapped {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> Result<PasswordHash, Error> {
        let algorithm = algorithm.map_or(Ok(Algorithm::Argon2id), Algorithm::try_from)?;
        let version = version.map_or(Ok(Version::V0x13), Version::try_from)?;
        let blocks = params.block_count();
        let mut memory = Vec::with_capacity(blocks.max(PLACE));
        memory.resize(blocks, Block::default());
        let mut output = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
        let argon2 = Argon2::new(algorithm, version, params);
        argon2.hash_password_into_with_memory(password, salt, &mut output, &mut memory)?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(argon2.params())?,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(&output)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use futures::StreamExt as _;
    use futures::stream::FuturesUnordered;

    use super::*;

    #[test]
    fn hashes_are_those_of_the_library() {
        let salt = b"garam yang sama";
        let params = Params::new(MEMORY, PASSES, LANES, None).unwrap();
        let library = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        let theirs: PasswordHash = library.hash_password_with_salt(b"rahasia", salt).unwrap();
        let ours = Mapped(params).hash_password_with_salt(b"rahasia", salt).unwrap();
        assert_eq!(ours.to_string(), theirs.to_string());
        // What was stored under other parameters.
        let small = Params::new(64, 1, 1, Some(16)).unwrap();
        let older: PasswordHash = Argon2::from(small).hash_password_with_salt(b"rahasia", salt).unwrap();
        assert!(verify(&Password::unchecked("rahasia"), &older.to_string()));
        assert!(!verify(&Password::unchecked("rahasiA"), &older.to_string()));
    }

    #[tokio::test]
    async fn what_others_try_first_is_not_hashed() {
        let hasher = Hasher::new().unwrap();
        let owner = || Owner::new("sari", ["sari.dewi@example.org"]);
        let tries = async |password: &str| hasher.hash(None, Password::unchecked(password), owner()).await;
        let long_repeat = "ab".repeat(512);
        for guessed in [
            "password1",
            "Password1!",
            "qwertyuiop",
            "P@ssw0rd",
            "1drowssap",
            "12345678",
            "iloveyou",
            "bismillah",
            "aaaaaaaa",
            "20262026",
            "sarisari",
            "sari2026",
            "Sari.Dewi",
            "irasirasiras",
            "sari.dewi@example.org",
            &long_repeat,
        ] {
            let refused = tries(guessed).await.unwrap_err();
            assert_eq!(
                (refused.code, refused.field.as_deref()),
                (ErrorCode::EasilyGuessed, Some("password")),
                "{guessed}"
            );
        }
        for good in
            ["kunci rahasia", "rahasia-sari", "sapa-demo", "дощ у вівторок", "xkT4!w9q", "😀🌻🦆🥁🪁🧶🥨🛶"]
        {
            assert!(tries(good).await.is_ok(), "{good}");
        }
        let anybody =
            hasher.hash(None, Password::unchecked("sari.dewi@example.org"), Owner::new("oleh", [])).await;
        assert!(anybody.is_ok(), "of somebody else nobody thinks of it");
    }

    #[test]
    fn what_can_be_read_in_many_ways_takes_little_time() {
        let text = "4@8({[<3691!|70$5+%2".repeat(51);
        let owner = Owner::new("sari", []);
        let time = |work: &dyn Fn() -> bool| {
            let began = Instant::now();
            assert!(!work());
            began.elapsed()
        };
        let judge = || owner.would_be_guessed(&text);
        judge();
        let fastest = (0..3).map(|_| time(&judge)).min().unwrap();
        let whole = time(&|| zxcvbn::zxcvbn(&text, &["sari"]).guesses() <= GUESSES);
        assert!(fastest < whole / 4, "{fastest:?} of {whole:?}");
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_and_no_other() {
        let hasher = Hasher::new().unwrap();
        let stored =
            hasher.hash(None, Password::unchecked("rahasia benar"), Owner::new("sari", [])).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(
            hasher.verify(None, Password::unchecked("rahasia benar"), Some(stored.clone())).await.unwrap()
        );
        assert!(
            !hasher.verify(None, Password::unchecked("rahasia salah"), Some(stored.clone())).await.unwrap()
        );
        assert!(!hasher.verify(None, Password::unchecked("x".repeat(2_000)), Some(stored)).await.unwrap());
        assert!(!hasher.verify(None, Password::unchecked("nobody's password"), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_password_is_the_same_on_keyboards_that_compose_otherwise() {
        let (composed, decomposed) =
            ("p\u{e4}ssw\u{f6}rd \u{e9}t\u{e9}", "pa\u{308}sswo\u{308}rd e\u{301}te\u{301}");
        let hasher = Hasher::new().unwrap();
        let fits = async |password: &str, stored: &str| {
            hasher.verify(None, Password::unchecked(password), Some(stored.to_owned())).await.unwrap()
        };
        for set in [composed, decomposed] {
            let now = hasher.hash(None, Password::unchecked(set), Owner::new("sari", [])).await.unwrap();
            // As versions before this one stored it.
            let before = hash(set.as_bytes()).unwrap();
            for stored in [now, before] {
                for typed in [composed, decomposed] {
                    assert!(fits(typed, &stored).await, "{typed:?}");
                }
                assert!(!fits("password ete", &stored).await);
            }
        }
    }

    #[tokio::test]
    async fn those_who_sign_in_from_one_network_keep_nobody_else_from_it() {
        let hasher = Hasher::new().unwrap();
        let tries = async |n: u8| {
            let address = Some(IpAddr::from([192, 0, 2, n]));
            assert!(!hasher.verify(address, Password::unchecked("rahasia"), None).await.unwrap());
        };
        let mut theirs: FuturesUnordered<_> = (0..30).map(|_| tries(1)).collect();
        let mut done = 0;
        let mut other = Box::pin(async {
            tokio::task::yield_now().await;
            tries(2).await;
        });
        loop {
            tokio::select! {
                () = &mut other => break,
                Some(()) = theirs.next() => done += 1,
            }
        }
        assert!(done < 10, "{done} went before");
    }
}
