//! What rings: who calls, and the ways to answer.

use leptos::prelude::*;
use sapa_model::Call;
use sapa_model::call::CallMedia;

use crate::browser::Ringing;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::dialogs::title;
use crate::ui::kit::{Avatar, AvatarSize, Button, Face, Glyph, Variant};

/// The first call that rings for the user, unless this page is in one.
#[component]
pub fn Incoming() -> impl IntoView {
    let live = live();
    let call = memo(move || {
        if !live.calls().possible || live.calls().mine.with(Option::is_some) {
            return None;
        }
        let me = live.my_id();
        live.calls().going_on.with(|calls| calls.iter().find(|call| call.rings_for(me)).map(|call| call.id))
    });
    let ringing = StoredValue::new(None::<Ringing>);
    Effect::new(move || {
        let muted = call.get().is_some_and(|id| {
            let room = live
                .calls()
                .going_on
                .with_untracked(|calls| calls.iter().find(|call| call.id == id).map(|call| call.room_id));
            let dialog = room.and_then(|room| live.dialog(room));
            dialog.is_some_and(|dialog| dialog.with_untracked(|dialog| dialog.muted))
        });
        ringing.set_value(if call.get().is_some() && !muted { Ringing::start() } else { None });
    });
    move || {
        let id = call.get()?;
        let call =
            live.calls().going_on.with_untracked(|calls| calls.iter().find(|c| c.id == id).cloned())?;
        Some(view! { <Rings call /> })
    }
}

#[component]
fn Rings(call: Call) -> impl IntoView {
    let t = use_t();
    let live = live();
    let caller = StoredValue::new(call.caller.clone());
    let face = derive(move || Face::from(&live.newest(&caller.get_value())));
    let dialog = live.find_dialog(call.room_id);
    let is_video = call.media == CallMedia::Video;
    let what = move || {
        let group = dialog.with(|dialog| dialog.as_ref().filter(|d| d.peer.is_none()).map(title));
        match group {
            Some(group) => (t.calls.rings_in)(&group),
            None if is_video => t.calls.rings_video.to_owned(),
            None => t.calls.rings_audio.to_owned(),
        }
    };
    let id = call.id;
    let call = StoredValue::new(call);
    let answer = move |media| call.with_value(|call| live.join_call(call, media));
    view! {
        <section class="rings" role="alertdialog" aria-label=t.calls.incoming aria-describedby="rings-who">
            <span class="rings-face">
                <Avatar face=face size=AvatarSize::L />
            </span>
            <p id="rings-who" aria-live="assertive">
                <b class="cut">
                    <bdi>{move || live.newest(&caller.get_value()).nickname}</bdi>
                </b>
                <span>{move || what()}</span>
            </p>
            <div class="rings-ways">
                <Button
                    variant=Variant::Danger
                    glyph=Glyph::HangUp
                    on_press=move |()| live.decline_call(id)
                >
                    {t.calls.decline}
                </Button>
                <Button
                    variant=if is_video { Variant::Plain } else { Variant::Main }
                    glyph=Glyph::Phone
                    on_press=move |()| answer(CallMedia::Audio)
                >
                    {t.calls.answer}
                </Button>
                {is_video
                    .then(|| {
                        view! {
                            <Button
                                variant=Variant::Main
                                glyph=Glyph::Video
                                on_press=move |()| answer(CallMedia::Video)
                            >
                                {t.calls.answer_video}
                            </Button>
                        }
                    })}
            </div>
        </section>
    }
    .into_any()
}
