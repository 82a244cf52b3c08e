//! The buttons of a chat's head that begin a call.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::call::CallMedia;
use sapa_model::{Dialog, Relation, RoomKind, UserId};

use crate::api::people;
use crate::i18n::use_t;
use crate::live::{Live, live};
use crate::reactive::{derive, memo};
use crate::ui::kit::{Glyph, IconButton, If, Menu, MenuItem, use_toasts};

/// Whether the others of a chat can be called: a friend, or a group that has others.
pub(super) fn may_call(live: Live, dialog: &Dialog) -> bool {
    let reached = match (&dialog.room.kind, &dialog.peer) {
        (RoomKind::Direct, Some(peer)) => peer.relation == Relation::Friends,
        (RoomKind::Direct, None) | (RoomKind::Channel, _) => false,
        (RoomKind::Group, _) => dialog.room.member_count > 1,
    };
    reached && live.calls().possible
}

/// The other person of a chat that has been answered, where they are no friend, and how things stand.
fn stranger(dialog: &Dialog) -> Option<(UserId, Relation)> {
    let peer = dialog.peer.as_ref().filter(|_| !dialog.request)?;
    let stands_open = matches!(peer.relation, Relation::None | Relation::Requested | Relation::Asked);
    stands_open.then_some((peer.user.id, peer.relation))
}

/// By voice, and by video; before that by becoming friends.
#[component]
pub fn CallButtons(dialog: Memo<Dialog>) -> impl IntoView {
    let t = use_t();
    let live = live();
    let shown = memo(move || dialog.with(|dialog| may_call(live, dialog)));
    let in_call = memo(move || live.calls().mine.with(Option::is_some));
    let call = move |media| live.call(dialog.with_untracked(|dialog| dialog.room.id), media);
    // Friends alone can be called: what leads there stands in the same place.
    let stranger = memo(move || dialog.with(stranger));
    let asked = memo(move || stranger.get().is_some_and(|(_, relation)| relation == Relation::Requested));
    let toasts = use_toasts();
    let ask = move |()| {
        let Some((user, relation)) = stranger.get_untracked() else { return };
        spawn_local(async move {
            let done = match relation {
                Relation::Asked => people::accept(user).await,
                _ => people::ask(user).await,
            };
            if let Err(error) = done {
                toasts.fault(&error);
            }
        });
    };
    let words = move || match stranger.get() {
        Some((_, Relation::Requested)) => t.chat.requested,
        Some((_, Relation::Asked)) => t.chat.accept,
        _ => t.chat.add_friend,
    };
    view! {
        <If when=move || stranger.get().is_some()>
            <IconButton
                glyph=Glyph::AddPerson
                label=derive(move || words().to_owned())
                disabled=asked
                on_press=ask
            />
        </If>
        <If when=move || shown.get()>
            <div class="call-kinds">
                <IconButton
                    glyph=Glyph::Phone
                    label=t.calls.call_audio
                    disabled=in_call
                    on_press=move |()| call(CallMedia::Audio)
                />
                <IconButton
                    glyph=Glyph::Video
                    label=t.calls.call_video
                    disabled=in_call
                    on_press=move |()| call(CallMedia::Video)
                />
            </div>
        </If>
        // The same where there is little room. In a call there is no other to begin.
        <If when=move || shown.get() && !in_call.get()>
            <div class="call-choice">
                <Menu id="call-menu" label=t.calls.call glyph=Glyph::Phone>
                    <MenuItem glyph=Glyph::Phone on_select=Callback::new(move |()| call(CallMedia::Audio))>
                        {t.calls.call_audio}
                    </MenuItem>
                    <MenuItem glyph=Glyph::Video on_select=Callback::new(move |()| call(CallMedia::Video))>
                        {t.calls.call_video}
                    </MenuItem>
                </Menu>
            </div>
        </If>
    }
    .into_any()
}
