//! Who is there: of those whom the page shows, and no others.

use std::collections::HashMap;

use leptos::prelude::*;
use sapa_model::people::Presence;
use sapa_model::{ClientCommand, UserId, limits};

use super::Live;
use crate::browser;

/// How long to gather people before asking for them, in milliseconds.
const GATHER_MS: i32 = 150;

#[derive(Default)]
pub(super) struct Watched {
    people: HashMap<UserId, ArcRwSignal<Option<Presence>>>,
    /// Oldest first: who goes when there are too many.
    order: Vec<UserId>,
    asking: bool,
}

impl Live {
    /// Somebody's presence; `None` until known. From the first call on the server tells of it.
    pub fn presence(self, user: UserId) -> ArcRwSignal<Option<Presence>> {
        let (signal, is_new) = self
            .presence
            .try_update_value(|watched| {
                if let Some(signal) = watched.people.get(&user) {
                    return (signal.clone(), false);
                }
                if watched.order.len() == limits::WATCH_MAX {
                    let oldest = watched.order.remove(0);
                    watched.people.remove(&oldest);
                }
                let signal = ArcRwSignal::new(None);
                watched.people.insert(user, signal.clone());
                watched.order.push(user);
                (signal, true)
            })
            .unwrap_or_default();
        if is_new {
            self.watch_soon();
        }
        signal
    }

    /// Asks anew for all of them, a moment later: somebody new is shown, or may be seen again.
    pub(super) fn watch_soon(self) {
        let asking = self.presence.try_update_value(|watched| std::mem::replace(&mut watched.asking, true));
        if asking == Some(false) {
            browser::after(GATHER_MS, move || {
                self.presence.try_update_value(|watched| watched.asking = false);
                self.watch();
            });
        }
    }

    /// Tells the server whom the page shows.
    pub(super) fn watch(self) {
        let user_ids = self.presence.try_with_value(|watched| watched.order.clone()).unwrap_or_default();
        if !user_ids.is_empty() {
            self.command(ClientCommand::Watch { user_ids });
        }
    }

    pub(super) fn take_presence(self, presence: Presence) {
        let signal =
            self.presence.try_with_value(|watched| watched.people.get(&presence.user_id).cloned()).flatten();
        if let Some(signal) = signal {
            signal.set(Some(presence));
        }
    }
}
