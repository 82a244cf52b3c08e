//! Messages that carry files: the files go first, one after another, then the message.
//!
//! Until its files are on the server such a message lives in this page only, which asks before it is
//! left. From then on it is in the outbox like any other. What breaks off goes again by itself, like a text; what
//! is refused waits for its author.

use std::collections::HashMap;

use leptos::prelude::*;
use sapa_model::text::MessageText;
use sapa_model::{AppError, AppResult, Attachment, ClientId, ErrorCode, RoomId, Timestamp, limits};

use super::local_file::{LocalFile, LocalKind, Progress};
use super::log::{Draft, RowKey};
use super::outbox::{self, Entry};
use super::sending::{is_of_one_file, passes};
use super::{Link, Live, Unsent};
use crate::browser::{self, Upload};
use crate::order::in_order;

/// How long to wait before a file goes again that the server could not take just then, in milliseconds: doubling
/// from the first to the last, for a large one is much to send in vain.
const AGAIN_MS: (u32, u32) = (3_000, 60_000);
/// How long a file that has arrived may still be shown from this page, in milliseconds.
const RELEASE_MS: i32 = 60_000;

/// A message whose files are on their way.
pub(super) struct Shipment {
    room: RoomId,
    text: String,
    at: Timestamp,
    after: Option<u64>,
    files: Vec<LocalFile>,
    /// The file that is on its way now, and its upload once that has begun.
    current: Option<(u32, Option<Upload>)>,
    /// Times that a file of it has broken off in a row.
    broken: u32,
    /// Why a file was refused: its author has to decide.
    refused: Option<AppError>,
}

impl Shipment {
    /// With these files alone, and nothing on its way.
    fn of(room: RoomId, text: String, (at, after): (Timestamp, Option<u64>), files: Vec<LocalFile>) -> Self {
        Self { room, text, at, after, files, current: None, broken: 0, refused: None }
    }

    /// Takes out a file that was refused, as a message of its own: nothing else waits for it. `None` where there is
    /// nothing else, or where everything was refused with it.
    fn part_with(&mut self, file: &LocalFile, error: &AppError) -> Option<Self> {
        if self.files.len() < 2 || !is_of_one_file(error) {
            return None;
        }
        self.files.retain(|held| held.id != file.id);
        self.refused = None;
        let refused = Some(error.clone());
        Some(Self {
            refused,
            ..Self::of(self.room, String::new(), (self.at, self.after), vec![file.clone()])
        })
    }

    fn draft(&self, client_id: &ClientId) -> Draft {
        Draft {
            client_id: client_id.clone(),
            text: self.text.clone(),
            at: self.at,
            after: self.after,
            files: self.files.clone(),
            attachments: Vec::new(),
        }
    }
}

pub(super) type Shipments = HashMap<ClientId, Shipment>;

impl Live {
    /// Whether the server takes a file of this size, as far as is known here.
    ///
    /// # Errors
    /// `required` for an empty one, `too_large`.
    pub fn check_size(self, kind: LocalKind, size: u64) -> AppResult<()> {
        let (picture, other) = self.sending.with_value(|sending| sending.file_max);
        let most = if kind == LocalKind::Picture { picture } else { other };
        match size {
            0 => Err(AppError::required("file")),
            size if size > most => Err(AppError::too_large(most)),
            _ => Ok(()),
        }
    }

    /// Sends files with a text, which may be empty.
    ///
    /// # Errors
    /// `too_long` or `bad_characters`; nothing is sent then.
    pub fn send_files(self, room: RoomId, text: &str, files: Vec<LocalFile>) -> AppResult<()> {
        let text = MessageText::parse_caption(text)?.into();
        let client_id = browser::new_client_id();
        let shipment = Shipment::of(room, text, (browser::now(), self.last_position(room)), files);
        self.take_shipment(client_id.clone(), shipment);
        self.ship(&client_id);
        Ok(())
    }

    fn take_shipment(self, client_id: ClientId, shipment: Shipment) {
        let (room, draft, refused) = (shipment.room, shipment.draft(&client_id), shipment.refused.clone());
        self.shipments.update_value(|shipments| {
            shipments.insert(client_id, shipment);
        });
        self.guard_leaving();
        self.show_draft(room, draft, refused);
    }

    /// Gives one file of a message up, and with the last one of a message without words the message.
    pub fn cancel_file(self, client_id: &ClientId, file: u32) {
        let left = self.shipments.try_update_value(|shipments| {
            let shipment = shipments.get_mut(client_id)?;
            shipment.files.iter().filter(|held| held.id == file).for_each(LocalFile::release);
            shipment.files.retain(|held| held.id != file);
            // What was refused may be what goes: the rest is tried.
            shipment.refused = None;
            if shipment.current.as_ref().is_some_and(|(current, _)| *current == file) {
                shipment.current = None;
            }
            Some((shipment.room, shipment.files.is_empty() && shipment.text.is_empty()))
        });
        match left.flatten() {
            Some((room, true)) => self.discard(room, client_id),
            Some((_, false)) => {
                self.show_shipment(client_id);
                self.ship(client_id);
            }
            None => {}
        }
    }

    /// The messages on their way as the list of chats shows them, with their rooms and times.
    pub(super) fn shipping(self) -> Vec<(RoomId, Timestamp, Unsent)> {
        let shown = |shipment: &Shipment| {
            let unsent = Unsent {
                refused: shipment.refused.is_some(),
                text: shipment.text.clone(),
                files: shipment.files.len(),
                after: shipment.after,
            };
            (shipment.room, shipment.at, unsent)
        };
        self.shipments.try_with_value(|shipments| shipments.values().map(shown).collect()).unwrap_or_default()
    }

    /// Whether a message's files are not all on the server yet.
    pub(super) fn is_shipping(self, client_id: &ClientId) -> bool {
        self.shipments.try_with_value(|shipments| shipments.contains_key(client_id)).unwrap_or_default()
    }

    /// Whether any message's files are on their way or wait, refused ones aside.
    pub(super) fn ships_any(self) -> bool {
        let any = |shipments: &Shipments| shipments.values().any(|shipment| shipment.refused.is_none());
        self.shipments.try_with_value(any).unwrap_or_default()
    }

    /// Files of the user's are about to be erased, once that can no longer be undone: others may fit then.
    pub(super) fn expect_room(self) {
        const ERASED_MS: i64 = limits::DELETE_UNDO_MS + 3_000;
        browser::after(i32::try_from(ERASED_MS).unwrap_or(i32::MAX), move || self.ship_into_room());
    }

    /// There may be room again for files that were too many.
    pub(super) fn ship_into_room(self) {
        let waiting = self.shipments.try_with_value(|shipments| {
            let lacks_room = |shipment: &Shipment| {
                shipment.refused.as_ref().is_some_and(|error| error.code == ErrorCode::QuotaReached)
            };
            let waiting = shipments.iter().filter(|(_, shipment)| lacks_room(shipment));
            waiting.map(|(client_id, _)| client_id.clone()).collect::<Vec<_>>()
        });
        waiting.unwrap_or_default().iter().for_each(|client_id| self.ship_again(client_id));
    }

    /// Tries again what failed.
    pub(super) fn ship_again(self, client_id: &ClientId) {
        self.shipments.try_update_value(|shipments| {
            if let Some(shipment) = shipments.get_mut(client_id) {
                (shipment.refused, shipment.broken) = (None, 0);
            }
        });
        self.show_shipment(client_id);
        self.ship(client_id);
    }

    /// Gives a message's files up.
    pub(super) fn stop_shipping(self, client_id: &ClientId) {
        let gone = self.shipments.try_update_value(|shipments| shipments.remove(client_id)).flatten();
        if let Some(shipment) = gone {
            shipment.files.iter().for_each(LocalFile::release);
        }
        self.guard_leaving();
        if self.hold.with_untracked(Option::is_some) {
            self.flush_outbox();
        }
    }

    /// Puts the messages on their way at the end of their room's log.
    pub(super) fn show_shipments(self, room: RoomId) {
        let drafts = self.shipments.try_with_value(|shipments| {
            let here = shipments.iter().filter(|(_, shipment)| shipment.room == room);
            let drafts =
                here.map(|(client_id, shipment)| (shipment.draft(client_id), shipment.refused.clone()));
            in_order(drafts.collect(), |(draft, _)| (draft.at.0, 0))
        });
        for (draft, refused) in drafts.unwrap_or_default() {
            self.show_draft(room, draft, refused);
        }
    }

    /// Sends on what has broken off.
    pub(super) fn flush_shipments(self) {
        let waiting = self.shipments.try_with_value(|shipments| {
            let waits = |shipment: &Shipment| shipment.current.is_none() && shipment.refused.is_none();
            let waiting = shipments.iter().filter(|(_, shipment)| waits(shipment));
            waiting.map(|(client_id, _)| client_id.clone()).collect::<Vec<_>>()
        });
        for client_id in waiting.unwrap_or_default() {
            self.ship(&client_id);
        }
    }

    fn show_shipment(self, client_id: &ClientId) {
        let draft = self.shipments.try_with_value(|shipments| {
            let shipment = shipments.get(client_id)?;
            Some((shipment.room, shipment.draft(client_id), shipment.refused.clone()))
        });
        if let Some((room, draft, refused)) = draft.flatten() {
            self.show_draft(room, draft, refused);
        }
    }

    fn show_draft(self, room: RoomId, draft: Draft, refused: Option<AppError>) {
        self.note_unsent();
        let me = self.my_id();
        let key = RowKey::Text(me, draft.client_id.clone());
        self.loaded_log(room, |log| {
            log.change(|log| log.take_draft(me, draft));
            if let Some(error) = refused {
                log.change(|log| log.refuse(&key, error));
            }
        });
    }

    /// Sends the next file on its way, or the message once all are there.
    fn ship(self, client_id: &ClientId) {
        enum Next {
            File(LocalFile),
            Message(RoomId, Draft),
        }
        let next = self.shipments.try_update_value(|shipments| {
            let shipment = shipments.get_mut(client_id)?;
            if shipment.current.is_some() || shipment.refused.is_some() {
                return None;
            }
            match shipment.files.iter().find(|file| file.done().is_none()).cloned() {
                Some(file) => {
                    shipment.current = Some((file.id, None));
                    Some(Next::File(file))
                }
                None => Some(Next::Message(shipment.room, shipment.draft(client_id))),
            }
        });
        match next.flatten() {
            Some(Next::File(file)) => self.ship_file(client_id.clone(), file),
            Some(Next::Message(room, draft)) => self.ship_message(room, draft),
            None => {}
        }
    }

    fn ship_file(self, client_id: ClientId, file: LocalFile) {
        let (held, answered) = ((client_id.clone(), file.id), (client_id.clone(), file.clone()));
        file.bring(
            // Given up meanwhile, the upload is dropped here, which ends it.
            move |upload| {
                let (client_id, id) = held;
                self.shipments.try_update_value(|shipments| {
                    if let Some((current, held)) =
                        shipments.get_mut(&client_id).and_then(|s| s.current.as_mut())
                        && *current == id
                    {
                        *held = upload;
                    }
                });
            },
            move |attachment| self.shipped(&answered.0, &answered.1, attachment),
        );
    }

    /// The connection is gone: breaks off whatever is on its way.
    pub(super) fn break_uploads(self) {
        let going = self.shipments.try_with_value(|shipments| {
            let going = |(client_id, shipment): (&ClientId, &Shipment)| {
                let (current, _) = shipment.current.as_ref()?;
                let file = shipment.files.iter().find(|file| file.id == *current)?;
                Some((client_id.clone(), file.clone()))
            };
            shipments.iter().filter_map(going).collect::<Vec<_>>()
        });
        for (client_id, file) in going.unwrap_or_default() {
            self.shipped(&client_id, &file, Err(broken_off()));
        }
    }

    /// A file has arrived, or has not.
    fn shipped(self, client_id: &ClientId, file: &LocalFile, answer: AppResult<Attachment>) {
        let passing = answer.as_ref().is_err_and(passes);
        let held = self.shipments.try_update_value(|shipments| {
            let shipment = shipments.get_mut(client_id)?;
            let is_current = shipment.current.as_ref().is_some_and(|(current, _)| *current == file.id);
            is_current.then(|| {
                shipment.current = None;
                shipment.broken = if passing { shipment.broken + 1 } else { 0 };
                shipment.refused = answer.as_ref().err().filter(|_| !passing).cloned();
                let parted = answer.as_ref().err().and_then(|error| shipment.part_with(file, error));
                (shipment.broken, parted)
            })
        });
        let Some((broken, parted)) = held.flatten() else { return };
        match answer {
            Ok(attachment) => {
                file.progress.set(Progress::Done(attachment));
                self.ship(client_id);
                self.note_taken();
            }
            Err(error) if passing => {
                file.progress.set(Progress::Waiting);
                self.note_hold(&error);
                let (first, most) = AGAIN_MS;
                let wait = (first << (broken - 1).min(6)).min(most);
                let client_id = client_id.clone();
                // Without a line it goes when there is one.
                browser::after(wait.cast_signed(), move || {
                    if self.link.get_untracked() == Link::Online {
                        self.ship(&client_id);
                    }
                });
            }
            Err(error) => {
                file.progress.set(Progress::Failed(error));
                let goes_on = parted.is_some();
                if let Some(parted) = parted {
                    self.take_shipment(browser::new_client_id(), parted);
                }
                self.show_shipment(client_id);
                if goes_on {
                    self.ship(client_id);
                }
            }
        }
    }

    /// All files are there: the message goes the way of all.
    fn ship_message(self, room: RoomId, draft: Draft) {
        let attachments = draft.files.iter().filter_map(LocalFile::done).collect();
        let entry = Entry {
            room_id: room,
            client_id: draft.client_id.clone(),
            text: draft.text.clone(),
            attachments,
            at: draft.at,
            after: draft.after,
            refused: None,
        };
        if !self.outbox().keep(entry.clone()) {
            let error = AppError::limit_reached("messages waiting", outbox::CAPACITY);
            self.shipments.try_update_value(|shipments| {
                if let Some(shipment) = shipments.get_mut(&draft.client_id) {
                    shipment.refused = Some(error);
                }
            });
            return self.show_shipment(&draft.client_id);
        }
        self.shipments.try_update_value(|shipments| shipments.remove(&draft.client_id));
        self.guard_leaving();
        self.note_unsent();
        self.send_in_turn(&entry);
        // By then the bubble shows what the server has.
        browser::after(RELEASE_MS, move || draft.files.iter().for_each(LocalFile::release));
    }

    /// The page asks before it is left as long as files are on their way.
    fn guard_leaving(self) {
        let any = self.shipments.try_with_value(|shipments| !shipments.is_empty()).unwrap_or_default();
        browser::ask_before_leaving(any);
    }
}

fn broken_off() -> AppError {
    AppError::new(ErrorCode::Unavailable, "The connection was lost.")
}
