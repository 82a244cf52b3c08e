//! A small count on something that waits.

use super::If;
use leptos::prelude::*;

/// The count; nothing at zero, "99+" beyond 99.
#[component]
pub fn Badge(
    #[prop(into)] count: Signal<u64>,
    /// Muted: grey instead of coral.
    #[prop(optional, into)]
    quiet: Signal<bool>,
    /// What is counted, in words with the number, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let shown = move || match count.get() {
        n @ 0..=99 => n.to_string(),
        _ => "99+".to_owned(),
    };
    view! {
        <If when=move || { count.get() > 0 }>
            <span class="badge" class:quiet=quiet>
                <span aria-hidden="true">{move || shown()}</span>
                <span class="unseen">{label}</span>
            </span>
        </If>
    }
}
