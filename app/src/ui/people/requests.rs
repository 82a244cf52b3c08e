//! Friend requests, received and sent.

use leptos::prelude::*;
use sapa_model::Person;
use sapa_model::people::FriendRequests;

use super::heard::use_relations_changed;
use super::list::PersonCards;
use super::loaded::loaded;
use crate::api::people::friend_requests;
use crate::i18n::use_t;
use crate::ui::kit::{Art, Empty, Fetched, PaneHead, Variant};

/// The page of requests. It is loaded anew at each change, so it cannot show what is over.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let t = use_t();
    let changed = use_relations_changed();
    let requests = Fetched::new(move || {
        changed.track();
        friend_requests()
    });
    let show = move |requests| view! { <Both requests=requests /> }.into_any();
    view! {
        <section class="page" aria-label=t.people.requests_title>
            <PaneHead
                title=t.people.requests_title
                sub=t.people.requests_sub
            />
            <div class="pane-body">
                {loaded(requests, show)}
            </div>
        </section>
    }
}

#[component]
fn Both(requests: FriendRequests) -> impl IntoView {
    let t = use_t();
    let FriendRequests { received, sent } = requests;
    let waiting = if received.is_empty() {
        view! {
            <Empty
                art=Art::Letter
                title=t.people.none_received_title
                text=t.people.none_received_text
            >
                <a href="/people" class=Variant::Soft.class()>{t.common.find_people}</a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Part people=received heading=t.people.received /> }.into_any()
    };
    let asked = if sent.is_empty() {
        view! { <p class="people-none">{t.people.none_sent}</p> }.into_any()
    } else {
        view! { <Part people=sent heading=t.people.sent /> }.into_any()
    };
    view! {
        {waiting}
        {asked}
    }
}

#[component]
fn Part(people: Vec<Person>, heading: &'static str) -> impl IntoView {
    let count = people.len();
    view! {
        <div class="people-part">
            <p class="people-heading">{heading} <span>{count}</span></p>
            <PersonCards people=Signal::stored(people) label=heading dated=true />
        </div>
    }
}
