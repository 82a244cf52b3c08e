//! Friend requests, received and sent.

use leptos::prelude::*;
use sapa_model::Person;
use sapa_model::people::FriendRequests;

use super::heard::use_relations_changed;
use super::list::PersonCards;
use super::loaded::loaded;
use crate::api::people::friend_requests;
use crate::i18n::use_t;
use crate::reactive::{derive, memo};
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
fn Both(requests: Signal<FriendRequests>) -> impl IntoView {
    let t = use_t();
    let received = derive(move || requests.with(|requests| requests.received.clone()));
    let sent = derive(move || requests.with(|requests| requests.sent.clone()));
    let none_received = memo(move || received.read().is_empty());
    let none_sent = memo(move || sent.read().is_empty());
    view! {
        {move || if none_received.get() {
            view! {
                <Empty art=Art::Letter title=t.people.none_received_title text=t.people.none_received_text>
                    <a href="/people" class=Variant::Soft.class()>{t.common.find_people}</a>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Part people=received heading=t.people.received /> }.into_any()
        }}
        {move || if none_sent.get() {
            view! { <p class="people-none">{t.people.none_sent}</p> }.into_any()
        } else {
            view! { <Part people=sent heading=t.people.sent /> }.into_any()
        }}
    }
}

#[component]
fn Part(people: Signal<Vec<Person>>, heading: &'static str) -> impl IntoView {
    view! {
        <div class="people-part">
            <p class="people-heading">{heading} <span>{move || people.read().len()}</span></p>
            <PersonCards people=people label=heading dated=true />
        </div>
    }
}
