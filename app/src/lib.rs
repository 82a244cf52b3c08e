//! The interface of Sapa.

use leptos::prelude::*;

/// The whole interface.
#[component]
pub fn App() -> impl IntoView {
    view! { <main>"Sapa"</main> }
}
