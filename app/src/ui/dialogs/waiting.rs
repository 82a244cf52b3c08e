//! What waits for an answer: people who ask to be friends, and first messages of strangers.

use leptos::prelude::*;

use super::Row;
use super::keys::TabStop;
use crate::i18n::use_t;
use crate::live::live;
use crate::place::Place;
use crate::reactive::derive;
use crate::ui::kit::{Badge, Glyph, Icon, Rows};
use crate::ui::messenger::current_room;
use crate::way::use_way;

/// The row above all chats that leads to what waits.
#[component]
pub fn Waiting() -> impl IntoView {
    let t = use_t();
    let live = live();
    let count = live.requests_waiting();
    let messages = live.requests();
    let place = use_way().place;
    let words = move || {
        let asked = live.me.with(|me| u64::from(me.friend_requests));
        let written = u64::try_from(messages.read().len()).unwrap_or_default();
        let written = (written > 0).then(|| (t.chat.first_messages)(written));
        let asked = (asked > 0).then(|| (t.chat.who_asks)(asked));
        written.into_iter().chain(asked).collect::<Vec<_>>().join(", ")
    };
    view! {
        <a
            class="dialog waiting"
            href="/requests"
            aria-current=move || (place.get() == Some(Place::Requests)).then_some("page")
        >
            <span class="waiting-art">
                <Icon glyph=Glyph::Mail />
            </span>
            <span class="dialog-lines">
                <span class="dialog-line">
                    <span class="dialog-name">{t.common.requests}</span>
                </span>
                <span class="dialog-line">
                    <span class="dialog-last cut">{words}</span>
                    <Badge count=count label=derive(move || (t.common.waiting)(count.get())) />
                </span>
            </span>
        </a>
    }
    .into_any()
}

/// The chats that strangers have begun, as in the list.
#[component]
pub fn FirstMessages() -> impl IntoView {
    let live = live();
    let rooms = live.requests();
    let current = current_room();
    let stop = TabStop::among(move || rooms.get(), current);
    let mounted = RwSignal::new(false);
    view! {
        <ul class="first-messages">
            <Rows each=move || rooms.get() key=|room| *room let:room>
                <li>
                    <Row
                        live=live
                        dialog=derive(move || live.dialog(room).map(|dialog| dialog.get()))
                        room=room
                        current=current
                        stop=stop
                        mounted=mounted
                    />
                </li>
            </Rows>
        </ul>
    }
    .into_any()
}
