//! What waits to be sent and what was refused, room by room, as the list of chats shows it.

use leptos::prelude::*;
use sapa_model::RoomId;

use super::Live;
use crate::order::in_order;
use crate::reactive::memo;

/// What of a room is not sent: the newest that was refused, else the newest that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// It was refused: its author has to decide.
    pub refused: bool,
    /// What it says.
    pub text: String,
    /// How many files it carries.
    pub files: usize,
    /// The position of the last message above it, where that is known.
    pub after: Option<u64>,
}

impl Live {
    /// What of this room is not sent.
    pub fn unsent(self, room: RoomId) -> Memo<Option<Unsent>> {
        let unsent = self.all_unsent();
        memo(move || {
            let unsent = unsent.read();
            unsent.iter().find(|(of, _)| *of == room).map(|(_, unsent)| unsent.clone())
        })
    }

    /// The outbox has changed, or what is on its way there.
    pub(super) fn note_unsent(self) {
        let mut all = self.shipping();
        all.extend(self.outbox().entries().into_iter().map(|entry| {
            let (refused, files) = (entry.refused.is_some(), entry.attachments.len());
            (entry.room_id, entry.at, Unsent { refused, text: entry.text, files, after: entry.after })
        }));
        let all = in_order(all, |(_, at, unsent)| (unsent.refused.into(), at.0));
        let mut unsent: Vec<(RoomId, Unsent)> = Vec::new();
        for (room, _, newer) in all {
            // The last of a room is the one that stays.
            match unsent.iter_mut().find(|(of, _)| *of == room) {
                Some((_, kept)) => *kept = newer,
                None => unsent.push((room, newer)),
            }
        }
        let held = self.all_unsent();
        if held.with_untracked(|held| *held != unsent) {
            held.set(unsent);
        }
    }

    fn all_unsent(self) -> ArcRwSignal<Vec<(RoomId, Unsent)>> {
        self.sending.try_with_value(|sending| sending.unsent.clone()).unwrap_or_default()
    }
}
