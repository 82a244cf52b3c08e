//! On the server: no browser.

use sapa_model::{ClientId, Timestamp};

/// The time now.
pub fn now() -> Timestamp {
    Timestamp(0)
}

/// A new name for a message.
pub fn new_client_id() -> ClientId {
    ClientId::from_random_bytes([0; 16])
}

/// A number from 0 up to 1.
pub fn random() -> f64 {
    0.0
}

/// Whether somebody is looking: the page is visible and has the focus.
pub fn is_attended() -> bool {
    false
}

/// What the browser keeps under this key.
pub fn load(_key: &str) -> Option<String> {
    None
}

/// Keeps a text under this key; an empty one takes it away.
pub fn store(_key: &str, _text: &str) {}

/// Runs `then` once, after so many milliseconds.
pub fn after(_milliseconds: i32, _then: impl FnOnce() + 'static) {}

/// Runs `then` at each of these events of the window.
pub fn on_window(_events: &'static [&'static str], _then: impl Fn() + Clone + 'static) {}

/// Leaves for another page, with a full load.
pub fn leave_for(_address: &str) {}

/// Loads this page anew.
pub fn reload() {}

/// Sets the page's title and the badge of the installed app.
pub fn show_unread(_count: u64) {}

/// Asks before the page is left, or no longer.
pub fn ask_before_leaving(_ask: bool) {}

/// A file on its way.
pub struct Upload;

impl Upload {
    /// Sends a file: there is none here.
    pub fn start(
        _address: &str,
        _file: &web_sys::Blob,
        _on_progress: impl Fn(f64) + 'static,
        _on_end: impl FnOnce(sapa_model::AppResult<String>) + 'static,
    ) -> Option<Self> {
        None
    }
}

/// Marks the page as alive.
pub fn set_live() {}

/// Cuts a square out of a picture: there is none here.
pub fn cut_out(
    _picture: &web_sys::HtmlImageElement,
    _square: (f64, f64, f64),
    _most: u32,
    _kind: &str,
    _then: impl FnOnce(Option<web_sys::Blob>) + 'static,
) {
}

/// A recording under way.
pub struct Recorder;

impl Recorder {
    /// There is no microphone here.
    #[expect(clippy::unused_async, reason = "as in the browser")]
    pub async fn start(_on_level: impl Fn(u8) + 'static) -> sapa_model::AppResult<Self> {
        Err(sapa_model::AppError::internal())
    }

    /// Ends it.
    #[expect(clippy::unused_async, reason = "as in the browser")]
    pub async fn finish(self) -> sapa_model::AppResult<(web_sys::File, sapa_model::attachment::Voice)> {
        Err(sapa_model::AppError::internal())
    }
}
