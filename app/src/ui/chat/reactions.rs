//! Reactions: what stands below the words, and the choice of another.

use std::time::Duration;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, html, prelude::*, task::spawn_local};
use sapa_model::message::Reaction;
use sapa_model::{Emoji, MessageId, RoomId};

use crate::api::channels::react;
use crate::i18n::use_t;
use crate::reactive::memo;
use crate::ui::composer::EMOJI;
use crate::ui::kit::{Glyph, Icon, Rows, place_beside, use_toasts};

/// Id of the popover, of which there is one on the page.
const PICKER: &str = "reaction-picker";
/// On the popover while the finger that opened it rests, and for as long after it as the browser may take to
/// close what it has opened.
const HELD: &str = "data-held";
const LETS_GO: Duration = Duration::from_millis(400);

/// The reactions to a message, and the reader's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reacted {
    /// The emoji that came first stands first.
    pub counts: Vec<Reaction>,
    /// The reader's.
    pub own: Option<Emoji>,
}

/// To which message somebody is about to react, and how they have reacted so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reacting {
    /// Which.
    pub id: MessageId,
    /// The reader's own reaction.
    pub own: Option<Emoji>,
}

/// Reacts with an emoji; with the one that is there already, takes it back.
pub fn use_react(room: RoomId) -> Callback<(Reacting, String)> {
    let toasts = use_toasts();
    Callback::new(move |(reacting, emoji): (Reacting, String)| {
        let again = reacting.own.as_ref().is_some_and(|own| own.as_str() == emoji);
        spawn_local(async move {
            if let Err(error) = react(room, reacting.id, (!again).then_some(emoji)).await {
                toasts.fault(&error);
            }
        });
    })
}

/// The counts below a message. A press joins in, or takes one's own back.
#[component]
pub fn ReactionChips(
    room: RoomId,
    id: Memo<Option<MessageId>>,
    reacted: Memo<Reacted>,
    /// The message is pointed at or has the focus: its chips are stops of the Tab key.
    active: Memo<bool>,
) -> impl IntoView {
    let t = use_t();
    let toggle = use_react(room);
    let press = move |emoji: &Emoji| {
        if let Some(id) = id.get_untracked() {
            let own = reacted.with_untracked(|reacted| reacted.own.clone());
            toggle.run((Reacting { id, own }, emoji.to_string()));
        }
    };
    let chip = move |emoji: Emoji| {
        let emoji = StoredValue::new(emoji);
        let shown = emoji.with_value(Emoji::to_string);
        let is_own =
            move || reacted.with(|reacted| emoji.with_value(|emoji| reacted.own.as_ref() == Some(emoji)));
        let count = memo(move || {
            let of_this = |reaction: &&Reaction| emoji.with_value(|emoji| reaction.emoji == *emoji);
            reacted.with(|reacted| reacted.counts.iter().find(of_this).map_or(0, |reaction| reaction.count))
        });
        let label = move || format!("{} {}", emoji.with_value(Emoji::to_string), count.get());
        view! {
            <li>
                <button
                    type="button"
                    class="reaction"
                    tabindex=move || if active.get() { "0" } else { "-1" }
                    aria-pressed=move || is_own().to_string()
                    aria-label=label
                    on:click=move |_: ev::MouseEvent| emoji.with_value(press)
                >
                    <span aria-hidden="true">{shown}</span>
                    <b aria-hidden="true">{count}</b>
                </button>
            </li>
        }
        .into_any()
    };
    let any = memo(move || reacted.with(|reacted| !reacted.counts.is_empty()));
    let emoji =
        move || reacted.with(|reacted| reacted.counts.iter().map(|r| r.emoji.clone()).collect::<Vec<_>>());
    move || {
        any.get().then(|| {
            view! {
                <ul class="reactions" aria-label=t.chat.reactions>
                    <Rows each=emoji key=Emoji::to_string let:emoji>
                        {chip(emoji)}
                    </Rows>
                </ul>
            }
        })
    }
}

/// The button beside a message that opens the choice.
#[component]
pub fn ReactButton(
    /// Notes to which message.
    on_open: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let button = NodeRef::<html::Button>::new();
    let open = move |_: ev::MouseEvent| {
        on_open.run(());
        if let (Some(button), Some(picker)) = (button.get_untracked(), the_picker()) {
            place_beside(&button, &picker);
        }
    };
    view! {
        <button
            node_ref=button
            type="button"
            class="icon-button react-button"
            title=t.chat.react
            aria-label=t.chat.react
            aria-haspopup="dialog"
            popovertarget=PICKER
            on:click=open
        >
            <Icon glyph=Glyph::Emoji />
        </button>
    }
    .into_any()
}

/// Opens the choice beside a message, if it is there.
pub fn open_picker(id: Option<MessageId>) {
    let Some(id) = id else { return };
    let bubble = document().query_selector(&format!("[data-message=\"{id}\"] .bubble")).ok().flatten();
    if let (Some(bubble), Some(picker)) = (bubble, the_picker()) {
        place_beside(&bubble, &picker);
        picker.show_popover().ok();
    }
}

/// Opens the choice beside an element on which a finger rests. When that goes, the browser closes what it
/// was not set down in, some time later: until then the choice is opened again.
pub fn hold_picker(beside: &Element) {
    if let Some(picker) = the_picker() {
        place_beside(beside, &picker);
        picker.set_attribute(HELD, "").ok();
        picker.show_popover().ok();
    }
}

/// The finger that opened the choice has gone.
pub fn let_go_of_picker() {
    set_timeout(release_picker, LETS_GO);
}

fn release_picker() {
    if let Some(picker) = the_picker() {
        picker.remove_attribute(HELD).ok();
    }
}

fn the_picker() -> Option<HtmlElement> {
    document().get_element_by_id(PICKER)?.dyn_into().ok()
}

/// The choice: those that are used most, many others, and a field for any.
#[component]
pub fn ReactionPicker(room: RoomId, of: RwSignal<Option<Reacting>>) -> impl IntoView {
    let t = use_t();
    let picker = NodeRef::<html::Div>::new();
    let react = use_react(room);
    let other = RwSignal::new(String::new());
    let pick = move |emoji: String| {
        release_picker();
        if let Some(picker) = picker.get_untracked() {
            picker.hide_popover().ok();
        }
        other.set(String::new());
        if let Some(reacting) = of.get_untracked() {
            react.run((reacting, emoji));
        }
    };
    let button = move |emoji: &'static str| {
        let is_own = move || {
            of.with(|of| {
                of.as_ref().is_some_and(|of| of.own.as_ref().is_some_and(|own| own.as_str() == emoji))
            })
        };
        view! {
            <button
                type="button"
                aria-pressed=move || is_own().to_string()
                on:click=move |_: ev::MouseEvent| pick(emoji.to_owned())
            >
                {emoji}
            </button>
        }
        .into_any()
    };
    // Any emoji that the system's own keyboard has: taken once it is one.
    let typed = move |event: ev::Event| {
        let typed = event_target_value(&event);
        match Emoji::parse(&typed) {
            Ok(emoji) => pick(emoji.into()),
            Err(_) => other.set(typed),
        }
    };
    let toggled = move |_: ev::Event| {
        let Some(picker) = picker.get_untracked() else { return };
        let now_open = picker.matches(":popover-open").unwrap_or(false);
        if !now_open && picker.has_attribute(HELD) {
            picker.show_popover().ok();
        }
        if let Some(first) = picker.query_selector("button").ok().flatten().filter(|_| now_open) {
            first.dyn_into::<HtmlElement>().map(|first| first.focus().ok()).ok();
        }
    };
    let rest = EMOJI.into_iter().filter(|emoji| !Emoji::USUAL.contains(emoji));
    view! {
        <div
            node_ref=picker
            id=PICKER
            class="reaction-picker"
            popover="auto"
            role="dialog"
            aria-label=t.chat.react
            on:toggle=toggled
        >
            <div class="reaction-usual">{Emoji::USUAL.into_iter().map(button).collect_view()}</div>
            <div class="emoji-grid">{rest.map(button).collect_view()}</div>
            <input
                type="text"
                autocomplete="off"
                placeholder=t.chat.other_emoji
                aria-label=t.chat.other_emoji
                prop:value=other
                on:input=typed
            />
        </div>
    }
    .into_any()
}
