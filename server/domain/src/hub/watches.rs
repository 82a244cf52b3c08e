//! Who follows whom: connections, and the people whom they look at.

use std::collections::{HashMap, HashSet};

use sapa_model::UserId;

use super::line::ConnectionId;

/// Both ways of the same table.
#[derive(Default)]
pub(super) struct Watches {
    watchers: HashMap<UserId, HashSet<ConnectionId>>,
    watched: HashMap<ConnectionId, HashSet<UserId>>,
}

impl Watches {
    /// The connections that look at somebody.
    pub fn of(&self, user_id: UserId) -> impl Iterator<Item = ConnectionId> {
        self.watchers.get(&user_id).into_iter().flatten().copied()
    }

    /// Makes these the people whom a connection looks at.
    pub fn replace(&mut self, id: ConnectionId, user_ids: &[UserId]) {
        self.forget(id);
        for user_id in user_ids {
            self.watchers.entry(*user_id).or_default().insert(id);
        }
        self.watched.insert(id, user_ids.iter().copied().collect());
    }

    /// The connection looks at nobody any more.
    pub fn forget(&mut self, id: ConnectionId) {
        for user_id in self.watched.remove(&id).into_iter().flatten() {
            self.forget_watcher(user_id, id);
        }
    }

    /// The connection no longer looks at this one.
    pub fn part(&mut self, user_id: UserId, id: ConnectionId) {
        if let Some(watched) = self.watched.get_mut(&id) {
            watched.remove(&user_id);
        }
        self.forget_watcher(user_id, id);
    }

    fn forget_watcher(&mut self, user_id: UserId, id: ConnectionId) {
        if let Some(watchers) = self.watchers.get_mut(&user_id) {
            watchers.remove(&id);
            if watchers.is_empty() {
                self.watchers.remove(&user_id);
            }
        }
    }
}
