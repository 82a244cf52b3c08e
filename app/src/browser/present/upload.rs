//! Sending a file, with progress. `fetch` cannot tell how much of a body has left; this can.
//!
//! It may take as long as it likes while it gets any further: in a tunnel the browser would wait for ever.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use sapa_model::{AppError, AppResult, ErrorCode};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

/// How often to look whether a file gets any further, in milliseconds.
const LOOK_MS: i32 = 5_000;
/// How long a file may get no further, in milliseconds.
const STALL_MS: i64 = 20_000;
/// How long the server may look at a file that it has whole, in milliseconds.
const ANSWER_MS: i64 = 120_000;

/// A file on its way. Dropping it ends that.
pub struct Upload(#[expect(dead_code, reason = "held, not read")] SendWrapper<Inner>);

struct Inner {
    request: XmlHttpRequest,
    _on_progress: Closure<dyn Fn(ProgressEvent)>,
    _on_end: Closure<dyn Fn()>,
}

impl Upload {
    /// Sends a file to an address of ours. `on_progress` hears which part has left, from 0 to 1;
    /// `on_end` hears the answer once. `None` where the browser refuses even to try, which `on_end`
    /// has heard then.
    pub fn start(
        address: &str,
        file: &Blob,
        on_progress: impl Fn(f64) + 'static,
        on_end: impl FnOnce(AppResult<String>) + 'static,
    ) -> Option<Self> {
        let on_end = Rc::new(RefCell::new(Some(on_end)));
        let end = move |answer| {
            let on_end = on_end.borrow_mut().take();
            if let Some(on_end) = on_end {
                on_end(answer);
            }
        };
        let Ok(request) = XmlHttpRequest::new() else {
            end(Err(unreachable()));
            return None;
        };
        let latest = Rc::new(Cell::new(Latest { at: super::now().0, whole: false }));
        let moved = latest.clone();
        let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            moved.set(Latest { at: super::now().0, whole: event.loaded() >= event.total() });
            if event.total() > 0.0 {
                on_progress(event.loaded() / event.total());
            }
        });
        let on_end = Closure::<dyn Fn()>::new({
            let (request, end) = (request.clone(), end.clone());
            move || end(answer(&request))
        });
        let started = request.open_with_async("PUT", address, true).is_ok() && {
            if let Ok(upload) = request.upload() {
                upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
            }
            request.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
            request.send_with_opt_blob(Some(file)).is_ok()
        };
        if !started {
            end(Err(unreachable()));
            return None;
        }
        watch(request.clone(), latest, end);
        Some(Self(SendWrapper::new(Inner { request, _on_progress: on_progress, _on_end: on_end })))
    }
}

/// Whether a file can be read: it may have been moved, or be a folder.
pub async fn can_read(file: &Blob) -> bool {
    match file.slice_with_i32_and_i32(0, 1) {
        Ok(first) => JsFuture::from(first.array_buffer()).await.is_ok(),
        Err(_) => false,
    }
}

/// When a file got further last, and whether all of it has left.
#[derive(Clone, Copy)]
struct Latest {
    at: i64,
    whole: bool,
}

/// Breaks a file off that gets no further.
fn watch(request: XmlHttpRequest, latest: Rc<Cell<Latest>>, end: impl Fn(AppResult<String>) + 'static) {
    super::after(LOOK_MS, move || {
        // Answered, or dropped.
        if matches!(request.ready_state(), XmlHttpRequest::UNSENT | XmlHttpRequest::DONE) {
            return;
        }
        let Latest { at, whole } = latest.get();
        if super::now().0 - at < if whole { ANSWER_MS } else { STALL_MS } {
            return watch(request, latest, end);
        }
        end(Err(unreachable()));
        let _ = request.abort();
    });
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.request.set_onloadend(None);
        if let Ok(upload) = self.request.upload() {
            upload.set_onprogress(None);
        }
        let _ = self.request.abort();
    }
}

fn answer(request: &XmlHttpRequest) -> AppResult<String> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status() {
        Ok(200) => Ok(text),
        Ok(0) | Err(_) => Err(unreachable()),
        Ok(_) => Err(serde_json::from_slice(text.as_bytes()).unwrap_or_else(|_| AppError::internal())),
    }
}

fn unreachable() -> AppError {
    AppError::new(ErrorCode::Unavailable, "The server cannot be reached.")
}
