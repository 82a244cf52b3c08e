//! The list of keys, and the keys that belong to the page as a whole.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, prelude::*};

use crate::i18n::{Messages, use_t};
use crate::lazy::Lazy;
use crate::parts::PanePiece;
use crate::ui::kit::Modal;

/// The parts of the page that F6 goes through: of each, the first of these that is there.
const LANDMARKS: [&[&str]; 4] =
    [&[".rail a"], &[".dialogs input"], &[".composer textarea", "#pane"], &[".details button"]];

/// A key, and what it does.
type Line = (&'static str, fn(&Messages) -> &'static str);

const LINES: [Line; 9] = [
    ("Ctrl K", |t| t.keys().switch),
    ("Alt ↑ ↓", |t| t.keys().chats),
    ("Alt Shift ↑ ↓", |t| t.keys().unread),
    ("Enter", |t| t.keys().send),
    ("Shift Enter", |t| t.keys().line_break),
    ("Esc", |t| t.keys().end),
    ("← → Space M", |t| t.keys().stories),
    ("F6", |t| t.keys().region),
    ("Ctrl /", |t| t.keys().help),
];

/// The modal with the list, opened by `?` or Ctrl+/; and F6.
#[component]
pub fn KeysHelp() -> impl IntoView {
    let t = use_t();
    let open = RwSignal::new(false);
    let key = window_event_listener(ev::keydown, move |event| {
        let typing = event.target().is_some_and(|target| is_text_field(target.unchecked_ref()));
        match event.key().as_str() {
            "/" if event.ctrl_key() || event.meta_key() => open.set(true),
            "?" if !typing => open.set(true),
            "F6" => next_landmark(),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || key.remove());
    view! {
        <Modal open title=t.common.keyboard>
            <Lazy piece=PanePiece::Keys />
        </Modal>
    }
}

/// The list.
#[component]
pub fn KeyList() -> impl IntoView {
    let t = use_t();
    view! {
        <dl class="keys">
            {LINES
                .map(|(key, what)| {
                    view! {
                        <dt>
                            <kbd>{key}</kbd>
                        </dt>
                        <dd>{move || what(t)}</dd>
                    }
                })
                .collect_view()}
        </dl>
    }
}

fn is_text_field(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Moves the focus to the part of the page after the one that has it.
fn next_landmark() {
    let find = |selector: &&str| document().query_selector(selector).ok().flatten();
    let parts: Vec<Element> = LANDMARKS.iter().filter_map(|part| part.iter().find_map(find)).collect();
    let focused = document().active_element();
    let region = |element: &Element| element.closest(".rail, .dialogs, #pane, .details").ok().flatten();
    let here = focused.as_ref().and_then(region);
    let at = parts.iter().rposition(|part| region(part) == here && here.is_some());
    let next = at.map_or(0, |at| (at + 1) % parts.len().max(1));
    if let Some(part) = parts.get(next).and_then(|part| part.dyn_ref::<HtmlElement>()) {
        part.focus().ok();
    }
}
