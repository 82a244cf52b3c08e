//! The details of a group.

use leptos::prelude::*;
use sapa_model::{Dialog, Role, RoomId};

use super::MuteButton;
use super::act::Act;
use super::members::Members;
use super::parting::parting;
use crate::api::groups::{delete_group, leave_group};
use crate::i18n::use_t;
use crate::reactive::{derive, memo};
use crate::ui::dialogs::{face, title};
use crate::ui::groups::{AddPeople, InviteLinks, RenameGroup, Webhooks};
use crate::ui::kit::{Avatar, AvatarSize, Confirm, Face, Glyph, Hue, If, Modal};
use crate::ui::profile::{AvatarEditor, Whose};

/// Its picture and name, what can be done, and who is in it.
#[component]
pub fn GroupDetails(room: RoomId, dialog: Signal<Option<Dialog>>) -> impl IntoView {
    let t = use_t();
    let name = derive(move || dialog.with(|d| d.as_ref().map(title).unwrap_or_default()));
    let picture = derive(move || {
        let nobody = || Face { name: String::new(), hue: Hue::degrees(0), avatar: None };
        dialog.with(|d| d.as_ref().map_or_else(nobody, face))
    });
    let count = move || dialog.with(|d| d.as_ref().map_or(0, |d| d.room.member_count));
    let role = memo(move || dialog.with(|d| d.as_ref().map_or(Role::Member, |d| d.role)));
    let closed = || RwSignal::new(false);
    let (adding, linking, renaming, painting) = (closed(), closed(), closed(), closed());
    let (hooking, leaving, ending) = (closed(), closed(), closed());
    view! {
        <Avatar face=picture size=AvatarSize::Xl />
        <h2>
            <bdi>{name}</bdi>
        </h2>
        <p>{move || (t.groups().member_count)(count().into())}</p>
        <div class="acts">
            <If when=move || role.get().may_invite()>
                <Act glyph=Glyph::AddPerson label=t.groups().add_people opens=adding />
                <Act glyph=Glyph::Link label=t.groups().links opens=linking />
            </If>
            <If when=move || role.get().may_rename()>
                <Act glyph=Glyph::Edit label=t.groups().rename opens=renaming />
                <Act glyph=Glyph::Camera label=t.profile().picture opens=painting />
            </If>
            <If when=move || role.get().may_manage_webhooks()>
                <Act glyph=Glyph::Send label=t.webhooks().title opens=hooking />
            </If>
            <MuteButton dialog />
            <Act glyph=Glyph::Leave label=t.groups().leave opens=leaving />
            <If when=move || role.get() == Role::Owner>
                <Act glyph=Glyph::Trash label=t.groups().end opens=ending />
            </If>
        </div>
        <Members room role heading=t.groups().members />
        <Modal open=adding title=t.groups().add_people>
            <AddPeople room open=adding />
        </Modal>
        <Modal open=linking title=t.groups().links>
            <InviteLinks room />
        </Modal>
        <Modal open=renaming title=t.groups().rename>
            {move || {
                let room = dialog.with_untracked(|d| d.as_ref().map(|d| d.room.clone()));
                room.map(|room| view! { <RenameGroup room open=renaming /> })
            }}
        </Modal>
        <Modal open=painting title=t.profile().picture>
            <AvatarEditor whose=Whose::Group(room) face=picture />
        </Modal>
        <Modal open=hooking title=t.webhooks().title>
            <Webhooks room />
        </Modal>
        <Leave room open=leaving />
        <End room open=ending />
    }
}

#[component]
fn Leave(room: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let leave = parting(move || leave_group(room));
    view! {
        <Confirm
            open
            title=t.groups().leave
            text=t.groups().leave_text
            action=t.groups().leave
            danger=true
            on_confirm=leave
        />
    }
}

#[component]
fn End(room: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let end = parting(move || delete_group(room));
    view! {
        <Confirm open title=t.groups().end text=t.groups().end_text action=t.groups().end danger=true on_confirm=end />
    }
}
