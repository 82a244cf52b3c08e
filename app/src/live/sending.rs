//! Sending: into the outbox, onto the screen, over the line; and again until it is acknowledged.

use leptos::prelude::*;
use sapa_model::text::MessageText;
use sapa_model::{AppError, AppResult, ClientCommand, ClientId, ErrorCode, RoomId, limits};

use super::log::RowKey;
use super::outbox::{self, Entry, Outbox};
use super::{Hold, Live, Unsent};
use crate::browser;

/// How long to wait before a text is sent again that the server could not take just then.
const AGAIN_MS: i32 = 3_000;
/// The longest that such a wait may be, in seconds, whatever the server says.
const AGAIN_MAX_S: u32 = 30;

/// What sending goes by, beside the outbox.
#[derive(Default)]
pub(super) struct Sending {
    /// Where and when the others were told last that the user is typing.
    typing_said: Option<(RoomId, i64)>,
    /// What waits goes again in a while.
    flushing: bool,
    /// The largest picture, and the largest file of any other kind, that the server takes.
    pub file_max: (u64, u64),
    /// What is not sent, by room.
    pub unsent: ArcRwSignal<Vec<(RoomId, Unsent)>>,
}

/// Whether what was refused so may be taken a little later, without anybody's doing.
pub(super) fn passes(error: &AppError) -> bool {
    use ErrorCode::{DiskFull, Internal, TooMany, Unavailable};
    matches!(error.code, DiskFull | Unavailable | TooMany | Internal)
}

/// How long to wait after such a refusal, in milliseconds.
pub(super) fn wait(error: &AppError) -> i32 {
    match (error.code, error.retry_after) {
        (ErrorCode::TooMany, Some(seconds)) => (seconds.clamp(1, AGAIN_MAX_S) * 1_000).cast_signed(),
        _ => AGAIN_MS,
    }
}

/// Whether it can help to send once more what was refused so.
pub fn helps_to_retry(error: &AppError) -> bool {
    use ErrorCode::{BadCharacters, Invalid, QuotaReached, Required, TooLong};
    match error.code {
        // One that did not arrive whole.
        Invalid => error.field.as_deref() == Some("file"),
        // What is beyond a quota goes by itself once there is room.
        QuotaReached | TooLong | BadCharacters | Required => false,
        _ => !is_about_file(error),
    }
}

/// Whether a file was refused for what it is, whatever comes beside it.
pub(super) fn is_about_file(error: &AppError) -> bool {
    use ErrorCode::{DamagedPicture, NotAPicture, TooLarge, TooManyPixels};
    matches!(error.code, TooLarge | TooManyPixels | NotAPicture | DamagedPicture)
}

/// Whether a refusal is of one file, so that others beside it may still go: for what it is, for its size where room is
/// short, or because it can no longer be read where it was.
pub(super) fn is_of_one_file(error: &AppError) -> bool {
    use ErrorCode::{Invalid, NotFound, QuotaReached, Required, StorageFull};
    let names_it = || error.field.as_deref() == Some("file");
    match error.code {
        QuotaReached | StorageFull => true,
        Invalid | NotFound | Required => names_it(),
        _ => is_about_file(error),
    }
}

impl Live {
    pub(super) fn outbox(self) -> Outbox {
        Outbox::of(self.my_id())
    }

    /// Sends a text. It shows at once and is kept until the server has it, however long that takes.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, and `limit_reached` with a full outbox; nothing
    /// is sent then.
    pub fn send(self, room: RoomId, text: &str) -> AppResult<()> {
        let text = MessageText::parse(text)?;
        let entry = Entry {
            room_id: room,
            client_id: browser::new_client_id(),
            text: text.into(),
            attachments: Vec::new(),
            at: browser::now(),
            after: self.last_position(room),
            refused: None,
        };
        if !self.outbox().keep(entry.clone()) {
            return Err(AppError::limit_reached("messages waiting", outbox::CAPACITY));
        }
        self.note_unsent();
        self.sending.try_update_value(|sending| sending.typing_said = None);
        self.show_entry(&entry);
        self.send_in_turn(&entry);
        Ok(())
    }

    /// Sends a refused text again.
    pub fn retry(self, client_id: &ClientId) {
        if self.is_shipping(client_id) {
            self.ship_again(client_id);
            return;
        }
        if let Some(entry) = self.outbox().update(client_id, |entry| entry.refused = None) {
            self.note_unsent();
            self.show_entry(&entry);
            self.send_entry(&entry);
        }
    }

    /// Gives a refused text up.
    pub fn discard(self, room: RoomId, client_id: &ClientId) {
        self.stop_shipping(client_id);
        self.acknowledge(client_id);
        let key = RowKey::Text(self.my_id(), client_id.clone());
        self.loaded_log(room, |log| log.change(|log| log.discard(&key)));
    }

    /// Says that the user is typing, at most once in [`limits::TYPING_EVERY_MS`].
    pub fn type_in(self, room: RoomId) {
        let now = browser::now().0;
        let said = self.sending.try_with_value(|sending| sending.typing_said).flatten();
        if said.is_none_or(|(last, at)| last != room || now - at >= limits::TYPING_EVERY_MS) {
            self.sending.try_update_value(|sending| sending.typing_said = Some((room, now)));
            self.command(ClientCommand::Typing { room_id: room });
        }
    }

    /// Sends all that waits; after each connection.
    pub(super) fn flush_all(self) {
        self.flush_outbox();
        self.ship_into_room();
        self.flush_shipments();
    }

    /// Sends a new entry; after those that the server takes no more just now.
    pub(super) fn send_in_turn(self, entry: &Entry) {
        if self.hold.with_untracked(Option::is_none) {
            self.send_entry(entry);
        } else {
            self.flush_later(AGAIN_MS);
        }
    }

    /// Sends the texts that wait. While the server takes nothing the oldest goes alone: it shows when that is over,
    /// and the order stays.
    pub(super) fn flush_outbox(self) {
        let entries = self.outbox().entries();
        let mut waiting = entries.iter().filter(|entry| entry.refused.is_none());
        if self.hold.with_untracked(Option::is_none) {
            waiting.for_each(|entry| self.send_entry(entry));
        } else if let Some(oldest) = waiting.next() {
            self.send_entry(oldest);
        } else if !self.ships_any() {
            self.hold.set(None);
        }
    }

    /// The same after a while, once for all that were refused together.
    fn flush_later(self, wait: i32) {
        let flushing =
            self.sending.try_update_value(|sending| std::mem::replace(&mut sending.flushing, true));
        if flushing == Some(false) {
            browser::after(wait, move || {
                self.sending.try_update_value(|sending| sending.flushing = false);
                self.flush_outbox();
            });
        }
    }

    /// The server does not take something for now: notes why, where that holds for all that is sent.
    pub(super) fn note_hold(self, error: &AppError) {
        let hold = Hold::of(error);
        if hold.is_some() && self.hold.get_untracked() != hold {
            self.hold.set(hold);
        }
    }

    /// The server has taken something, or refused it for good: what else waits may go.
    pub(super) fn note_taken(self) {
        match self.hold.get_untracked() {
            None => {}
            // One after another until none is left: all at once would be too fast again.
            Some(Hold::TooFast) => self.flush_outbox(),
            Some(Hold::DiskFull) => {
                self.hold.set(None);
                self.flush_all();
            }
        }
    }

    /// Puts a room's waiting and refused texts at the end of its log.
    pub(super) fn show_outbox(self, room: RoomId) {
        for entry in self.outbox().entries().iter().filter(|entry| entry.room_id == room) {
            self.show_entry(entry);
        }
        self.show_shipments(room);
    }

    /// The text need not be sent any more: the server has it, or its author has given it up.
    pub(super) fn acknowledge(self, client_id: &ClientId) {
        self.outbox().remove(client_id);
        self.note_unsent();
    }

    /// The position of the newest message of a room, where it is known.
    pub(super) fn last_position(self, room: RoomId) -> Option<u64> {
        let dialog = self.dialog(room)?;
        Some(dialog.with_untracked(|dialog| dialog.last.as_ref().map_or(0, |last| last.position)))
    }

    /// The server did not take the text: for now, or for good.
    pub(super) fn refuse(self, room: RoomId, client_id: &ClientId, error: AppError) {
        if passes(&error) {
            self.note_hold(&error);
            return self.flush_later(wait(&error));
        }
        // What was sent before it has been answered before it, and stands above it.
        let mut above = None;
        self.loaded_log(room, |log| above = log.read(|log| log.last_position_of(self.my_id())));
        let refused = self.outbox().update(client_id, |entry| {
            entry.refused = Some(error);
            entry.after = entry.after.map(|after| after.max(above.unwrap_or_default()));
        });
        self.note_unsent();
        if let Some(entry) = refused {
            self.show_entry(&entry);
        }
        // It holds up none of those behind it.
        self.note_taken();
    }

    fn show_entry(self, entry: &Entry) {
        let me = self.my_id();
        self.loaded_log(entry.room_id, |log| {
            log.change(|log| log.take_draft(me, entry.draft()));
            if let Some(error) = entry.refused.clone() {
                let key = RowKey::Text(me, entry.client_id.clone());
                log.change(|log| log.refuse(&key, error));
            }
        });
    }

    pub(super) fn send_entry(self, entry: &Entry) {
        self.command(ClientCommand::Send {
            room_id: entry.room_id,
            client_id: entry.client_id.clone(),
            text: entry.text.clone(),
            attachments: entry.attachments.iter().map(|attachment| attachment.id).collect(),
        });
    }
}
