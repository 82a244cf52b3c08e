//! Notifications of the system, and the tone that goes with them.

use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, NotificationOptions, NotificationPermission};

use super::tone::Tones;

/// A third upwards.
const TONES: Tones = Tones { hertz: [659.25, 783.99], loudness: 0.06, apart: 0.12, rise: 0.02, length: 0.35 };

/// Whether this page may show notifications: yes, no, or it has not been asked for.
pub fn may_notify() -> Option<bool> {
    // Not there where the page is not secure, nor in some browsers.
    let is_there = js_sys::Reflect::has(&js_sys::global(), &JsValue::from("Notification"));
    if !is_there.unwrap_or(false) {
        return Some(false);
    }
    match web_sys::Notification::permission() {
        NotificationPermission::Granted => Some(true),
        NotificationPermission::Default => None,
        _ => Some(false),
    }
}

/// Asks for leave to show notifications; to be called where somebody presses.
pub async fn ask_to_notify() -> bool {
    if let (None, Ok(asked)) = (may_notify(), web_sys::Notification::request_permission()) {
        let _ = JsFuture::from(asked).await;
    }
    may_notify() == Some(true)
}

/// A notification that stands as long as this lives.
pub struct Notification {
    inner: SendWrapper<(web_sys::Notification, Closure<dyn Fn()>)>,
}

impl Notification {
    /// Shows it in place of an earlier one with the same tag. It makes no sound of its own.
    pub fn show(
        title: &str,
        text: &str,
        tag: &str,
        icon: Option<&str>,
        on_press: impl Fn() + 'static,
    ) -> Option<Self> {
        if may_notify() != Some(true) {
            return None;
        }
        let options = NotificationOptions::new();
        options.set_body(text);
        options.set_tag(tag);
        options.set_silent(Some(true));
        if let Some(icon) = icon {
            options.set_icon(icon);
        }
        // Phones show none without a service worker.
        let shown = web_sys::Notification::new_with_options(title, &options).ok()?;
        let on_click = Closure::<dyn Fn()>::new({
            let shown = shown.clone();
            move || {
                if let Some(window) = web_sys::window() {
                    let _ = window.focus();
                }
                on_press();
                shown.close();
            }
        });
        shown.set_onclick(Some(on_click.as_ref().unchecked_ref()));
        Some(Self { inner: SendWrapper::new((shown, on_click)) })
    }
}

impl Drop for Notification {
    fn drop(&mut self) {
        self.inner.0.set_onclick(None);
        self.inner.0.close();
    }
}

/// Sounds once, softly; nothing where the browser lets no page sound that nobody has touched.
pub fn chime() {
    let _ = sound();
}

fn sound() -> Result<(), JsValue> {
    let context = AudioContext::new()?;
    let last = TONES.sound(&context)?;
    // Each holds a place in the browser until it is closed.
    if let Some(last) = last {
        let close = Closure::once_into_js(move || drop(context.close()));
        last.set_onended(Some(close.unchecked_ref()));
    }
    Ok(())
}
