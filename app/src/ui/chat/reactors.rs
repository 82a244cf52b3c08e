//! Who has reacted to a message, and how.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::message::Reactor;
use sapa_model::{MessageId, RoomId};

use crate::api::channels::reactors;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{
    Avatar, AvatarSize, Button, Face, If, Modal, Rows, Skeleton, SkeletonShape, Variant, follow, use_toasts,
};

/// The list, over the page while `of` names a message.
#[component]
pub fn Reactors(room: RoomId, of: RwSignal<Option<MessageId>>) -> impl IntoView {
    let t = use_t();
    let open = follow(of);
    view! {
        <Modal open=open title=t.chat.reactions>
            {move || of.get().map(|message| view! { <List room message /> })}
        </Modal>
    }
    .into_any()
}

#[component]
fn List(room: RoomId, message: MessageId) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let held = RwSignal::new(None::<Vec<Reactor>>);
    let more = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let load = move |()| {
        let after = held.with_untracked(|held| held.as_ref().and_then(|held| held.last().map(|r| r.user.id)));
        busy.set(true);
        spawn_local(async move {
            match reactors(room, message, after).await {
                Ok(page) => {
                    more.try_set(page.more);
                    held.try_update(|held| held.get_or_insert_default().extend(page.reactors));
                }
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    Effect::new(move |_| load(()));
    view! {
        <If when=move || held.with(Option::is_none)>
            <Skeleton rows=3 shape=SkeletonShape::Line />
        </If>
        <ul class="readers">
            <Rows each=move || held.get().unwrap_or_default() key=|reactor| reactor.user.id let:reactor>
                <li>
                    <Who reactor />
                </li>
            </Rows>
        </ul>
        <If when=move || more.get()>
            <Button variant=Variant::Plain busy=busy on_press=load>
                {t.channels().show_more}
            </Button>
        </If>
    }
    .into_any()
}

#[component]
fn Who(reactor: Reactor) -> impl IntoView {
    let live = live();
    let Reactor { user, emoji } = reactor;
    let user = memo(move || live.newest(&user));
    view! {
        <Avatar face=derive(move || Face::from(&*user.read())) size=AvatarSize::S />
        <bdi class="cut">{move || user.read().nickname.clone()}</bdi>
        <span class="reactor-emoji">{emoji.to_string()}</span>
    }
}
