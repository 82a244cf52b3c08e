//! What was heard since when.
//!
//! An answer to a request shows the past: the line may have told something newer while it was under
//! way. Who asks notes the moment before, and compares it when the answer is there.

use std::collections::HashMap;

use leptos::prelude::*;
use sapa_model::{RoomId, UserId};

use super::Live;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum About {
    /// A room's messages, its members and their markers.
    Log(RoomId),
    /// A room as it stands in the list.
    Dialog(RoomId),
    /// How the user stands to somebody.
    Person(UserId),
    /// Stories.
    Stories,
    /// What the user has chosen for themselves.
    Settings,
}

/// A point between two events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(u64);

#[derive(Default)]
pub(super) struct Heard {
    now: Moment,
    last: HashMap<About, Moment>,
    /// When the line last came to stand: before, anything may have been missed.
    line: Moment,
}

impl Heard {
    fn tick(&mut self) -> Moment {
        self.now.0 += 1;
        self.now
    }
}

impl Live {
    /// Whether the line has told of a person since: an answer that was asked for then is older.
    pub fn heard_of(self, user: UserId, since: Moment) -> bool {
        self.noted_since(About::Person(user), since)
    }

    /// Whether this has changed since, as far as this browser knows.
    pub(super) fn noted_since(self, about: About, since: Moment) -> bool {
        let last = |heard: &Heard| heard.last.get(&about).copied().unwrap_or_default();
        self.heard.try_with_value(|heard| last(heard) > since).unwrap_or_default()
    }

    /// Now.
    pub fn moment(self) -> Moment {
        self.heard.try_with_value(|heard| heard.now).unwrap_or_default()
    }

    /// Something was heard.
    pub(super) fn note(self, about: About) {
        self.heard.try_update_value(|heard| {
            let now = heard.tick();
            heard.last.insert(about, now);
        });
    }

    /// The line stands anew.
    pub(super) fn note_line(self) {
        self.heard.try_update_value(|heard| heard.line = heard.tick());
    }

    /// Whether an answer that was asked for at `moment` may lack something that this browser has heard.
    pub(super) fn heard_since(self, about: About, moment: Moment) -> bool {
        let last = |heard: &Heard| heard.last.get(&about).copied().unwrap_or_default().max(heard.line);
        self.heard.try_with_value(|heard| last(heard) > moment).unwrap_or_default()
    }
}
