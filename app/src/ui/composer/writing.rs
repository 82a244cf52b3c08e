//! What is being written: the text, its draft, and what becomes of it.

use leptos::task::spawn_local;
use leptos::{ev, html, prelude::*};
use sapa_model::limits::MESSAGE_MAX;
use sapa_model::{ErrorCode, RoomId};

use super::editing::{Editing, Purpose};
use super::field;
use super::state::ComposerState;
use crate::api::messages::{correct_message, edit_message};
use crate::live::Live;
use crate::live::outbox::drafts;
use crate::reactive::memo;
use crate::ui::kit::{ToastBox, use_toasts};

/// One composer's state; a handle that can be copied.
#[derive(Clone, Copy)]
pub struct Writing {
    /// Kept aside: it is large for something that is copied into every handler.
    live: StoredValue<Live>,
    room: RoomId,
    toasts: ToastBox,
    /// The newest message should be seen.
    on_end: Callback<()>,
    /// What the chat knows of it.
    pub state: ComposerState,
    /// What is written so far.
    pub text: RwSignal<String>,
    /// Where it is written.
    pub field: NodeRef<html::Textarea>,
    /// Its length, in characters.
    pub length: Memo<usize>,
    saving: RwSignal<bool>,
}

impl Writing {
    /// Begins with the room's draft, or with what `editing` says. Call in a component's body.
    pub fn new(live: Live, room: RoomId, state: ComposerState, on_end: Callback<()>) -> Self {
        let text = RwSignal::new(String::new());
        let length = memo(move || text.read().trim().chars().count());
        let (field, saving) = (NodeRef::new(), RwSignal::new(false));
        let writing = Self {
            live: StoredValue::new(live),
            room,
            toasts: use_toasts(),
            on_end,
            state,
            text,
            field,
            length,
            saving,
        };
        Effect::new(move |_| match state.editing.get() {
            Some(Editing { text: before, .. }) => {
                text.set(before);
                field::focus_end(field);
            }
            None => text.set(drafts::load(live.my_id(), room)),
        });
        writing.share();
        writing
    }

    /// Follows what other tabs do with the draft: one that is sent there is not sent here again.
    fn share(self) {
        let key = drafts::key(self.live.get_value().my_id(), self.room);
        let elsewhere = window_event_listener(ev::storage, move |event| {
            if event.key().as_deref() == Some(&key) && self.state.editing.with_untracked(Option::is_none) {
                self.text.set(event.new_value().unwrap_or_default());
            }
        });
        on_cleanup(move || elsewhere.remove());
    }

    /// Whether a message is being changed. Reactive.
    pub fn is_editing(self) -> bool {
        self.state.editing.with(Option::is_some)
    }

    /// Whether there is nothing to send. Reactive.
    pub fn is_empty(self) -> bool {
        self.length.get() == 0 && self.state.files.read().is_empty()
    }

    /// Whether it is longer than a message may be. Reactive.
    pub fn is_too_long(self) -> bool {
        self.length.get() > MESSAGE_MAX
    }

    /// The text has changed: keeps the draft, and says that the user is typing.
    pub fn typed(self) {
        if self.state.editing.with_untracked(Option::is_some) {
            return;
        }
        self.text.with_untracked(|text| drafts::store(self.live.get_value().my_id(), self.room, text));
        if self.length.get_untracked() > 0 {
            self.live.get_value().type_in(self.room);
        }
    }

    /// Sends what is written, or gives the message that is being changed its new text.
    pub fn send(self) {
        let written = self.text.get_untracked();
        if let Some(changed) = self.state.editing.get_untracked() {
            self.save(changed, written);
            return;
        }
        let files = self.state.files.get_untracked();
        let sent = if files.is_empty() {
            self.live.get_value().send(self.room, &written)
        } else {
            self.live.get_value().send_files(self.room, &written, files)
        };
        match sent {
            Ok(()) => {
                self.state.files.set(Vec::new());
                self.text.set(String::new());
                drafts::store(self.live.get_value().my_id(), self.room, "");
                self.on_end.run(());
            }
            // Nothing typed is nothing to say, and what is too long the counter says already.
            Err(error) if matches!(error.code, ErrorCode::Required | ErrorCode::TooLong) => {}
            Err(error) => self.toasts.fault(&error),
        }
        if let Some(field) = self.field.get_untracked() {
            field.focus().ok();
        }
    }

    fn save(self, changed: Editing, written: String) {
        if self.saving.get_untracked() {
            return;
        }
        self.saving.set(true);
        spawn_local(async move {
            let saved = match changed.purpose {
                Purpose::Edit => edit_message(self.room, changed.id, written).await,
                Purpose::Correct => correct_message(self.room, changed.id, written).await,
            };
            match saved {
                Ok(_) => {
                    self.state.editing.try_set(None);
                }
                Err(error) => self.toasts.fault(&error),
            }
            self.saving.try_set(false);
        });
    }

    /// Esc: gives up the change of a message, else shows the newest one.
    pub fn leave(self) {
        if self.state.editing.with_untracked(Option::is_some) {
            self.state.editing.set(None);
        } else {
            self.on_end.run(());
        }
    }

    /// The key up in an empty field: changes what was written last.
    pub fn edit_last(self) {
        if self.state.editing.with_untracked(Option::is_none) {
            let me = self.live.get_value().my_id();
            self.state.editing.set(
                self.live.get_value().log(self.room).read(|log| log.last_text_of(me).and_then(Editing::of)),
            );
        }
    }

    /// Puts something where the cursor is.
    pub fn insert(self, piece: &str) {
        if let Some(field) = self.field.get_untracked() {
            field::insert(&field, self.text, piece);
            self.typed();
        }
    }
}
