//! Another name or colour for a group.

use leptos::prelude::*;
use sapa_model::{Room, limits};

use super::hues::HueChoice;
use crate::api::groups::rename_group;
use crate::i18n::use_t;
use crate::ui::kit::{Button, FaultLine, Field, Submission, Variant};

/// The body of the modal that renames a group.
#[component]
pub fn RenameGroup(room: Room, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let id = room.id;
    let name = RwSignal::new(room.name);
    let hue = RwSignal::new(room.hue);
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let save = sending.sends(
        move || Ok(rename_group(id, name.get_untracked(), hue.get_untracked())),
        move |_| open.set(false),
    );
    view! {
        <form class="group-form" on:submit=save>
            <HueChoice id="rename-hue" name hue />
            <Field
                label=t.groups().name
                name="name"
                value=name
                fault=faults.on("name")
                maxlength=limits::GROUP_NAME_MAX
                required=true
            />
            <FaultLine fault=faults.rest(&["name"]) />
            <div class="modal-actions">
                <Button variant=Variant::Main submit=true busy=busy>
                    {t.common.save}
                </Button>
            </div>
        </form>
    }
}
