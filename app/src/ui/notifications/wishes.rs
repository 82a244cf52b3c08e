//! Of what somebody wants to be told on this device. It is kept in the browser, for it is the device's.

use crate::browser;

const KEY: &str = "sapa.notifications";

/// What one can be told of, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To be told at all; asked for, for a browser asks in its turn.
    On,
    /// It has been offered.
    Offered,
    /// Messages.
    Messages,
    /// Calls.
    Calls,
    /// People who ask to be friends, and first messages of strangers.
    Requests,
    /// Sessions that begin soon.
    Sessions,
    /// A sound.
    Sound,
}

impl Wish {
    fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Offered => "offered",
            Self::Messages => "messages",
            Self::Calls => "calls",
            Self::Requests => "requests",
            Self::Sessions => "sessions",
            Self::Sound => "sound",
        }
    }

    /// Whether it holds while nobody has said anything.
    fn at_first(self) -> bool {
        !matches!(self, Self::On | Self::Offered)
    }

    /// Whether it holds.
    pub fn holds(self) -> bool {
        holds(&browser::load(KEY).unwrap_or_default(), self)
    }

    /// Sets it.
    pub fn set(self, holds: bool) {
        browser::store(KEY, &with(&browser::load(KEY).unwrap_or_default(), self, holds));
    }
}

/// Kept is what differs from what holds at first, by name.
fn holds(kept: &str, wish: Wish) -> bool {
    kept.split(' ').any(|name| name == wish.name()) != wish.at_first()
}

fn with(kept: &str, wish: Wish, holds: bool) -> String {
    let others = kept.split(' ').filter(|name| !name.is_empty() && *name != wish.name());
    let changed = (holds != wish.at_first()).then(|| wish.name());
    others.chain(changed).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wished_for_is_kept() {
        assert!(!holds("", Wish::On) && holds("", Wish::Calls));
        let kept = with("", Wish::On, true);
        let kept = with(&with(&kept, Wish::Calls, false), Wish::Calls, false);
        assert_eq!(kept, "on calls");
        assert!(holds(&kept, Wish::On) && !holds(&kept, Wish::Calls) && holds(&kept, Wish::Sound));
        assert_eq!(with(&kept, Wish::Calls, true), "on");
    }
}
