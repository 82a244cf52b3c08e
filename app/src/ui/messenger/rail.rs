//! The navigation: a rail at the side, a bar at the bottom where there is less room.

use leptos::prelude::*;

use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::derive;
use crate::ui::kit::{Avatar, AvatarSize, Badge, Face, Glyph, Icon};
use crate::way::use_way;

/// Chats, people, requests, settings, and who is signed in.
#[component]
pub fn Rail() -> impl IntoView {
    let t = use_t();
    let live = live();
    let unread = live.unread();
    let requests = live.requests_waiting();
    let none = derive(|| 0_u64);
    let nickname = derive(move || live.me.with(|me| me.user.nickname.clone()));
    let face = derive(move || live.me.with(|me| Face::from(&me.user)));
    view! {
        <nav class="rail" aria-label=t.common.main_navigation>
            <Place href="/chats" glyph=Glyph::Chats label=t.common.chats count=unread />
            <Place href="/people" glyph=Glyph::AddPerson label=t.common.people count=none />
            <Place href="/channels" glyph=Glyph::Channel label=t.places.channels count=none />
            <Place href="/requests" glyph=Glyph::Mail label=t.common.requests count=requests />
            <span class="grow"></span>
            <Place href="/settings" glyph=Glyph::Settings label=t.common.settings count=none />
            <a class="rail-me" href="/settings/profile" title=nickname>
                <Avatar face=face size=AvatarSize::S />
                <span class="unseen">{t.places.profile}</span>
            </a>
        </nav>
    }
}

#[component]
fn Place(href: &'static str, glyph: Glyph, label: &'static str, count: Signal<u64>) -> impl IntoView {
    let t = use_t();
    let path = use_way().path();
    let current = move || path.get().starts_with(href).then_some("page");
    let badge = derive(move || (t.common.waiting)(count.get()));
    view! {
        <a class="place" href=href aria-current=current title=label>
            <Icon glyph />
            <span class="place-label">{label}</span>
            <Badge count label=badge />
        </a>
    }
}
