//! A chat in which nobody has said anything yet: a face, and a greeting to send.

use leptos::{ev, prelude::*};
use sapa_model::{Dialog, RoomKind};

use crate::i18n::use_t;
use crate::live::Live;
use crate::reactive::derive;
use crate::ui::dialogs::{face, title};
use crate::ui::kit::{Avatar, AvatarSize, If, use_toasts};

/// The invitation to greet. Where the reader may not write, it is only the face.
#[component]
pub fn EmptyChat(live: Live, dialog: Memo<Dialog>, may_write: Signal<bool>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let name = derive(move || dialog.with(title));
    let is_channel = dialog.with_untracked(|dialog| dialog.room.kind == RoomKind::Channel);
    let send = move |text: &'static str| {
        if let Err(error) = live.send(dialog.with_untracked(|dialog| dialog.room.id), text) {
            toasts.fault(&error);
        }
    };
    let greeting = move |text: &'static str| {
        view! {
            <button type="button" on:click=move |_: ev::MouseEvent| send(text)>
                {text}
            </button>
        }
    };
    view! {
        <div class="feed-empty" role="article" tabindex="-1">
            <Avatar face=derive(move || dialog.with(face)) size=AvatarSize::Xl />
            <h2>{move || if is_channel { name.get() } else { (t.chat.empty_title)(&name.get()) }}</h2>
            <p>{if is_channel { t.chat.channel_empty } else { t.chat.empty_text }}</p>
            <If when=move || may_write.get()>
                <div class="greetings">{move || t.chat.greetings.into_iter().map(greeting).collect_view()}</div>
            </If>
        </div>
    }
    .into_any()
}
