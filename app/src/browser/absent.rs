//! On the server: no browser.

use sapa_model::call::{IceServer, Signal};
use sapa_model::{AppError, AppResult, ClientId, Timestamp};

use super::{Device, Lane, Picture, Quality, Said};

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

/// Whether the page can be seen.
pub fn is_visible() -> bool {
    false
}

/// The answer, where it comes within so many milliseconds.
pub async fn in_time<T>(_milliseconds: i32, answer: impl Future<Output = T>) -> Option<T> {
    Some(answer.await)
}

/// Whether the server answers a new question within so many milliseconds.
#[expect(clippy::unused_async, reason = "as in the browser")]
pub async fn is_reached(_milliseconds: i32) -> bool {
    false
}

/// Gives up what is asked over the connections that the browser keeps.
pub fn drop_connections() {}

/// What the browser keeps under this key.
pub fn load(_key: &str) -> Option<String> {
    None
}

/// Keeps a text under this key; an empty one takes it away.
pub fn store(_key: &str, _text: &str) {}

/// Runs `then` once, after so many milliseconds.
pub fn after(_milliseconds: i32, _then: impl FnOnce() + 'static) {}

/// Runs `then` each time one of the elements has another size.
pub fn on_resize<const N: usize>(_elements: [&web_sys::Element; N], _then: impl Fn() + 'static) {}

/// Runs `then` once there is nothing better to do.
pub fn when_idle(_then: impl FnOnce() + 'static) {}

/// Whether there is a network.
pub fn is_online() -> bool {
    true
}

/// Whether its user wants no more bytes than needed.
pub fn saves_data() -> bool {
    false
}

/// Runs `then` at each of these events of the window.
pub fn on_window(_events: &'static [&'static str], _then: impl Fn() + Clone + 'static) {}

/// The path of this page.
pub fn path() -> String {
    String::new()
}

/// Leaves for another page, with a full load.
pub fn leave_for(_address: &str) {}

/// The address of the site, where this page is open under another.
pub fn home_elsewhere() -> Option<String> {
    None
}

/// The name of the house, as the page has it.
pub fn house() -> String {
    String::new()
}

/// Loads this page anew.
pub fn reload() {}

/// Sets the window's title.
pub fn show_title(_title: &str) {}

/// Shows on the window's icon and the installed app how much waits.
pub fn show_waiting(_count: u64) {}

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
        _on_end: impl FnOnce(AppResult<String>) + 'static,
    ) -> Option<Self> {
        None
    }
}

/// A name as it is searched, without regard to how it is written.
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}

/// A text in capitals.
pub fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// Whether a file can be read: there is none here.
pub fn can_read(_file: &web_sys::Blob) -> std::future::Ready<bool> {
    std::future::ready(false)
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
    pub async fn start(_on_level: impl Fn(u8) + 'static) -> AppResult<Self> {
        Err(AppError::internal())
    }

    /// Ends it.
    #[expect(clippy::unused_async, reason = "as in the browser")]
    pub async fn finish(self) -> AppResult<(web_sys::File, sapa_model::attachment::Voice)> {
        Err(AppError::internal())
    }
}

/// What this tab keeps under this key.
pub fn load_here(_key: &str) -> Option<String> {
    None
}

/// Keeps a text under this key for as long as the tab lives.
pub fn store_here(_key: &str, _text: &str) {}

/// It rings as long as this lives.
pub struct Ringing;

impl Ringing {
    /// Nothing rings here.
    pub fn start() -> Option<Self> {
        None
    }
}

/// A telephone: there is none here, and nobody takes one up.
#[derive(Clone)]
pub struct Phone;

#[expect(clippy::unused_async, reason = "as in the browser")]
impl Phone {
    /// Takes one up.
    pub fn new(_on_said: impl Fn(Said) + 'static) -> Self {
        Self
    }

    /// From here on it connects.
    pub fn connect(&self, _seat: u32, _servers: &[IceServer], _relay_only: bool) {}

    /// These others are in.
    pub fn meet(&self, _seats: &[u32]) {}

    /// What another says.
    pub fn hear(&self, _from: u32, _signal: Signal) {}

    /// Ways to the others are looked for anew.
    pub fn restart(&self) {}

    /// Takes the microphone.
    pub async fn take_microphone(&self, _device: Option<String>) -> AppResult<()> {
        Err(AppError::internal())
    }

    /// Lets the others hear, or not.
    pub fn unmute(&self, _on: bool) -> bool {
        false
    }

    /// Takes the camera.
    pub async fn take_camera(&self, _device: Option<String>) -> AppResult<bool> {
        Err(AppError::internal())
    }

    /// Asks for a screen or a window.
    pub async fn take_screen(&self) -> AppResult<bool> {
        Err(AppError::internal())
    }

    /// Gives the camera or the screen back.
    pub fn stop(&self, _lane: Lane) {}

    /// Puts a picture or sound into an element.
    pub fn show(&self, _element: &web_sys::HtmlMediaElement, _picture: Picture) {}

    /// Others are heard by this device.
    pub fn take_speaker(&self, _device: Option<String>) {}

    /// How well another is heard.
    pub async fn quality(&self, _seat: u32) -> Option<Quality> {
        None
    }

    /// What there is to choose from.
    pub async fn devices(&self) -> Vec<Device> {
        Vec::new()
    }
}

/// Whether this browser can connect to others.
pub fn has_telephone() -> bool {
    false
}

/// Whether this browser can show others a screen.
pub fn can_share_screens() -> bool {
    false
}

/// Whether this browser can lift a picture over all windows.
pub fn has_picture_in_picture() -> bool {
    false
}

/// Puts back a picture whose place in the page is gone.
pub fn put_back_lost_picture() {}

/// Lifts the first such video over all windows, or puts it back.
pub fn picture_in_picture(_selector: &str) {}

/// Whether this page may show notifications: there are none here.
pub fn may_notify() -> Option<bool> {
    Some(false)
}

/// Asks for leave to show notifications.
#[expect(clippy::unused_async, reason = "as in the browser")]
pub async fn ask_to_notify() -> bool {
    false
}

/// A notification.
pub struct Notification;

impl Notification {
    /// Shows none.
    pub fn show(
        _title: &str,
        _text: &str,
        _tag: &str,
        _icon: Option<&str>,
        _on_press: impl Fn() + 'static,
    ) -> Option<Self> {
        None
    }
}

/// Sounds nowhere.
pub fn chime() {}
