//! What lies above a page and goes with the browser's Back.

use leptos::prelude::*;

use crate::way::use_way;

/// Has Back close what is `open` above the page. Call in a component's body.
pub fn closes_on_back(open: Signal<bool>, close: Callback<()>) {
    let way = use_way();
    let step = StoredValue::new(None);
    let lift = move || {
        if let Some(step) = step.try_update_value(Option::take).flatten() {
            way.lift(step);
        }
    };
    Effect::new(move |_| {
        if !open.get() {
            lift();
        } else if step.with_value(Option::is_none) {
            step.set_value(Some(way.lay_over(close)));
        }
    });
    on_cleanup(lift);
}
