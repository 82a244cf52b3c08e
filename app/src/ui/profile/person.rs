//! Somebody's page.

use std::iter;

use leptos::prelude::*;
use sapa_model::{Person, UserId};

use super::ProfileFacts;
use crate::api::people::person;
use crate::i18n::use_t;
use crate::live::live;
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::kit::{
    Art, AvatarSize, Dotted, Empty, Face, Fetched, Glyph, Icon, PaneHead, Skeleton, SkeletonShape, Variant,
    use_ago,
};
use crate::ui::people::PersonActs;
use crate::ui::stories::StoryAvatar;
use crate::way::use_way;

/// The page of whom the address names.
#[component]
pub fn PersonPage() -> impl IntoView {
    let t = use_t();
    let place = use_way().place;
    let user = memo(move || match *place.read() {
        Some(Place::Person(user)) => Some(user),
        _ => None,
    });
    view! {
        <section class="page" aria-label=t.profile().profile>
            <PaneHead />
            <div class="pane-body">
                {move || user.get().map(|user| view! { <Whole user /> })}
            </div>
        </section>
    }
}

#[component]
fn Whole(user: UserId) -> impl IntoView {
    let t = use_t();
    let found = Fetched::new(move || person(user));
    move || match found.answer.get() {
        None => view! { <Skeleton rows=1 shape=SkeletonShape::Card /> }.into_any(),
        Some(Ok(person)) => view! { <Shown person /> }.into_any(),
        Some(Err(error)) => view! {
            <Empty art=Art::Lost title=t.error(&error)>
                <a href="/people" class=Variant::Soft.class()>{t.common.find_people}</a>
            </Empty>
        }
        .into_any(),
    }
}

#[component]
fn Shown(person: Person) -> impl IntoView {
    let t = use_t();
    let live = live();
    let ago = use_ago();
    let id = person.user.id;
    let user = {
        let known = person.user.clone();
        memo(move || live.newest(&known))
    };
    let presence = live.presence(id);
    let presence = derive(move || presence.get());
    let online = derive(move || presence.get().is_some_and(|presence| presence.online));
    let status = move || match presence.get() {
        Some(presence) if presence.online => Some(t.common.online.to_owned()),
        Some(presence) => presence.last_seen.map(|at| (t.common.last_seen)(&ago(at))),
        None => None,
    };
    let about = derive(move || {
        let username = user.with(|user| format!("@{}", user.username));
        iter::once(username).chain(status()).collect::<Vec<_>>()
    });
    let acts = if id == live.my_id() {
        view! {
            <a href=Place::Profile.to_string() class=Variant::Soft.class()>
                <Icon glyph=Glyph::Edit />
                <span>{t.profile().edit}</span>
            </a>
        }
        .into_any()
    } else {
        view! { <PersonActs person name_id="person-name".to_owned() /> }.into_any()
    };
    view! {
        <article class="person-page">
            <StoryAvatar user=Some(id) face=derive(move || Face::from(&*user.read())) size=AvatarSize::Xl online=online />
            <h1 id="person-name" dir="auto">{move || user.read().nickname.clone()}</h1>
            <p>
                <Dotted facts=about />
            </p>
            {acts}
            <ProfileFacts user=id />
        </article>
    }
    .into_any()
}
