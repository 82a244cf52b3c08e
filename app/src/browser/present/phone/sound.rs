//! What a call sounds like before it is answered.

use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use web_sys::AudioContext;

/// How often it rings, in milliseconds.
const EVERY_MS: i32 = 3_000;
/// Two soft tones, in hertz: a fourth.
const TONES: [f32; 2] = [587.33, 783.99];
const LOUDNESS: f32 = 0.08;

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
                let _ = ring(&context);
            }
        });
        ring(&context).ok()?;
        let tick = on_tick.as_ref().unchecked_ref();
        let window = web_sys::window()?;
        let interval = window.set_interval_with_callback_and_timeout_and_arguments_0(tick, EVERY_MS).ok()?;
        Some(Self { _inner: SendWrapper::new(Inner { context, interval, _on_tick: on_tick }) })
    }
}

fn ring(context: &AudioContext) -> Result<(), JsValue> {
    let now = context.current_time();
    for (tone, start) in TONES.iter().zip([0.0, 0.22]) {
        let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
        oscillator.frequency().set_value(*tone);
        let begin = now + start;
        gain.gain().set_value_at_time(0.0, begin)?;
        gain.gain().linear_ramp_to_value_at_time(LOUDNESS, begin + 0.03)?;
        gain.gain().linear_ramp_to_value_at_time(0.0, begin + 0.6)?;
        oscillator.connect_with_audio_node(&gain)?;
        gain.connect_with_audio_node(&context.destination())?;
        oscillator.start_with_when(begin)?;
        oscillator.stop_with_when(begin + 0.65)?;
    }
    Ok(())
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.interval);
        }
        let _ = self.context.close();
    }
}
