//! Waiting for a pause.

use std::time::Duration;

use leptos::prelude::*;

/// Follows `value`, once it has stood still for `ms` milliseconds.
pub fn debounced(value: Signal<String>, ms: u64) -> Signal<String> {
    let settled = RwSignal::new(value.get_untracked());
    let mut settle = debounce(Duration::from_millis(ms), move |text: String| {
        // The page may be gone by then.
        settled.try_set(text);
    });
    Effect::watch(move || value.get(), move |text, _, _| settle(text.clone()), false);
    settled.into()
}
