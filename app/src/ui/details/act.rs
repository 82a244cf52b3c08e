//! Something that can be done with a room.

use leptos::{ev, prelude::*};

use crate::ui::kit::{Glyph, Icon};

/// A tile that opens what asks for the rest.
#[component]
pub fn Act(glyph: Glyph, label: &'static str, opens: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="act"
            class:is-danger=glyph == Glyph::Trash
            on:click=move |_: ev::MouseEvent| opens.set(true)
        >
            <Icon glyph />
            {label}
        </button>
    }
}
