//! Who is there: of those whom the page shows, and no others.

use std::collections::HashMap;

use leptos::prelude::*;
use sapa_model::people::Presence;
use sapa_model::{ClientCommand, UserId, limits};

use super::{Link, Live};
use crate::browser;

/// How long to gather people before asking for them, in milliseconds.
const GATHER_MS: i32 = 150;
/// How long the line may be away before nobody counts as there any more, in milliseconds.
const GRACE_MS: i32 = 1_200;

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

    /// The line is gone, and with it the knowledge of who is there. Those who were, were last seen by now.
    pub(super) fn lose_sight(self) {
        let seen = browser::now();
        browser::after(GRACE_MS, move || {
            if self.link.try_get_untracked().is_none_or(|link| link == Link::Online) {
                return;
            }
            let watched = self.presence.try_with_value(|watched| watched.people.clone()).unwrap_or_default();
            let is_there =
                |signal: &ArcRwSignal<Option<Presence>>| signal.read_untracked().is_some_and(|p| p.online);
            for (user_id, signal) in watched.into_iter().filter(|(_, signal)| is_there(signal)) {
                signal.set(Some(Presence { user_id, online: false, last_seen: Some(seen) }));
            }
        });
    }

    pub(super) fn take_presence(self, presence: Presence) {
        let signal =
            self.presence.try_with_value(|watched| watched.people.get(&presence.user_id).cloned()).flatten();
        if let Some(signal) = signal {
            signal.set(Some(presence));
        }
    }
}
