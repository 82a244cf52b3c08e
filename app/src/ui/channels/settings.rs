//! Setting a channel up anew.

use leptos::{ev, prelude::*, task::spawn_local};
use sapa_model::Room;

use super::form::{ChannelFields, FIELDS, Typed};
use crate::api::channels::change_channel;
use crate::i18n::use_t;
use crate::ui::kit::{Button, FaultLine, Faults, Variant};

/// The body of the modal that sets a channel up.
#[component]
pub fn ChannelSettingsForm(room: Room, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let id = room.id;
    let typed = Typed::of(&room);
    let faults = Faults::new();
    let busy = RwSignal::new(false);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        faults.clear();
        busy.set(true);
        spawn_local(async move {
            match change_channel(id, typed.settings()).await {
                Ok(_) => open.set(false),
                Err(error) => faults.set(error),
            }
            busy.try_set(false);
        });
    };
    view! {
        <form class="group-form" on:submit=save>
            <ChannelFields typed faults hue_id="channel-hue" public_id="channel-public" />
            <FaultLine fault=faults.rest(FIELDS) />
            <div class="modal-actions">
                <Button variant=Variant::Main submit=true busy=busy>
                    {t.common.save}
                </Button>
            </div>
        </form>
    }
}
