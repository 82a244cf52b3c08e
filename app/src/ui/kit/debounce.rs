//! Waiting for a pause.

use std::time::Duration;

use leptos::prelude::*;

/// Follows `value`, once it has stood still for `ms` milliseconds.
pub fn debounced<T: Clone + Send + Sync + 'static>(value: Signal<T>, ms: u64) -> Signal<T> {
    let settled = RwSignal::new(value.get_untracked());
    let mut settle = debounce(Duration::from_millis(ms), move |new: T| {
        // The page may be gone by then.
        settled.try_set(new);
    });
    Effect::watch(move || value.get(), move |new, _, _| settle(new.clone()), false);
    settled.into()
}
