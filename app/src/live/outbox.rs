//! Texts that are not acknowledged yet, kept in the browser's storage: a reload, a crash or a day
//! without a connection loses none of them.
//!
//! Every tab reads, changes and writes it back in one go. Two tabs may both send an entry; the
//! server takes it once, by its client id.

use sapa_model::{AppError, Attachment, ClientId, RoomId, UserId};
use serde::{Deserialize, Serialize};

use super::log::Draft;
use crate::browser;

/// Entries that are kept at most; a text beyond is refused rather than an older one dropped.
pub const CAPACITY: usize = 500;

/// A text on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where to.
    pub room_id: RoomId,
    /// The sender's own name for it.
    pub client_id: ClientId,
    /// What it says.
    pub text: String,
    /// What it carries: files that are on the server already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// When it was typed.
    pub at: sapa_model::Timestamp,
    /// The position of the last message of the room by then, where it was known.
    #[serde(default)]
    pub after: Option<u64>,
    /// Why the server refused it, if it did.
    #[serde(default)]
    pub refused: Option<AppError>,
}

impl Entry {
    /// The entry as a row's draft.
    pub fn draft(&self) -> Draft {
        Draft {
            client_id: self.client_id.clone(),
            text: self.text.clone(),
            at: self.at,
            after: self.after,
            files: Vec::new(),
            attachments: self.attachments.clone(),
        }
    }
}

/// One user's outbox in this browser.
#[derive(Clone, Copy, Debug)]
pub struct Outbox {
    user: UserId,
}

impl Outbox {
    /// The outbox of this user.
    pub fn of(user: UserId) -> Self {
        Self { user }
    }

    fn key(self) -> String {
        format!("sapa.outbox.{}", self.user)
    }

    /// All entries, oldest first.
    pub fn entries(self) -> Vec<Entry> {
        browser::load(&self.key())
            .and_then(|json| serde_json::from_slice(json.as_bytes()).ok())
            .unwrap_or_default()
    }

    fn change(self, change: impl FnOnce(&mut Vec<Entry>)) {
        let mut entries = self.entries();
        change(&mut entries);
        let json = if entries.is_empty() { None } else { serde_json::to_string(&entries).ok() };
        browser::store(&self.key(), json.as_deref().unwrap_or_default());
    }

    /// Adds an entry; `false` when there is no room for it.
    pub fn keep(self, entry: Entry) -> bool {
        let mut added = false;
        self.change(|entries| {
            added = entries.len() < CAPACITY;
            if added {
                entries.push(entry);
            }
        });
        added
    }

    /// Takes an entry out: it was acknowledged or discarded.
    pub fn remove(self, client_id: &ClientId) {
        self.change(|entries| entries.retain(|entry| entry.client_id != *client_id));
    }

    /// Changes an entry, and gives it as it is then.
    pub fn update(self, client_id: &ClientId, update: impl FnOnce(&mut Entry)) -> Option<Entry> {
        let mut updated = None;
        self.change(|entries| {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.client_id == *client_id) {
                update(entry);
                updated = Some(entry.clone());
            }
        });
        updated
    }
}

/// What is typed in a room and not sent, kept for each user in this browser.
pub mod drafts {
    use sapa_model::{RoomId, UserId};

    use crate::browser;

    /// Under which a room's draft is kept.
    pub fn key(user: UserId, room: RoomId) -> String {
        format!("sapa.draft.{user}.{room}")
    }

    /// The draft of a room; empty where there is none.
    pub fn load(user: UserId, room: RoomId) -> String {
        browser::load(&key(user, room)).unwrap_or_default()
    }

    /// Keeps a room's draft; an empty one is taken away.
    pub fn store(user: UserId, room: RoomId, text: &str) {
        browser::store(&key(user, room), text);
    }
}
