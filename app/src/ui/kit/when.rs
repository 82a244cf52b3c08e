//! What is there only at times.

use crate::reactive::memo;
use leptos::prelude::*;

/// Its children while something holds, else `otherwise`. Leptos' own `Show` is compiled anew for each
/// use; this one is compiled once.
#[component]
pub fn If(
    #[prop(into)] when: Signal<bool>,
    #[prop(optional)] otherwise: Option<ChildrenFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let when = memo(move || when.get());
    view! {
        {move || {
            if when.get() { Some(children()) } else { otherwise.as_ref().map(|otherwise| otherwise()) }
        }}
    }
}
