//! How far an own message has come.

use leptos::prelude::*;

use crate::i18n::Messages;
use crate::i18n::use_t;
use crate::ui::kit::{Glyph, Icon};

/// The stations of an own message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    /// Still here, waiting for the server.
    Pending,
    /// The server has it.
    Sent,
    /// It has reached every other member.
    Delivered,
    /// Every other member has read it.
    Read,
    /// The server refused it.
    Failed,
}

impl Station {
    /// Where the message with `number` is, by the others' markers `(delivered, read)`.
    pub fn of(number: u64, others: impl Iterator<Item = (u64, u64)>) -> Self {
        let furthest = others.fold(None, |least: Option<(u64, u64)>, (delivered, read)| {
            let (d, r) = least.unwrap_or((u64::MAX, u64::MAX));
            Some((d.min(delivered), r.min(read)))
        });
        match furthest {
            Some((_, read)) if read >= number => Self::Read,
            Some((delivered, _)) if delivered >= number => Self::Delivered,
            _ => Self::Sent,
        }
    }

    fn words(self, words: &Messages) -> &'static str {
        match self {
            Self::Pending => words.chat.pending,
            Self::Sent => words.chat.sent,
            Self::Delivered => words.chat.delivered,
            Self::Read => words.chat.read,
            Self::Failed => words.chat.not_sent,
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Pending => Glyph::Clock,
            Self::Sent => Glyph::Check,
            Self::Delivered | Self::Read => Glyph::DoubleCheck,
            Self::Failed => Glyph::Alert,
        }
    }
}

/// The sign of a station, with its name for those who listen.
#[component]
pub fn Ticks(#[prop(into)] station: Signal<Station>) -> impl IntoView {
    let t = use_t();
    let words = move || station.get().words(t());
    view! {
        <span
            class="tick"
            class:is-read=move || station.get() == Station::Read
            class:is-failed=move || station.get() == Station::Failed
            title=words
        >
            <Icon glyph=Signal::derive(move || station.get().glyph()) />
            <span class="unseen">{words}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_of_the_others_decides() {
        for (others, station) in [
            (vec![], Station::Sent),
            (vec![(0, 0)], Station::Sent),
            (vec![(5, 0)], Station::Delivered),
            (vec![(5, 5), (5, 4)], Station::Delivered),
            (vec![(9, 5), (6, 6)], Station::Read),
        ] {
            assert_eq!(Station::of(5, others.into_iter()), station);
        }
    }
}
