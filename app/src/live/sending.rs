//! Sending: into the outbox, onto the screen, over the line; and again until it is acknowledged.

use leptos::prelude::*;
use sapa_model::text::MessageText;
use sapa_model::{AppError, AppResult, ClientCommand, ClientId, ErrorCode, RoomId, limits};

use super::Live;
use super::log::RowKey;
use super::outbox::{self, Entry, Outbox};
use crate::browser;

/// How long to wait before a text is sent again that the server could not take just then.
const AGAIN_MS: i32 = 3_000;

/// Whether what was refused so may be taken a little later, without anybody's doing.
pub(super) fn passes(error: &AppError) -> bool {
    use ErrorCode::{DiskFull, Internal, TooMany, Unavailable};
    matches!(error.code, DiskFull | Unavailable | TooMany | Internal)
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
            refused: None,
        };
        if !self.outbox().keep(entry.clone()) {
            return Err(AppError::limit_reached("messages waiting", outbox::CAPACITY));
        }
        self.typing_said.try_set_value(None);
        self.show_entry(&entry);
        self.send_entry(&entry);
        Ok(())
    }

    /// Sends a refused text again.
    pub fn retry(self, client_id: &ClientId) {
        if self.is_shipping(client_id) {
            self.ship_again(client_id);
            return;
        }
        self.outbox().set_refused(client_id, None);
        if let Some(entry) = self.outbox().entries().iter().find(|entry| entry.client_id == *client_id) {
            self.show_entry(entry);
            self.send_entry(entry);
        }
    }

    /// Gives a refused text up.
    pub fn discard(self, room: RoomId, client_id: &ClientId) {
        self.stop_shipping(client_id);
        self.outbox().remove(client_id);
        let key = RowKey::Text(self.my_id(), client_id.clone());
        self.loaded_log(room, |log| log.change(|log| log.discard(&key)));
    }

    /// Says that the user is typing, at most once in [`limits::TYPING_EVERY_MS`].
    pub fn type_in(self, room: RoomId) {
        let now = browser::now().0;
        let said = self.typing_said.try_get_value().flatten();
        if said.is_none_or(|(last, at)| last != room || now - at >= limits::TYPING_EVERY_MS) {
            self.typing_said.try_set_value(Some((room, now)));
            self.command(ClientCommand::Typing { room_id: room });
        }
    }

    /// Sends all that waits; after each connection.
    pub(super) fn flush_all(self) {
        self.flush_outbox();
        self.flush_shipments();
    }

    /// Sends the texts that wait.
    pub(super) fn flush_outbox(self) {
        for entry in self.outbox().entries().iter().filter(|entry| entry.refused.is_none()) {
            self.send_entry(entry);
        }
    }

    /// Puts a room's waiting and refused texts at the end of its log.
    pub(super) fn show_outbox(self, room: RoomId) {
        for entry in self.outbox().entries().iter().filter(|entry| entry.room_id == room) {
            self.show_entry(entry);
        }
        self.show_shipments(room);
    }

    /// The server has the text.
    pub(super) fn acknowledge(self, client_id: &ClientId) {
        self.outbox().remove(client_id);
    }

    /// The server did not take the text: for now, or for good.
    pub(super) fn refuse(self, room: RoomId, client_id: &ClientId, error: AppError) {
        if passes(&error) {
            browser::after(AGAIN_MS, move || self.flush_outbox());
            return;
        }
        self.outbox().set_refused(client_id, Some(error.clone()));
        let key = RowKey::Text(self.my_id(), client_id.clone());
        self.loaded_log(room, |log| log.change(|log| log.refuse(&key, error)));
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
