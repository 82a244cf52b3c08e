//! What a call sounds like before it is answered.

use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::AudioContext;

use super::super::tone::Tones;

/// How often it rings, in milliseconds.
const EVERY_MS: i32 = 3_000;
/// A fourth upwards.
const TONES: Tones = Tones { hertz: [587.33, 783.99], loudness: 0.08, apart: 0.22, rise: 0.03, length: 0.6 };

/// It rings as long as this lives.
pub struct Ringing {
    _inner: SendWrapper<Inner>,
}

struct Inner {
    context: AudioContext,
    interval: i32,
    _on_tick: Closure<dyn Fn()>,
}

impl Ringing {
    /// Begins to ring; nothing where the browser lets no page sound that nobody has touched.
    pub fn start() -> Option<Self> {
        let context = AudioContext::new().ok()?;
        let on_tick = Closure::<dyn Fn()>::new({
            let context = context.clone();
            move || {
                // Fails only where the context is closed.
                let _ = TONES.sound(&context);
            }
        });
        TONES.sound(&context).ok()?;
        let tick = on_tick.as_ref().unchecked_ref();
        let window = web_sys::window()?;
        let interval = window.set_interval_with_callback_and_timeout_and_arguments_0(tick, EVERY_MS).ok()?;
        Some(Self { _inner: SendWrapper::new(Inner { context, interval, _on_tick: on_tick }) })
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.interval);
        }
        let _ = self.context.close();
    }
}
