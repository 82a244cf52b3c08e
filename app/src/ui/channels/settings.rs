//! Setting a channel up anew.

use leptos::prelude::*;
use sapa_model::Room;

use super::form::{ChannelFields, FIELDS, Typed};
use crate::api::channels::change_channel;
use crate::i18n::use_t;
use crate::ui::kit::{Button, FaultLine, Submission, Variant};

/// The body of the modal that sets a channel up.
#[component]
pub fn ChannelSettingsForm(room: Room, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let id = room.id;
    let typed = Typed::of(&room);
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let save = sending.sends(move || Ok(change_channel(id, typed.settings())), move |_| open.set(false));
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
