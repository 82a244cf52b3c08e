//! Which part of a list to show.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use leptos::{ev, prelude::*};

/// A row of tabs: one stop of the Tab key, arrow keys inside.
#[component]
pub fn Tabs<T>(label: &'static str, tabs: Vec<(T, Signal<String>)>, chosen: RwSignal<T>) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let order: Vec<T> = tabs.iter().map(|(value, _)| *value).collect();
    let on_key = move |event: ev::KeyboardEvent| {
        let count = order.len();
        let at = order.iter().position(|value| *value == chosen.get_untracked()).unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % count,
            "ArrowLeft" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        chosen.set(order[to]);
        focus_child(&event, to);
    };
    let tab = move |(value, words): (T, Signal<String>)| {
        view! {
            <button
                type="button"
                role="tab"
                aria-selected=move || if chosen.get() == value { "true" } else { "false" }
                tabindex=move || if chosen.get() == value { "0" } else { "-1" }
                on:click=move |_| chosen.set(value)
            >
                {words}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_key>
            {tabs.into_iter().map(tab).collect_view()}
        </div>
    }
}

fn focus_child(event: &ev::KeyboardEvent, at: usize) {
    let row = event.current_target().and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let tab = row.and_then(|row| row.children().item(u32::try_from(at).ok()?));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        tab.focus().ok();
    }
}
