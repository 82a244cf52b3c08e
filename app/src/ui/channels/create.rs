//! The page of a new channel.

use leptos::prelude::*;

use super::form::{ChannelFields, FIELDS, Typed};
use crate::api::channels::create_channel;
use crate::i18n::use_t;
use crate::live::live;
use crate::place::Place;
use crate::ui::kit::{Button, FaultLine, PaneHead, Submission, Variant};
use crate::way::use_way;

/// What it is called, what it is about, and who can find it.
#[component]
pub fn NewChannelPage() -> impl IntoView {
    let t = use_t();
    let live = live();
    let way = use_way();
    let typed = Typed::new();
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let create = sending.sends(
        move || Ok(create_channel(typed.settings())),
        move |dialog| {
            let room = dialog.room.id;
            live.take_dialogs([dialog]);
            way.go(&Place::Chat(room, None));
        },
    );
    view! {
        <section class="page" aria-label=t.places.new_channel>
            <PaneHead title=t.places.new_channel sub=t.channels().new_sub />
            <div class="pane-body">
                <form class="group-form" on:submit=create>
                    <ChannelFields typed faults hue_id="new-channel-hue" public_id="new-channel-public" />
                    <FaultLine fault=faults.rest(FIELDS) />
                    <Button variant=Variant::Main submit=true busy=busy>
                        {t.channels().create}
                    </Button>
                </form>
            </div>
        </section>
    }
}
