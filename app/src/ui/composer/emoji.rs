//! A small choice of emoji: those that people send most. The system's own keyboard has the rest.

use leptos::{ev, html, prelude::*};

use crate::i18n::use_t;
use crate::ui::kit::{Glyph, Icon, place_beside};

/// The choice.
pub const EMOJI: [&str; 64] = [
    "😀", "😂", "🤣", "🙂", "😉", "😊", "😍", "🥰", "😘", "😎", "🤔", "😅", "😇", "🙃", "😋", "😜", "🤗",
    "🤭", "😌", "😴", "😢", "😭", "😱", "😡", "🥺", "😳", "🙄", "🤯", "🥳", "🤝", "👍", "👎", "👏", "🙏",
    "👋", "💪", "✌️", "👌", "🤞", "👀", "❤️", "🧡", "💛", "💚", "💙", "💜", "💔", "✨", "🔥", "🎉", "🎂",
    "🌸", "🌻", "☀️", "🌧️", "☕", "🍜", "🍉", "🐱", "📚", "✈️", "⚽", "✅", "❓",
];

/// The button and its popover. `on_pick` is told what to put into the text.
#[component]
pub fn EmojiButton(on_pick: Callback<&'static str>) -> impl IntoView {
    const ID: &str = "emoji";
    let t = use_t();
    let button = NodeRef::<html::Button>::new();
    let popover = NodeRef::<html::Div>::new();
    let place = move |_| {
        if let (Some(button), Some(popover)) = (button.get_untracked(), popover.get_untracked()) {
            place_beside(&button, &popover);
        }
    };
    let pick = move |emoji: &'static str| {
        if let Some(popover) = popover.get_untracked() {
            popover.hide_popover().ok();
        }
        on_pick.run(emoji);
    };
    view! {
        <button
            node_ref=button
            type="button"
            class="icon-button"
            title=t.chat.emoji
            aria-label=t.chat.emoji
            aria-haspopup="dialog"
            popovertarget=ID
            on:click=place
        >
            <Icon glyph=Glyph::Emoji />
        </button>
        <div node_ref=popover id=ID class="emoji" popover="auto" role="dialog" aria-label=t.chat.emoji>
            <div class="emoji-grid">
                {EMOJI
                    .into_iter()
                    .map(|emoji| {
                        view! {
                            <button type="button" on:click=move |_: ev::MouseEvent| pick(emoji)>
                                {emoji}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </div>
    }
    .into_any()
}
