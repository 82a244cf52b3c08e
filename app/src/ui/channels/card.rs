//! A channel's card, and the button that follows it.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::channel::ChannelCard as Found;
use sapa_model::{ChannelHandle, RoomId};

use crate::api::channels::follow_channel;
use crate::i18n::{Messages, use_t};
use crate::live::live;
use crate::place::Place;
use crate::reactive::memo;
use crate::ui::kit::{Avatar, AvatarSize, Button, Dotted, Face, Glyph, Variant, use_toasts};
use crate::way::use_way;

/// A public channel in the explorer.
#[component]
pub fn ChannelCard(card: Found) -> impl IntoView {
    let t = use_t();
    let Found { room, followed } = card;
    let face = Signal::stored(Face::from(&room));
    let (id, count) = (room.id, room.member_count);
    let own = room.channel;
    let handle = own.as_ref().and_then(|channel| channel.handle.clone());
    let description = own.map(|channel| channel.description).unwrap_or_default();
    let facts = facts(t, handle.as_ref(), count);
    let name_id = format!("channel-{id}");
    let name = match handle {
        Some(handle) => view! { <a href=Place::Channel(handle).to_string()>{room.name}</a> }.into_any(),
        None => room.name.into_any(),
    };
    view! {
        <li class="person channel-card">
            <Avatar face=face size=AvatarSize::L />
            <div class="person-words">
                <h2 class="cut" id=name_id.clone() dir="auto">
                    {name}
                </h2>
                <p>
                    <Dotted facts=Signal::stored(facts) />
                </p>
            </div>
            <div class="person-about">
                <p class="person-bio" dir="auto">
                    {description}
                </p>
            </div>
            <div class="person-acts">
                <FollowButton room=id followed name_id />
            </div>
        </li>
    }
    .into_any()
}

/// What a card says of a channel: its handle, if it is public, and how many follow it.
pub fn facts(t: &Messages, handle: Option<&ChannelHandle>, followers: u32) -> Vec<String> {
    let handle = handle.map(|handle| format!("@{handle}"));
    handle.into_iter().chain([(t.chat.followers)(followers.into())]).collect()
}

/// Follows a channel; opens it, once it is followed.
#[component]
pub fn FollowButton(
    room: RoomId,
    /// Whether it was, when it was loaded.
    followed: bool,
    /// Id of what names the channel, for screen readers.
    name_id: String,
) -> impl IntoView {
    let t = use_t();
    let live = live();
    let way = use_way();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    // The list of chats learns of it at once, on whichever device it was done.
    let listed = live.dialogs_where(move |dialog| dialog.room.id == room);
    let listed = memo(move || !listed.read().is_empty());
    let followed = RwSignal::new(followed || listed.get_untracked());
    Effect::watch(move || listed.get(), move |now, _, _| followed.set(*now), false);
    let press = move |()| {
        if followed.get_untracked() {
            way.go(&Place::Chat(room, None));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match follow_channel(room).await {
                Ok(dialog) => live.take_dialogs([dialog]),
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    let name_id = StoredValue::new(name_id);
    move || {
        let (variant, glyph, word) = if followed.get() {
            (Variant::Soft, Glyph::Check, t.channels().open)
        } else {
            (Variant::Main, Glyph::Plus, t.channels().follow)
        };
        view! {
            <Button
                variant=variant
                glyph=glyph
                busy=busy
                attr:aria-describedby=name_id.get_value()
                on_press=press
            >
                {word}
            </Button>
        }
        .into_any()
    }
}
