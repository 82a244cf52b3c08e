//! The pill to search in.

use std::sync::Arc;

use leptos::{ev, html, prelude::*};
use sapa_model::limits::SEARCH_MAX;

use super::{Glyph, Icon, IconButton, If};
use crate::i18n::use_t;

/// A search field; Esc or the cross empties it. Children stand at its end while it is empty.
#[component]
pub fn SearchBox(
    label: &'static str,
    value: RwSignal<String>,
    /// To move the focus to it.
    #[prop(optional)]
    input: NodeRef<html::Input>,
    #[prop(optional)] children: Option<ChildrenFn>,
) -> impl IntoView {
    let t = use_t();
    let clear = move || {
        value.set(String::new());
        if let Some(input) = input.get_untracked() {
            input.focus().ok();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !value.read_untracked().is_empty() {
            event.prevent_default();
            event.stop_propagation();
            clear();
        }
    };
    let children = StoredValue::new(children);
    let end: ChildrenFn = Arc::new(move || {
        children.with_value(|children| children.as_ref().map(|children| children())).into_any()
    });
    view! {
        <div class="search-box" role="search" aria-label=label>
            <Icon glyph=Glyph::Search />
            <input
                node_ref=input
                type="search"
                autocomplete="off"
                spellcheck="false"
                maxlength=SEARCH_MAX.to_string()
                placeholder=label
                aria-label=label
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=on_key
            />
            <If when=move || !value.read().is_empty() otherwise=end>
                <IconButton
                    glyph=Glyph::Close
                    label=t.common.clear_search
                    on_press=move |()| clear()
                />
            </If>
        </div>
    }
}
