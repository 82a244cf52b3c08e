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
    on_press: Callback<Element>,
}

impl LongPress {
    /// `on_press` is told on what.
    pub fn new(on_press: Callback<Element>) -> Self {
        Self { waiting: StoredValue::new(None), on_press }
    }

    /// Something touches the element. A pointer with buttons has other ways.
    pub fn begin(self, event: &ev::PointerEvent) {
        self.end();
        let touched = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let bubble = touched.and_then(|touched| touched.closest(".bubble").ok().flatten());
        let Some(bubble) = bubble.filter(|_| event.pointer_type() == "touch") else { return };
        let press = move || {
            self.on_press.try_run(bubble.clone());
        };
        let handle = set_timeout_with_handle(press, LONG).ok();
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

    /// It has gone.
    pub fn end(self) {
        if let Some(Some((handle, ..))) = self.waiting.try_update_value(Option::take) {
            handle.clear();
        }
    }
}
