//! On or off.

use leptos::prelude::*;

/// A switch with its words; takes effect at once.
#[component]
pub fn Switch(
    label: &'static str,
    #[prop(optional, into)] hint: Signal<&'static str>,
    #[prop(into)] on: Signal<bool>,
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            role="switch"
            class="switch"
            aria-checked=move || if on.get() { "true" } else { "false" }
            on:click=move |_| on_change.run(!on.get_untracked())
        >
            <span>
                <b>{label}</b>
                <small>{move || hint.get()}</small>
            </span>
            <i aria-hidden="true"></i>
        </button>
    }
}
