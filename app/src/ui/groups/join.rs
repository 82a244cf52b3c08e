//! Where an invite link leads.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::RoomKind;
use sapa_model::room::InvitePreview;

use crate::api::groups::{join_by_invite, preview_invite};
use crate::i18n::use_t;
use crate::live::live;
use crate::place::Place;
use crate::ui::kit::{
    Art, Avatar, AvatarSize, Button, Empty, Face, Fetched, PaneHead, Skeleton, SkeletonShape, Variant,
    use_toasts,
};
use crate::way::use_way;

/// The group behind a link, and the way in.
#[component]
pub fn JoinPage(token: String) -> impl IntoView {
    let t = use_t();
    let token = StoredValue::new(token);
    let preview = Fetched::new(move || preview_invite(token.get_value()));
    let shown = move || match preview.answer.get() {
        None => view! { <Skeleton rows=1 shape=SkeletonShape::Card /> }.into_any(),
        Some(Ok(preview)) => view! { <Preview preview token /> }.into_any(),
        Some(Err(_)) => {
            view! { <Empty art=Art::Lost title=t.groups().gone_title text=t.groups().gone_text /> }.into_any()
        }
    };
    view! {
        <section class="page" aria-label=t.groups().join_title>
            <PaneHead />
            <div class="pane-body join">{move || shown()}</div>
        </section>
    }
}

#[component]
fn Preview(preview: InvitePreview, token: StoredValue<String>) -> impl IntoView {
    let t = use_t();
    let live = live();
    let toasts = use_toasts();
    let way = use_way();
    let busy = RwSignal::new(false);
    let InvitePreview { room, invited_by, joined } = preview;
    let (title, count) = match room.kind {
        RoomKind::Channel => (t.channels().join_title, t.chat.followers),
        RoomKind::Direct | RoomKind::Group => (t.groups().join_title, t.groups().member_count),
    };
    let words = match (joined, room.kind) {
        (true, _) => t.groups().open,
        (false, RoomKind::Channel) => t.channels().follow,
        (false, _) => t.groups().join,
    };
    let enter = move |()| {
        busy.set(true);
        spawn_local(async move {
            match join_by_invite(token.get_value()).await {
                Ok(dialog) => {
                    let room = dialog.room.id;
                    live.take_dialogs([dialog]);
                    way.go(&Place::Chat(room, None));
                }
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    view! {
        <section class="join-card">
            <p>{title}</p>
            <Avatar face=Signal::stored(Face::from(&room)) size=AvatarSize::Xl />
            <h1>
                <bdi>{room.name}</bdi>
            </h1>
            <p>{move || count(room.member_count.into())}</p>
            <p>{move || (t.groups().invited_by)(&invited_by.nickname)}</p>
            <Button variant=Variant::Main busy=busy on_press=enter>
                {words}
            </Button>
        </section>
    }
}
