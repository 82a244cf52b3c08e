//! A long press of a finger.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use leptos::{ev, prelude::*};

/// How long a finger must rest.
const LONG: Duration = Duration::from_millis(450);

/// How far it may slip meanwhile, in pixels.
const SLIP: i32 = 10;

/// Watches for a finger that rests on an element.
#[derive(Clone, Copy)]
pub struct LongPress {
    waiting: StoredValue<Option<(TimeoutHandle, i32, i32)>>,
    /// The finger has rested long enough, and has not gone yet.
    pressed: StoredValue<bool>,
    on_press: Callback<Element>,
    on_release: Callback<()>,
}

impl LongPress {
    /// `on_press` is told on what the finger rests, `on_release` that it has gone after that.
    pub fn new(on_press: Callback<Element>, on_release: Callback<()>) -> Self {
        Self { waiting: StoredValue::new(None), pressed: StoredValue::new(false), on_press, on_release }
    }

    /// The finger has rested.
    fn press(self, on: Element) {
        self.pressed.try_set_value(true);
        self.on_press.try_run(on);
    }

    /// Something touches the element. A pointer with buttons has other ways.
    pub fn begin(self, event: &ev::PointerEvent) {
        self.end();
        self.pressed.set_value(false);
        let Some(bubble) = bubble(event).filter(|_| event.pointer_type() == "touch") else { return };
        let handle = set_timeout_with_handle(move || self.press(bubble), LONG).ok();
        self.waiting.set_value(handle.map(|handle| (handle, event.client_x(), event.client_y())));
    }

    /// It moves: it scrolls rather than rests.
    pub fn slip(self, event: &ev::PointerEvent) {
        let has_slipped = |&(_, x, y): &(TimeoutHandle, i32, i32)| {
            (event.client_x() - x).abs() > SLIP || (event.client_y() - y).abs() > SLIP
        };
        if self.waiting.try_with_value(|waiting| waiting.as_ref().is_some_and(has_slipped)) == Some(true) {
            self.end();
        }
    }

    /// It has gone, or the browser has taken it.
    pub fn release(self) {
        self.end();
        if self.pressed.try_update_value(std::mem::take) == Some(true) {
            self.on_release.try_run(());
        }
    }

    /// It rests no longer.
    fn end(self) {
        if let Some(Some((handle, ..))) = self.waiting.try_update_value(Option::take) {
            handle.clear();
        }
    }
}

/// The message that an event is about.
fn bubble(event: &ev::PointerEvent) -> Option<Element> {
    let touched = event.target()?.dyn_into::<Element>().ok()?;
    touched.closest(".bubble").ok().flatten()
}
