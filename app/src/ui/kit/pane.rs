//! The head of a page in the right pane.

use leptos::prelude::*;

/// A page's title, a line below it, and what can be done (children).
#[component]
pub fn PaneHead(
    title: &'static str,
    #[prop(optional)] sub: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="pane-head">
            <div>
                <h1>{title}</h1>
                <p>{sub}</p>
            </div>
            {children.map(|children| children())}
        </header>
    }
}
