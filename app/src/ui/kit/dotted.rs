//! A few short facts in a row.

use leptos::prelude::*;

/// Facts beside one another with a dot between any two that share a line: no line begins or ends with one.
#[component]
pub fn Dotted(#[prop(into)] facts: Signal<Vec<String>>) -> impl IntoView {
    let fact = |(at, fact): (usize, String)| {
        let dot = (at > 0).then(|| view! { <i>" · "</i> });
        view! { <span>{dot} <bdi>{fact}</bdi></span> }
    };
    view! {
        <span class="dotted">
            <span>{move || facts.get().into_iter().enumerate().map(fact).collect_view()}</span>
        </span>
    }
    .into_any()
}
