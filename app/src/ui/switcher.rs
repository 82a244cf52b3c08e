//! Ctrl+K: straight to a chat, by a few letters of its name.

use leptos::{ev, html, prelude::*};
use sapa_model::RoomId;

use crate::browser;
use crate::i18n::use_t;
use crate::lazy::Lazy;
use crate::live::live;
use crate::parts::PanePiece;
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::dialogs::{face, title};
use crate::ui::kit::{Avatar, AvatarSize, If, Modal, composes};
use crate::way::use_way;

/// Chats offered at most.
const OFFERED: usize = 8;

/// The modal, and the key that opens it.
#[component]
pub fn Switcher() -> impl IntoView {
    let t = use_t();
    let open = RwSignal::new(false);
    let key = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key())
            && !event.shift_key()
            && event.key().eq_ignore_ascii_case("k")
        {
            event.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || key.remove());
    view! {
        <Modal open title=t.common.switch_to>
            <Lazy piece=PanePiece::Switcher(open) />
        </Modal>
    }
}

/// A combobox with a list below it (WAI-ARIA APG, combobox with list autocomplete).
#[component]
pub fn Search(
    /// The modal that it is in.
    open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_t();
    let live = live();
    let way = use_way();
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let input = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(input) = input.get() {
            input.focus().ok();
        }
    });
    let rooms = live.dialogs();
    let found = memo(move || {
        let query = browser::fold(query.get().trim());
        let named = |room: &RoomId| {
            live.dialog(*room).is_some_and(|dialog| browser::fold(&title(&dialog.read())).contains(&query))
        };
        rooms.get().into_iter().filter(named).take(OFFERED).collect::<Vec<_>>()
    });
    let go = move |room: RoomId| {
        open.set(false);
        way.go(&Place::Chat(room, None));
    };
    let keydown = move |event: ev::KeyboardEvent| {
        let count = found.read_untracked().len();
        match event.key().as_str() {
            _ if composes(&event) => return,
            "ArrowDown" if count > 0 => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                if let Some(room) = found.read_untracked().get(at.get_untracked()) {
                    go(*room);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |(i, room): (usize, RoomId)| {
        let dialog = live.dialog(room)?;
        let shown = dialog.clone();
        let name = derive(move || title(&shown.read()));
        let picture = derive(move || face(&dialog.read()));
        Some(view! {
            <li
                role="option"
                id=format!("switch-{i}")
                aria-selected=move || (at.get() == i).to_string()
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| go(room)
            >
                <Avatar face=picture size=AvatarSize::S />
                <bdi class="cut">{name}</bdi>
            </li>
        })
    };
    view! {
        <div class="switcher">
            <input
                node_ref=input
                type="text"
                role="combobox"
                autocomplete="off"
                aria-expanded="true"
                aria-controls="switch-list"
                aria-activedescendant=move || format!("switch-{}", at.get())
                aria-label=t.keys().switch_hint
                placeholder=t.keys().switch_hint
                prop:value=query
                on:input=move |event| {
                    query.set(event_target_value(&event));
                    at.set(0);
                }
                on:keydown=keydown
            />
            <ul id="switch-list" role="listbox" aria-label=t.common.chats>
                {move || found.get().into_iter().enumerate().filter_map(option).collect_view()}
            </ul>
            <If when=move || found.read().is_empty()>
                <p role="status">{t.groups().nothing_found}</p>
            </If>
        </div>
    }
}
