//! The details of a channel.

use leptos::prelude::*;
use sapa_model::channel::Channel;
use sapa_model::{ChannelHandle, Dialog, Role, RoomId};

use super::MuteButton;
use super::act::Act;
use super::members::Members;
use super::parting::parting;
use crate::api::channels::unfollow_channel;
use crate::api::groups::delete_group;
use crate::i18n::use_t;
use crate::reactive::{derive, memo};
use crate::ui::channels::{ChannelSettingsForm, FollowersList};
use crate::ui::chat::BubbleText;
use crate::ui::dialogs::{face, title};
use crate::ui::groups::{InviteLinks, Webhooks};
use crate::ui::kit::{
    Avatar, AvatarSize, Confirm, Dotted, Face, Glyph, Hue, Icon, IconButton, If, Modal, copy_text, use_toasts,
};
use crate::ui::profile::{AvatarEditor, Whose};

/// What it is about, what can be done, and who posts in it.
#[component]
pub fn ChannelDetails(room: RoomId, dialog: Signal<Option<Dialog>>) -> impl IntoView {
    let t = use_t();
    let name = derive(move || dialog.with(|d| d.as_ref().map(title).unwrap_or_default()));
    let picture = derive(move || {
        let nobody = || Face { name: String::new(), hue: Hue::degrees(0), avatar: None };
        dialog.with(|d| d.as_ref().map_or_else(nobody, face))
    });
    let count = move || dialog.with(|d| d.as_ref().map_or(0, |d| d.room.member_count));
    let role = memo(move || dialog.with(|d| d.as_ref().map_or(Role::Member, |d| d.role)));
    let own = memo(move || dialog.with(|d| d.as_ref().and_then(|d| d.room.channel.clone())));
    let description =
        memo(move || own.get().map(|Channel { description, .. }| description).unwrap_or_default());
    let handle = memo(move || own.get().and_then(|own| own.handle));
    let kind =
        move || if handle.get().is_some() { t.channels().public_badge } else { t.channels().private_badge };
    let closed = || RwSignal::new(false);
    let (setting_up, linking, listing, painting) = (closed(), closed(), closed(), closed());
    let (hooking, leaving, ending) = (closed(), closed(), closed());
    view! {
        <Avatar face=picture size=AvatarSize::Xl />
        <h2>
            <bdi>{name}</bdi>
        </h2>
        <p>
            <Dotted facts=derive(move || vec![kind().to_owned(), (t.chat.followers)(count().into())]) />
        </p>
        <If when=move || !description.read().is_empty()>
            <p class="channel-about" dir="auto">
                {move || view! { <BubbleText text=description.get() /> }}
            </p>
        </If>
        {move || handle.get().map(|handle| view! { <PublicAddress handle /> })}
        <div class="acts">
            <If when=move || role.get().may_rename()>
                <Act glyph=Glyph::Settings label=t.channels().settings opens=setting_up />
                <Act glyph=Glyph::Camera label=t.profile().picture opens=painting />
                <Act glyph=Glyph::Users label=t.channels().followers_title opens=listing />
            </If>
            <If when=move || role.get().may_invite()>
                <Act glyph=Glyph::Link label=t.groups().links opens=linking />
            </If>
            <If when=move || role.get().may_manage_webhooks()>
                <Act glyph=Glyph::Send label=t.webhooks().title opens=hooking />
            </If>
            <MuteButton dialog />
            <If when=move || role.get() != Role::Owner>
                <Act glyph=Glyph::Leave label=t.channels().unfollow opens=leaving />
            </If>
            <If when=move || role.get() == Role::Owner>
                <Act glyph=Glyph::Trash label=t.channels().end opens=ending />
            </If>
        </div>
        <Members room role heading=t.channels().admins />
        <Modal open=setting_up title=t.channels().settings_title>
            {move || {
                let room = dialog.with_untracked(|d| d.as_ref().map(|d| d.room.clone()));
                room.map(|room| view! { <ChannelSettingsForm room open=setting_up /> })
            }}
        </Modal>
        <Modal open=listing title=t.channels().followers_title>
            <FollowersList room role />
        </Modal>
        <Modal open=linking title=t.groups().links>
            <InviteLinks room />
        </Modal>
        <Modal open=painting title=t.profile().picture>
            <AvatarEditor whose=Whose::Group(room) face=picture />
        </Modal>
        <Modal open=hooking title=t.webhooks().title>
            <Webhooks room />
        </Modal>
        <Unfollow room open=leaving />
        <End room open=ending />
    }
    .into_any()
}

/// Where everybody can read it, to go there or to pass it on.
#[component]
fn PublicAddress(handle: ChannelHandle) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let path = handle.public_path();
    let (copied, shown) = (path.clone(), path.clone());
    let copy = move |()| {
        if let Ok(origin) = window().location().origin() {
            copy_text(&format!("{origin}{copied}"));
            toasts.say(t.common.copied);
        }
    };
    view! {
        <p class="channel-address">
            <Icon glyph=Glyph::Globe />
            <a href=path target="_blank" title=t.channels().public_page>
                {shown}
            </a>
            <IconButton glyph=Glyph::Copy label=t.channels().copy_page on_press=copy />
        </p>
    }
    .into_any()
}

#[component]
fn Unfollow(room: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let leave = parting(move || unfollow_channel(room));
    view! {
        <Confirm
            open
            title=t.channels().unfollow
            text=t.channels().unfollow_text
            action=t.channels().unfollow
            on_confirm=leave
        />
    }
}

#[component]
fn End(room: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let end = parting(move || delete_group(room));
    view! {
        <Confirm
            open
            title=t.channels().end
            text=t.channels().end_text
            action=t.channels().end
            danger=true
            on_confirm=end
        />
    }
}
