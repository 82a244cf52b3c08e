//! Who has read a message of one's own in a group.

use leptos::prelude::*;
use sapa_model::{UserCard, UserId};

use crate::i18n::use_t;
use crate::live::{RoomLog, live};
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, AvatarSize, Face, If, Modal, Rows, follow};

/// The list, over the page while `of` names a message's number.
#[component]
pub fn Readers(log: StoredValue<RoomLog>, me: UserId, of: RwSignal<Option<u64>>) -> impl IntoView {
    let t = use_t();
    let open = follow(of);
    let members = log.with_value(|log| log.members.clone());
    let readers = memo(move || {
        let number = of.get().unwrap_or(u64::MAX);
        let members = members.read();
        let has_read =
            members.iter().filter(|member| member.active && member.user.id != me && member.read >= number);
        has_read.map(|member| member.user.clone()).collect::<Vec<_>>()
    });
    view! {
        <Modal open=open title=t.chat.read_by>
            <ul class="readers">
                <Rows each=move || readers.get() key=|user| user.id let:user>
                    <li>
                        <Reader user />
                    </li>
                </Rows>
            </ul>
            <If when=move || readers.read().is_empty()>
                <p>{t.chat.read_by_none}</p>
            </If>
        </Modal>
    }
    .into_any()
}

#[component]
fn Reader(user: UserCard) -> impl IntoView {
    let live = live();
    let user = memo(move || live.newest(&user));
    view! {
        <Avatar face=derive(move || Face::from(&*user.read())) size=AvatarSize::S />
        <bdi class="cut">{move || user.read().nickname.clone()}</bdi>
    }
}
