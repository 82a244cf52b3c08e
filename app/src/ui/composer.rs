//! Where a message is written.

mod adding;
mod editing;
mod emoji;
mod field;
mod pasted;
mod session;
mod state;
mod tray;
mod voice;
mod writing;

use leptos::{ev, prelude::*};
use sapa_model::RoomId;
use sapa_model::limits::{MESSAGE_COUNTER_FROM, MESSAGE_MAX};

use crate::i18n::use_t;
use crate::live::Live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Glyph, Icon, If};

use adding::Adding;
use editing::EditingBar;
pub use editing::{Editing, Purpose};
pub use emoji::EMOJI;
use emoji::EmojiButton;
use field::ComposerField;
pub use session::SessionForm;
pub use state::ComposerState;
use tray::Tray;
pub use voice::clock;
use voice::{Recording, VoiceBar, VoiceButton};
use writing::Writing;

/// The field, its emoji and the button. What is typed is kept for each room until it is sent; with
/// no connection it is sent later.
#[component]
pub fn Composer(
    /// The store.
    live: Live,
    /// Where it is sent to.
    room: RoomId,
    /// What is in the making.
    state: ComposerState,
    /// The newest message should be seen.
    on_end: Callback<()>,
) -> impl IntoView {
    let writing = Writing::new(live, room, state, on_end);
    let members_meet =
        live.dialog(room).is_none_or(|dialog| dialog.with_untracked(|d| d.room.kind.members_meet()));
    let recording = Recording::new(live, room, on_end);
    let active = recording.active;
    let too_long = memo(move || writing.is_too_long());
    let may_record = memo(move || writing.is_empty() && !writing.is_editing());
    let send: ChildrenFn = std::sync::Arc::new(move || view! { <SendButton writing=writing /> }.into_any());
    view! {
        <form
            class="composer"
            on:submit=move |event: ev::SubmitEvent| {
                event.prevent_default();
                writing.send();
            }
        >
            <EditingBar editing=state.editing />
            <Tray state=state />
            <If when=move || active.get()>
                <VoiceBar recording=recording />
            </If>
            <div class="composer-box" class:is-too-long=too_long hidden=active>
                <If when=move || !writing.is_editing()>
                    <Adding room=room state=state members_meet=members_meet />
                </If>
                <ComposerField writing=writing described_by="composer-count" invalid=too_long />
                <EmojiButton on_pick=Callback::new(move |emoji: &'static str| writing.insert(emoji)) />
                <If when=move || may_record.get() otherwise=send>
                    <VoiceButton recording=recording />
                </If>
            </div>
            <Counter writing=writing />
        </form>
    }
    .into_any()
}

#[component]
fn SendButton(writing: Writing) -> impl IntoView {
    let t = use_t();
    let is_editing = memo(move || writing.is_editing());
    let label = derive(move || if is_editing.get() { t.message.save } else { t.chat.send });
    view! {
        <button
            type="submit"
            class="composer-send"
            class:is-idle=move || writing.is_empty()
            title=label
            aria-label=label
        >
            {move || {
                let glyph = if is_editing.get() { Glyph::Check } else { Glyph::Send };
                view! { <Icon glyph=glyph /> }
            }}
        </button>
    }
}

/// How many characters are left, when these become few.
#[component]
fn Counter(writing: Writing) -> impl IntoView {
    let t = use_t();
    let count = move || {
        let length = writing.length.get();
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
        <span
            id="composer-count"
            class="composer-count"
            class:is-too-long=move || writing.is_too_long()
            role="status"
        >
            {move || count()}
        </span>
    }
}
