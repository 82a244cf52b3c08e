//! Icons: one stroke, one colour, that of the text around.

use leptos::prelude::*;

use super::Glyph;

/// An icon. It says nothing to screen readers: what it stands on carries the name.
#[component]
pub fn Icon(#[prop(into)] glyph: Signal<Glyph>) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=move || glyph.get().path()></path>
        </svg>
    }
}
