//! The details of the open chat, beside it where there is room and over it where there is not.

mod act;
mod channel;
mod gallery;
mod group;
mod members;
mod parting;
mod person;

use leptos::{ev, prelude::*, task::spawn_local};
use sapa_model::{Dialog, RoomId, RoomKind};

use crate::api::rooms;
use crate::i18n::use_t;
use crate::lazy::Lazy;
use crate::live::live;
use crate::parts::PanePiece;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Glyph, Icon, IconButton, closes_on_back, use_toasts};
use crate::ui::messenger::DetailsOpen;

use channel::ChannelDetails;
use gallery::Gallery;
use group::GroupDetails;
pub use members::MemberRow;
use person::PersonDetails;

/// From this width on they stand beside the chat, in CSS pixels: as in `style/messenger.css`.
const BESIDE_FROM: f64 = 1275.0;

/// What is known of the room: of the other person, the group or the channel.
#[component]
pub fn Details(
    /// Which room.
    room: RoomId,
) -> impl IntoView {
    let t = use_t();
    let open = expect_context::<DetailsOpen>().0;
    // Beside the chat they stay when one goes back.
    let is_over = move || window().inner_width().ok().and_then(|width| width.as_f64()) < Some(BESIDE_FROM);
    closes_on_back(derive(move || open.get() && is_over()), Callback::new(move |()| open.set(false)));
    view! {
        <aside class="details" aria-label=t.chat.details>
            <header class="details-head">
                <IconButton
                    glyph=Glyph::Close
                    label=t.chat.close_details
                    on_press=move |()| open.set(false)
                />
            </header>
            <Lazy piece=PanePiece::Details(room) />
        </aside>
    }
}

/// What is in it.
#[component]
pub fn DetailsBody(
    /// Of which room.
    room: RoomId,
) -> impl IntoView {
    let found = live().find_dialog(room);
    let dialog = derive(move || found.get());
    // Which of them it is never changes; only that should draw anew.
    let kind = memo(move || found.with(|dialog| dialog.as_ref().map(|dialog| dialog.room.kind)));
    let body = move || match kind.get() {
        None => ().into_any(),
        Some(RoomKind::Direct) => view! { <PersonDetails dialog /> }.into_any(),
        Some(RoomKind::Group) => view! { <GroupDetails room dialog /> }.into_any(),
        Some(RoomKind::Channel) => view! { <ChannelDetails room dialog /> }.into_any(),
    };
    view! {
        {move || body()}
        <div class="details-gallery">
            <Gallery room />
        </div>
    }
}

/// Mutes the room, or lets it sound again.
#[component]
fn MuteButton(dialog: Signal<Option<Dialog>>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let muted = move || dialog.with(|dialog| dialog.as_ref().is_some_and(|dialog| dialog.muted));
    let toggle = move |_: ev::MouseEvent| {
        let Some(room) = dialog.with_untracked(|dialog| dialog.as_ref().map(|dialog| dialog.room.id)) else {
            return;
        };
        let mute = !untrack(muted);
        spawn_local(async move {
            if let Err(error) = rooms::set_muted(room, mute).await {
                toasts.fault(&error);
            }
        });
    };
    view! {
        <button type="button" class="act" aria-pressed=move || muted().to_string() on:click=toggle>
            {move || {
                let glyph = if muted() { Glyph::Bell } else { Glyph::BellOff };
                view! { <Icon glyph /> }
            }}
            {move || if muted() { t.chat.unmute_room } else { t.chat.mute_room }}
        </button>
    }
}
