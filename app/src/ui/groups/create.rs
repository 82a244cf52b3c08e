//! The page of a new group.

use std::collections::BTreeSet;

use leptos::prelude::*;
use sapa_model::limits;
use sapa_model::room::NewGroup;

use super::hues::HueChoice;
use super::picker::{FriendPicker, OthersByLink};
use crate::api::groups::create_group;
use crate::i18n::use_t;
use crate::live::live;
use crate::place::Place;
use crate::ui::kit::{Button, FaultLine, Field, PaneHead, Submission, Variant};
use crate::way::use_way;

/// A name, a colour, and the friends to begin with.
#[component]
pub fn NewGroupPage() -> impl IntoView {
    let t = use_t();
    let live = live();
    let way = use_way();
    let name = RwSignal::new(String::new());
    let hue = RwSignal::new(210_u16);
    let chosen = RwSignal::new(BTreeSet::new());
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let create = sending.sends(
        move || {
            Ok(create_group(NewGroup {
                name: name.get_untracked(),
                hue: hue.get_untracked(),
                member_ids: chosen.get_untracked().into_iter().collect(),
            }))
        },
        move |dialog| {
            let room = dialog.room.id;
            live.take_dialogs([dialog]);
            way.go(&Place::Chat(room, None));
        },
    );
    view! {
        <section class="page" aria-label=t.places.new_group>
            <PaneHead title=t.places.new_group sub=t.groups().new_group_sub />
            <div class="pane-body">
                <form class="group-form" on:submit=create>
                    <HueChoice id="new-group-hue" name hue />
                    <Field
                        label=t.groups().name
                        name="name"
                        value=name
                        fault=faults.on("name")
                        maxlength=limits::GROUP_NAME_MAX
                        required=true
                    />
                    <h2>{t.groups().members}</h2>
                    <FriendPicker chosen />
                    <OthersByLink />
                    <FaultLine fault=faults.rest(&["name"]) />
                    <Button variant=Variant::Main submit=true busy=busy>
                        {t.groups().create}
                    </Button>
                </form>
            </div>
        </section>
    }
}
