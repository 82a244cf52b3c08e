//! The head of a page in the right pane.

use leptos::prelude::*;

/// A page's title, a line below it, and what can be done (children).
#[component]
pub fn PaneHead(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] sub: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="pane-head">
            <div>
                <h1>{move || title.get()}</h1>
                <p>{move || sub.get()}</p>
            </div>
            {children.map(|children| children())}
        </header>
    }
}
