//! How long something still takes.

use super::plural::{plural, two};
use super::{Messages, messages};

messages! {
    /// A wait in each unit, to stand behind "Try again".
    Waits {
        seconds: fn(u64) -> String = [
            |n| format!("in {}", two(n, "second", "seconds")),
            |n| format!("dalam {n} detik"),
            |n| format!("через {}", plural(n, "секунду", "секунди", "секунд")),
        ];
        minutes: fn(u64) -> String = [
            |n| format!("in about {}", two(n, "minute", "minutes")),
            |n| format!("dalam sekitar {n} menit"),
            |n| format!("приблизно через {}", plural(n, "хвилину", "хвилини", "хвилин")),
        ];
        hours: fn(u64) -> String = [
            |n| format!("in about {}", two(n, "hour", "hours")),
            |n| format!("dalam sekitar {n} jam"),
            |n| format!("приблизно через {}", plural(n, "годину", "години", "годин")),
        ];
    }
}

impl Messages {
    /// A wait as people say it: "in 20 seconds", "in about 10 minutes". What is started counts as whole, but for
    /// the one second by which waits are rounded up already.
    pub fn wait(&self, seconds: u32) -> String {
        let seconds = u64::from(seconds.max(1));
        let minutes = (seconds - 1).div_ceil(60);
        match minutes {
            _ if seconds < 60 => (self.waits.seconds)(seconds),
            ..=59 | 61..=119 => (self.waits.minutes)(minutes),
            _ => (self.waits.hours)(minutes.div_ceil(60)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::i18n::Language;

    #[test]
    fn a_wait_is_told_in_the_unit_that_people_would_take() {
        for (seconds, en, id, uk) in [
            (0, "in 1 second", "dalam 1 detik", "через 1 секунду"),
            (22, "in 22 seconds", "dalam 22 detik", "через 22 секунди"),
            (61, "in about 1 minute", "dalam sekitar 1 menit", "приблизно через 1 хвилину"),
            (62, "in about 2 minutes", "dalam sekitar 2 menit", "приблизно через 2 хвилини"),
            (601, "in about 10 minutes", "dalam sekitar 10 menit", "приблизно через 10 хвилин"),
            (3_601, "in about 1 hour", "dalam sekitar 1 jam", "приблизно через 1 годину"),
            (4_000, "in about 67 minutes", "dalam sekitar 67 menit", "приблизно через 67 хвилин"),
            (17_000, "in about 5 hours", "dalam sekitar 5 jam", "приблизно через 5 годин"),
        ] {
            let told = Language::ALL.map(|language| language.messages().wait(seconds));
            assert_eq!(told, [en, id, uk], "{seconds}");
        }
    }
}
