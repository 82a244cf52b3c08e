//! The state of the connection.

use sapa_model::{AppError, ErrorCode};

/// How the browser stands to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Connected and up to date.
    Online,
    /// Trying: for all that is known the server is there.
    Connecting,
    /// The server cannot be reached; the next try follows by itself.
    Offline,
}

/// Why the server, which is there, takes nothing just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Its disk is full.
    DiskFull,
    /// It was asked too much in too short a time.
    TooFast,
}

impl Hold {
    /// What an error says of it.
    pub fn of(error: &AppError) -> Option<Self> {
        match error.code {
            ErrorCode::DiskFull => Some(Self::DiskFull),
            ErrorCode::TooMany => Some(Self::TooFast),
            _ => None,
        }
    }
}

/// How long to wait before the next try, in milliseconds: doubling from half a second to `most`,
/// of which a random half is taken off, so that a crowd does not come back all at once.
#[allow(clippy::cast_possible_truncation)]
pub fn backoff(failures: u32, random: f64, most: u32) -> i32 {
    let full = (500_u32 << failures.min(6)).min(most);
    (f64::from(full) * (1.0 - random / 2.0)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_are_bounded() {
        assert_eq!(backoff(0, 0.0, 30_000), 500);
        assert_eq!(backoff(0, 1.0, 30_000), 250);
        assert_eq!(backoff(3, 0.0, 30_000), 4_000);
        assert_eq!(backoff(60, 0.0, 30_000), 30_000);
        assert_eq!(backoff(60, 0.0, 3_000), 3_000);
    }
}
