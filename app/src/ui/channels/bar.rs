//! What a follower sees where the composer would be.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::Dialog;

use crate::api::rooms::set_muted;
use crate::i18n::use_t;
use crate::reactive::memo;
use crate::ui::kit::{Button, Glyph, Variant, use_toasts};

/// Says who posts here; mutes the channel, or lets it sound.
#[component]
pub fn FollowBar(dialog: Memo<Dialog>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let muted = memo(move || dialog.with(|dialog| dialog.muted));
    let toggle = move |()| {
        busy.set(true);
        let (room, muted) = dialog.with_untracked(|dialog| (dialog.room.id, dialog.muted));
        spawn_local(async move {
            if let Err(error) = set_muted(room, !muted).await {
                toasts.fault(&error);
            }
            busy.try_set(false);
        });
    };
    view! {
        <section class="chat-bar follow-bar" aria-label=t.chat.following>
            <p>{t.chat.only_admins}</p>
            <div>
                {move || {
                    let (glyph, word) =
                        if muted.get() { (Glyph::Bell, t.chat.unmute_room) } else { (Glyph::BellOff, t.chat.mute_room) };
                    view! {
                        <Button variant=Variant::Plain glyph=glyph busy=busy on_press=toggle>
                            {word}
                        </Button>
                    }
                    .into_any()
                }}
            </div>
        </section>
    }
    .into_any()
}
