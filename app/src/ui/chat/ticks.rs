//! How far an own message has come.

use leptos::prelude::*;

use crate::i18n::{Messages, use_t};
use crate::live::log;
use crate::reactive::derive;
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

impl From<log::Ticks> for Station {
    fn from(ticks: log::Ticks) -> Self {
        match ticks {
            log::Ticks::Sent => Self::Sent,
            log::Ticks::Delivered => Self::Delivered,
            log::Ticks::Read => Self::Read,
        }
    }
}

impl Station {
    /// What is said of it; nothing where the bubble itself says so.
    pub fn words(self, words: &Messages) -> Option<&'static str> {
        match self {
            Self::Pending => Some(words.chat.pending),
            Self::Sent => Some(words.chat.sent),
            Self::Delivered => Some(words.chat.delivered),
            Self::Read => Some(words.chat.read),
            Self::Failed => None,
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
    let words = derive(move || station.get().words(t));
    view! {
        <span
            class="tick"
            class:is-read=move || station.get() == Station::Read
            class:is-failed=move || station.get() == Station::Failed
            title=move || words.get()
        >
            <Icon glyph=derive(move || station.get().glyph()) />
            <span class="unseen">{move || words.get()}</span>
        </span>
    }
}
