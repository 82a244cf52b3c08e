//! Soft tones, for what rings and for what is new.

use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, OscillatorNode};

/// How a few tones sound, one after another.
pub(super) struct Tones {
    /// In hertz.
    pub hertz: [f32; 2],
    /// From 0 to 1.
    pub loudness: f32,
    /// From the begin of one to that of the next, in seconds.
    pub apart: f64,
    /// How long it takes to be there, in seconds.
    pub rise: f64,
    /// And to be gone again.
    pub length: f64,
}

impl Tones {
    /// Sounds once. Gives what sounds last.
    pub fn sound(&self, context: &AudioContext) -> Result<Option<OscillatorNode>, JsValue> {
        let mut begin = context.current_time();
        let mut last = None;
        for hertz in self.hertz {
            let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
            oscillator.frequency().set_value(hertz);
            gain.gain().set_value_at_time(0.0, begin)?;
            gain.gain().linear_ramp_to_value_at_time(self.loudness, begin + self.rise)?;
            gain.gain().linear_ramp_to_value_at_time(0.0, begin + self.length)?;
            oscillator.connect_with_audio_node(&gain)?;
            gain.connect_with_audio_node(&context.destination())?;
            oscillator.start_with_when(begin)?;
            oscillator.stop_with_when(begin + self.length + 0.05)?;
            last = Some(oscillator);
            begin += self.apart;
        }
        Ok(last)
    }
}
