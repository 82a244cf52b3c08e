//! A public channel by its handle: what it is, and the way in.

use leptos::prelude::*;
use sapa_model::ChannelHandle;
use sapa_model::channel::ChannelCard as Found;

use super::card::{FollowButton, facts};
use crate::api::channels::find_channel;
use crate::i18n::use_t;
use crate::place::Place;
use crate::ui::chat::BubbleText;
use crate::ui::kit::{
    Art, Avatar, AvatarSize, Dotted, Empty, Face, Fetched, PaneHead, Skeleton, SkeletonShape,
};
use crate::way::use_way;

/// Id of the channel's name.
const NAME: &str = "channel-name";

/// The channel that the address names.
#[component]
pub fn ChannelPage(handle: ChannelHandle) -> impl IntoView {
    let t = use_t();
    let place = use_way().place;
    // Another channel is no other page.
    let handle = Memo::new(move |before: Option<&ChannelHandle>| match place.get() {
        Some(Place::Channel(handle)) => handle,
        _ => before.unwrap_or(&handle).clone(),
    });
    let found = Fetched::new(move || find_channel(handle.get().into()));
    let shown = move || match found.answer.get() {
        None => view! { <Skeleton rows=1 shape=SkeletonShape::Card /> }.into_any(),
        Some(Ok(card)) => view! { <Card card /> }.into_any(),
        Some(Err(_)) => view! {
            <Empty art=Art::Lost title=t.channels().gone_title text=t.channels().gone_text>
                <a class="button soft" href="/channels">
                    {t.chat.explore}
                </a>
            </Empty>
        }
        .into_any(),
    };
    view! {
        <section class="page" aria-label=t.places.channels>
            <PaneHead />
            <div class="pane-body join">{move || shown()}</div>
        </section>
    }
}

#[component]
fn Card(card: Found) -> impl IntoView {
    let t = use_t();
    let Found { room, followed } = card;
    let face = Signal::stored(Face::from(&room));
    let own = room.channel;
    let handle = own.as_ref().and_then(|channel| channel.handle.clone());
    let description = own.map(|channel| channel.description).unwrap_or_default();
    let address = handle.as_ref().map(ChannelHandle::public_path);
    let facts = facts(t, handle.as_ref(), room.member_count);
    view! {
        <section class="join-card">
            <Avatar face=face size=AvatarSize::Xl />
            <h1 id=NAME>
                <bdi>{room.name}</bdi>
            </h1>
            <p>
                <Dotted facts=Signal::stored(facts) />
            </p>
            <p dir="auto">
                <BubbleText text=description />
            </p>
            <FollowButton room=room.id followed name_id=NAME.to_owned() />
            {address
                .map(|address| {
                    view! {
                        <a class="button quiet" href=address>
                            {t.channels().read_first}
                        </a>
                    }
                })}
        </section>
    }
    .into_any()
}
