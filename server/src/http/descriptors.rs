//! Descriptors of the system: how many there are, and for how many connections they last.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Kept for the database, letters, webhooks, and files that are looked at.
const KEPT: usize = 96;
/// A connection, and the file that comes or goes over it.
const OF_A_CONNECTION: usize = 2;
/// Connections of a plain-text port, where there are enough.
const TEXT: usize = 1024;

/// What the program may open.
#[derive(Clone, Copy, Debug)]
pub struct Descriptors {
    limit: usize,
}

impl Descriptors {
    /// Takes as many as the system gives (`RLIMIT_NOFILE`, up to its hard limit).
    pub fn raise() -> Self {
        let given = getrlimit(Resource::Nofile);
        let raised = Rlimit { current: given.maximum, ..given };
        let limit = match setrlimit(Resource::Nofile, raised) {
            Ok(()) => given.maximum,
            Err(error) => {
                tracing::warn!(%error, "the limit of open files cannot be raised");
                given.current
            }
        };
        // Nothing stands for no limit.
        Self { limit: limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX) }
    }

    /// Connections of each plain-text port.
    pub fn text(self) -> usize {
        TEXT.min(self.limit / 16).max(1)
    }

    /// Connections over HTTP, where so many are wanted and there are so many plain-text ports.
    pub fn http(self, wanted: u32, text_ports: usize) -> usize {
        let kept = KEPT + text_ports * self.text() * OF_A_CONNECTION + 2 * super::SPARE;
        let most = self.limit.saturating_sub(kept) / OF_A_CONNECTION;
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        if most < wanted {
            tracing::warn!(limit = self.limit, connections = most, "open files are few: fewer connections");
        }
        wanted.min(most.max(super::SPARE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_follow_from_what_may_be_opened() {
        let few = Descriptors { limit: 256 };
        assert_eq!((few.http(8192, 0), few.http(8192, 2), few.http(20, 0), few.text()), (64, 32, 20, 16));
        let many = Descriptors { limit: usize::MAX };
        assert_eq!((many.http(8192, 2), many.text()), (8192, 1024));
        let none = Descriptors { limit: 10 };
        assert_eq!((none.http(8192, 2), none.text()), (16, 1));
    }
}
