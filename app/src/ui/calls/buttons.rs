//! The buttons of a chat's head that begin a call.

use leptos::prelude::*;
use sapa_model::call::CallMedia;
use sapa_model::{Dialog, Relation, RoomKind};

use crate::i18n::use_t;
use crate::live::{Live, live};
use crate::reactive::memo;
use crate::ui::kit::{Glyph, IconButton, If};

/// Whether the others of a chat can be called: a friend, or a group that has others.
pub(super) fn may_call(live: Live, dialog: &Dialog) -> bool {
    let reached = match (&dialog.room.kind, &dialog.peer) {
        (RoomKind::Direct, Some(peer)) => peer.relation == Relation::Friends,
        (RoomKind::Direct, None) | (RoomKind::Channel, _) => false,
        (RoomKind::Group, _) => dialog.room.member_count > 1,
    };
    reached && live.calls().possible
}

/// By voice, and by video.
#[component]
pub fn CallButtons(dialog: Memo<Dialog>) -> impl IntoView {
    let t = use_t();
    let live = live();
    let shown = memo(move || dialog.with(|dialog| may_call(live, dialog)));
    let in_call = memo(move || live.calls().mine.with(Option::is_some));
    let call = move |media| live.call(dialog.with_untracked(|dialog| dialog.room.id), media);
    view! {
        <If when=move || shown.get()>
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
        </If>
    }
    .into_any()
}
