//! Says in a chat that a call goes on there, and lets one in.

use leptos::prelude::*;
use sapa_model::RoomId;
use sapa_model::call::CallMedia;

use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::memo;
use crate::ui::kit::{Button, Glyph, Icon, If, Variant};

/// Below the head of the chat, where a call goes on that this page is not in.
#[component]
pub fn CallBar(room: RoomId) -> impl IntoView {
    let t = use_t();
    let live = live();
    let calls = live.calls();
    let call = memo(move || {
        let mine = calls.mine.get().is_some_and(|mine| mine.room == room);
        calls.in_room(room).filter(|call| calls.possible && !mine && call.joined().next().is_some())
    });
    let people = move || call.with(|call| call.as_ref().map_or(0, |call| call.joined().count()));
    let join = move |()| {
        if let Some(call) = call.get_untracked() {
            live.join_call(&call, CallMedia::Audio);
        }
    };
    view! {
        <If when=move || call.with(Option::is_some)>
            <section class="call-bar" aria-label=t.calls.going_on>
                <Icon glyph=Glyph::Phone />
                <p>
                    <b>{t.calls.going_on}</b>
                    {move || (t.calls.people)(people() as u64)}
                </p>
                <Button variant=Variant::Main on_press=join>
                    {t.calls.join}
                </Button>
            </section>
        </If>
    }
    .into_any()
}
