//! In the browser.

mod cut;
mod notification;
mod phone;
mod recorder;
mod tone;
mod upload;

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use sapa_model::text::without_marks;
use sapa_model::{ClientId, Timestamp};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

pub use cut::cut_out;
pub use notification::{Notification, ask_to_notify, chime, may_notify};
pub use phone::{
    Phone, Ringing, can_share_screens, has_picture_in_picture, has_telephone, picture_in_picture,
    put_back_lost_picture,
};
pub use recorder::Recorder;
pub use upload::{Upload, can_read};

/// Long enough for what the page itself asks for when it begins, in milliseconds.
const REST_MS: i32 = 2_000;

#[wasm_bindgen]
extern "C" {
    // Not in web-sys: https://www.w3.org/TR/badging/
    #[wasm_bindgen(js_namespace = navigator, js_name = setAppBadge, catch)]
    fn set_app_badge(count: f64) -> Result<(), JsValue>;
}

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The time now.
#[allow(clippy::cast_possible_truncation)]
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// A new name for a message.
///
/// `crypto.randomUUID` would need a secure context, and a host on a home network has none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number below 256")]
pub fn new_client_id() -> ClientId {
    let mut bytes = [0; 16];
    let filled =
        window().and_then(|w| w.crypto().ok()).map(|c| c.get_random_values_with_u8_array(&mut bytes));
    if !matches!(filled, Some(Ok(_))) {
        bytes.fill_with(|| (random() * 256.0) as u8);
    }
    ClientId::from_random_bytes(bytes)
}

/// A number from 0 up to 1.
pub fn random() -> f64 {
    js_sys::Math::random()
}

/// A name as it is searched, without regard to how it is written: each side of a comparison goes through this.
pub fn fold(name: &str) -> String {
    let decomposed = String::from(js_sys::JsString::from(name).normalize("NFKD"));
    let bare: String = without_marks(decomposed.chars()).collect();
    upper(&bare)
}

/// A text in capitals. The browser has the tables for it, which are large.
pub fn upper(text: &str) -> String {
    js_sys::JsString::from(text).to_upper_case().into()
}

/// Whether somebody is looking: the page is visible and has the focus.
pub fn is_attended() -> bool {
    is_visible() && window().and_then(|w| w.document()).is_some_and(|d| d.has_focus().unwrap_or(false))
}

/// Whether the page can be seen.
pub fn is_visible() -> bool {
    window()
        .and_then(|w| w.document())
        .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// The answer, where it comes within so many milliseconds; else it is waited for no longer.
pub async fn in_time<T>(milliseconds: i32, answer: impl Future<Output = T>) -> Option<T> {
    let timer = js_sys::Promise::new(&mut |resolve, _| {
        after(milliseconds, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        });
    });
    let (mut answer, mut timer) = (pin!(answer), pin!(JsFuture::from(timer)));
    poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(Some(answer)),
        Poll::Pending => timer.as_mut().poll(context).map(|_| None),
    })
    .await
}

/// Whether the server answers a new question within so many milliseconds. It goes without cookies, for which
/// browsers take a connection that the page has not used: those may be dead.
pub async fn is_reached(milliseconds: i32) -> bool {
    let Some(window) = window() else { return false };
    let how = web_sys::RequestInit::new();
    how.set_method("HEAD");
    how.set_credentials(web_sys::RequestCredentials::Omit);
    how.set_cache(web_sys::RequestCache::NoStore);
    how.set_signal(Some(&web_sys::AbortSignal::timeout_with_u32(milliseconds.unsigned_abs())));
    JsFuture::from(window.fetch_with_str_and_init("/healthz", &how)).await.is_ok()
}

/// Gives up what is asked over the connections that the browser keeps, and those that do not answer: see
/// `shell/fetch.js`.
pub fn drop_connections() {
    if let (Some(window), Ok(event)) = (window(), web_sys::Event::new("sapa:silence")) {
        let _ = window.dispatch_event(&event);
    }
}

fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok()?
}

fn storage_here() -> Option<web_sys::Storage> {
    window()?.session_storage().ok()?
}

/// What this tab keeps under this key.
pub fn load_here(key: &str) -> Option<String> {
    storage_here()?.get_item(key).ok()?
}

/// Keeps a text under this key for as long as the tab lives; an empty one takes it away.
pub fn store_here(key: &str, text: &str) {
    let Some(storage) = storage_here() else { return };
    let _ = if text.is_empty() { storage.remove_item(key) } else { storage.set_item(key, text) };
}

/// What the browser keeps under this key.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a text under this key; an empty one takes it away. A full or forbidden storage is not an
/// error: what is typed then lives as long as the page.
pub fn store(key: &str, text: &str) {
    let Some(storage) = storage() else { return };
    let _ = if text.is_empty() { storage.remove_item(key) } else { storage.set_item(key, text) };
}

/// Runs `then` once, after so many milliseconds.
pub fn after(milliseconds: i32, then: impl FnOnce() + 'static) {
    let Some(window) = window() else { return };
    let then = Closure::once_into_js(then);
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), milliseconds);
}

/// Runs `then` each time one of the elements has another size: before it is seen, for as long as they live.
pub fn on_resize<const N: usize>(elements: [&web_sys::Element; N], then: impl Fn() + 'static) {
    let then = Closure::<dyn Fn()>::new(then).into_js_value();
    let Ok(observer) = web_sys::ResizeObserver::new(then.unchecked_ref()) else { return };
    for element in elements {
        observer.observe(element);
    }
}

/// Runs `then` once the page has come to rest and there is nothing better to do.
pub fn when_idle(then: impl FnOnce() + 'static) {
    after(REST_MS, || {
        let Some(window) = window() else { return };
        let then = Closure::once_into_js(then);
        // Safari has none.
        if window.request_idle_callback(then.unchecked_ref()).is_err() {
            let _ = window.set_timeout_with_callback(then.unchecked_ref());
        }
    });
}

/// Whether there is a network.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

// Not in web-sys without its unstable interfaces: https://wicg.github.io/netinfo/
fn connection() -> Option<JsValue> {
    js_sys::Reflect::get(&window()?.navigator(), &JsValue::from("connection")).ok()
}

/// Whether its user wants no more bytes than needed.
pub fn saves_data() -> bool {
    connection()
        .and_then(|connection| js_sys::Reflect::get(&connection, &JsValue::from("saveData")).ok())
        .is_some_and(|saves| saves.is_truthy())
}

/// Runs `then` at each of these events of the window and its document, for as long as the page lives;
/// `connectionchange` is the network's, where the browser tells of it.
pub fn on_window(events: &'static [&'static str], then: impl Fn() + Clone + 'static) {
    let Some(window) = window() else { return };
    let closure = Closure::<dyn Fn()>::new(then);
    let listener = closure.as_ref().unchecked_ref();
    for event in events {
        let _ = match (*event, window.document()) {
            ("visibilitychange", Some(document)) => {
                document.add_event_listener_with_callback(event, listener)
            }
            ("connectionchange", _) => match connection().map(JsCast::dyn_into::<web_sys::EventTarget>) {
                Some(Ok(connection)) => connection.add_event_listener_with_callback("change", listener),
                Some(Err(_)) | None => Ok(()),
            },
            _ => window.add_event_listener_with_callback(event, listener),
        };
    }
    closure.forget();
}

/// The path of this page.
pub fn path() -> String {
    window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// Leaves for another page, with a full load.
pub fn leave_for(address: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(address);
    }
}

/// The address of the site, where this page is open under another.
pub fn home_elsewhere() -> Option<String> {
    let window = window()?;
    let home = window.document()?.document_element()?.get_attribute("data-home")?;
    (window.location().origin().ok()? != home).then_some(home)
}

/// The name of the house, as the page has it.
pub fn house() -> String {
    let root = window().and_then(|window| window.document()?.document_element());
    root.and_then(|root| root.get_attribute("data-house")).unwrap_or_default()
}

/// Loads this page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Sets the window's title.
pub fn show_title(title: &str) {
    if let Some(document) = window().and_then(|w| w.document()) {
        document.set_title(title);
    }
}

/// Shows on the window's icon and the installed app how much waits.
#[allow(clippy::cast_precision_loss)]
pub fn show_waiting(count: u64) {
    let Some(document) = window().and_then(|w| w.document()) else { return };
    let _ = set_app_badge(count as f64);
    if let Ok(Some(icon)) = document.query_selector("link[rel=icon]") {
        let _ = icon.set_attribute("href", if count == 0 { "/favicon.svg" } else { "/favicon-unread.svg" });
    }
}

/// Lets the browser ask before the page is left, or no longer.
pub fn ask_before_leaving(ask: bool) {
    thread_local! {
        static ASKING: Closure<dyn Fn(web_sys::Event)> =
            Closure::new(|event: web_sys::Event| event.prevent_default());
    }
    let Some(window) = window() else { return };
    ASKING.with(|asking| {
        let listener = asking.as_ref().unchecked_ref();
        let _ = if ask {
            window.add_event_listener_with_callback("beforeunload", listener)
        } else {
            window.remove_event_listener_with_callback("beforeunload", listener)
        };
    });
}

/// Marks the page as alive, for styles and tests.
pub fn set_live() {
    if let Some(root) = window().and_then(|w| w.document()).and_then(|d| d.document_element()) {
        let _ = root.set_attribute("data-live", "");
    }
}
