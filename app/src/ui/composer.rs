//! Where a message is written.

mod emoji;
mod field;

use leptos::{ev, html, prelude::*};
use sapa_model::limits::{MESSAGE_COUNTER_FROM, MESSAGE_MAX};
use sapa_model::{ErrorCode, RoomId};

use crate::i18n::use_t;
use crate::live::Live;
use crate::live::outbox::drafts;
use crate::reactive::memo;
use crate::ui::kit::{Glyph, Icon, use_toasts};

use emoji::EmojiButton;
use field::ComposerField;

/// The field, its emoji and the button. What is typed is kept for each room until it is sent; with
/// no connection it is sent later.
#[component]
pub fn Composer(
    /// The store.
    live: Live,
    /// Where it is sent to.
    room: RoomId,
    /// The newest message should be seen.
    on_end: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let me = live.my_id();
    let text = RwSignal::new(String::new());
    let field = NodeRef::<html::Textarea>::new();
    let length = memo(move || text.read().trim().chars().count());
    let too_long = memo(move || length.get() > MESSAGE_MAX);

    Effect::new(move |_| text.set(drafts::load(me, room)));
    let typed = Callback::new(move |()| {
        text.with_untracked(|text| drafts::store(me, room, text));
        if length.get_untracked() > 0 {
            live.type_in(room);
        }
    });
    let send = Callback::new(move |()| {
        let written = text.get_untracked();
        match live.send(room, &written) {
            Ok(()) => {
                text.set(String::new());
                drafts::store(me, room, "");
                on_end.run(());
            }
            // Nothing typed is nothing to say, and what is too long the counter says already.
            Err(error) if matches!(error.code, ErrorCode::Required | ErrorCode::TooLong) => {}
            Err(error) => toasts.fault(&error),
        }
        if let Some(field) = field.get_untracked() {
            field.focus().ok();
        }
    });
    let leave = Callback::new(move |()| on_end.run(()));
    let pick = Callback::new(move |emoji: &'static str| {
        if let Some(field) = field.get_untracked() {
            field::insert(&field, text, emoji);
            typed.run(());
        }
    });
    let count = move || {
        let length = length.get();
        let number = |n: usize| u64::try_from(n).unwrap_or_default();
        if length > MESSAGE_MAX {
            Some((t.chat.too_long_by)(number(length - MESSAGE_MAX)))
        } else if length >= MESSAGE_COUNTER_FROM {
            Some((t.chat.characters_left)(number(MESSAGE_MAX - length)))
        } else {
            None
        }
    };
    view! {
        <form
            class="composer"
            on:submit=move |event: ev::SubmitEvent| {
                event.prevent_default();
                send.run(());
            }
        >
            <div class="composer-box" class:is-too-long=too_long>
                <ComposerField
                    text=text
                    field=field
                    described_by="composer-count"
                    invalid=too_long
                    on_typed=typed
                    on_send=send
                    on_escape=leave
                />
                <EmojiButton on_pick=pick />
                <button
                    type="submit"
                    class="composer-send"
                    class:is-idle=move || length.get() == 0
                    title=t.chat.send
                    aria-label=t.chat.send
                >
                    <Icon glyph=Glyph::Send />
                </button>
            </div>
            <span
                id="composer-count"
                class="composer-count"
                class:is-too-long=too_long
                role="status"
            >
                {move || count()}
            </span>
        </form>
    }
    .into_any()
}
