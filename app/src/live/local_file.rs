//! Files that somebody has chosen, and that are not on the server yet.

use std::fmt;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{File, Url};
use sapa_model::attachment::Voice;
use sapa_model::{AppError, AppResult, Attachment, NewUpload};
use send_wrapper::SendWrapper;

use crate::api::attachments::announce_upload;
use crate::browser::{self, Upload};

/// What a file will probably be; the server has the last word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalKind {
    /// Shown at once.
    Picture,
    /// A recording of the chat's own.
    Voice,
    /// Anything else.
    File,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// Not begun.
    Waiting,
    /// This part of it has left, from 0 to 1.
    Going(f64),
    /// The server has it.
    Done(Attachment),
    /// The server did not take it.
    Failed(AppError),
}

/// A file with what is shown of it. Clones are the same file.
#[derive(Clone)]
pub struct LocalFile {
    /// Its own in this page.
    pub id: u32,
    /// What it is called.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// What it will probably be.
    pub kind: LocalKind,
    /// Set for a recording.
    pub voice: Option<Voice>,
    /// Where this page finds it: a `blob:` address.
    pub url: String,
    /// Sides of a picture in pixels, once it was shown.
    pub sides: ArcRwSignal<Option<(u32, u32)>>,
    /// How far it has come.
    pub progress: ArcRwSignal<Progress>,
    file: SendWrapper<File>,
}

impl PartialEq for LocalFile {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for LocalFile {}

impl fmt::Debug for LocalFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalFile").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

impl LocalFile {
    /// Of a file that the browser has given; `None` where it gives no address to show it by.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number")]
    pub fn new(id: u32, file: File, voice: Option<Voice>) -> Option<Self> {
        const SHOWN: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];
        let kind = match voice {
            Some(_) => LocalKind::Voice,
            None if SHOWN.contains(&file.type_().as_str()) => LocalKind::Picture,
            None => LocalKind::File,
        };
        Some(Self {
            id,
            name: file.name(),
            size: file.size() as u64,
            kind,
            voice,
            url: Url::create_object_url_with_blob(&file).ok()?,
            sides: ArcRwSignal::new(None),
            progress: ArcRwSignal::new(Progress::Waiting),
            file: SendWrapper::new(file),
        })
    }

    /// What the server has made of it, if it has it.
    pub fn done(&self) -> Option<Attachment> {
        self.progress.with_untracked(|progress| match progress {
            Progress::Done(attachment) => Some(attachment.clone()),
            Progress::Waiting | Progress::Going(_) | Progress::Failed(_) => None,
        })
    }

    /// Sends it to the server: `started` is given what ends that when it is dropped, `ended` the answer.
    pub fn bring(
        &self,
        started: impl FnOnce(Option<Upload>) + 'static,
        ended: impl FnOnce(AppResult<Attachment>) + 'static,
    ) {
        self.progress.set(Progress::Going(0.0));
        let file = self.clone();
        spawn_local(async move {
            if !browser::can_read(&file.file).await {
                return ended(Err(AppError::not_found("file").on("file")));
            }
            let new = NewUpload { name: file.name.clone(), size: file.size, voice: file.voice.clone() };
            let id = match announce_upload(new).await {
                Ok(id) => id,
                Err(error) => return ended(Err(error)),
            };
            let going = file.progress.clone();
            let on_end = move |answer: AppResult<String>| {
                ended(answer.and_then(|json| {
                    serde_json::from_slice(json.as_bytes()).map_err(|_| AppError::internal())
                }));
            };
            let on_progress = move |part| going.set(Progress::Going(part));
            started(Upload::start(&format!("/files/{id}"), &file.file, on_progress, on_end));
        });
    }

    /// Lets the browser forget it. Nothing shows it any more.
    pub fn release(&self) {
        let _ = Url::revoke_object_url(&self.url);
    }
}
