//! What the chat and its composer share.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::web_sys::{File, FileList};
use sapa_model::{AppError, limits};

use super::editing::Editing;
use crate::live::LocalFile;
use crate::ui::kit::{ToastBox, use_toasts};

/// A message in the making; a handle that can be copied.
#[derive(Clone, Copy)]
pub struct ComposerState {
    /// The message that is being changed, if it is not a new one that is written.
    pub editing: RwSignal<Option<Editing>>,
    /// Files that will go with it.
    pub files: RwSignal<Vec<LocalFile>>,
    toasts: ToastBox,
}

impl ComposerState {
    /// Nothing yet. Call in a component's body.
    pub fn empty() -> Self {
        Self { editing: RwSignal::new(None), files: RwSignal::new(Vec::new()), toasts: use_toasts() }
    }

    /// Takes files that were chosen, pasted or dropped; says so where it does not.
    pub fn take(self, files: Option<FileList>) {
        let Some(files) = files else { return };
        for file in (0..files.length()).filter_map(|at| files.get(at)) {
            if let Err(error) = self.take_one(file) {
                self.toasts.fault(&error);
                return;
            }
        }
    }

    fn take_one(self, file: File) -> Result<(), AppError> {
        if file.size() == 0.0 {
            return Err(AppError::required("file"));
        }
        if self.files.with_untracked(Vec::len) >= limits::ATTACHMENTS_MAX {
            return Err(AppError::limit_reached("files in a message", limits::ATTACHMENTS_MAX));
        }
        let file = LocalFile::new(next_file_id(), file, None).ok_or_else(AppError::internal)?;
        self.files.update(|files| files.push(file));
        Ok(())
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
