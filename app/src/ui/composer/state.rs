//! What the chat and its composer share.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::web_sys::{File, FileList};
use sapa_model::{AppError, limits};

use super::editing::Editing;
use crate::i18n::{Messages, use_t};
use crate::live::{Live, LocalFile, live};
use crate::ui::kit::{ToastBox, use_toasts};

/// A message in the making; a handle that can be copied.
#[derive(Clone, Copy)]
pub struct ComposerState {
    /// The message that is being changed, if it is not a new one that is written.
    pub editing: RwSignal<Option<Editing>>,
    /// Files that will go with it.
    pub files: RwSignal<Vec<LocalFile>>,
    toasts: ToastBox,
    words: &'static Messages,
    live: StoredValue<Live>,
}

impl ComposerState {
    /// Nothing yet. Call in a component's body.
    pub fn empty() -> Self {
        Self {
            editing: RwSignal::new(None),
            files: RwSignal::new(Vec::new()),
            toasts: use_toasts(),
            words: use_t(),
            live: StoredValue::new(live()),
        }
    }

    /// Takes files that were chosen, pasted or dropped; says so where it does not.
    pub fn take(self, files: Option<FileList>) {
        let Some(files) = files else { return };
        let chosen = (0..files.length()).filter_map(|at| files.get(at));
        let (mut fitting, mut refused) = (Vec::new(), Vec::new());
        for file in chosen {
            let name = file.name();
            match self.fit(file) {
                Ok(file) => fitting.push(file),
                Err(error) => refused.push((name, error)),
            }
        }
        let room = limits::ATTACHMENTS_MAX.saturating_sub(self.files.with_untracked(Vec::len));
        let count = fitting.len();
        fitting.drain(room.min(count)..).for_each(|file| file.release());
        self.files.update(|files| files.append(&mut fitting));
        if count > room {
            let number = |n: usize| u64::try_from(n).unwrap_or_default();
            let most = number(limits::ATTACHMENTS_MAX);
            self.toasts.say((self.words.files.only_first)(number(room), number(count), most));
        }
        // More would cover the page; they are of one kind, most times.
        for (name, error) in refused.into_iter().take(2) {
            self.toasts.say(format!("{name}: {}", self.words.error(&error)));
        }
    }

    fn fit(self, file: File) -> Result<LocalFile, AppError> {
        let file = LocalFile::new(next_file_id(), file, None).ok_or_else(AppError::internal)?;
        let checked = self.live.get_value().check_size(file.kind, file.size);
        checked.inspect_err(|_| file.release()).map(|()| file)
    }

    /// Takes a file out again.
    pub fn remove(self, id: u32) {
        self.files.update(|files| {
            files.iter().filter(|file| file.id == id).for_each(LocalFile::release);
            files.retain(|file| file.id != id);
        });
    }
}

/// A number that no other file of this page has: a message may outlive the composer that it was
/// written in.
pub fn next_file_id() -> u32 {
    thread_local! {
        static LAST: Cell<u32> = const { Cell::new(0) };
    }
    LAST.with(|last| {
        last.set(last.get().wrapping_add(1));
        last.get()
    })
}
