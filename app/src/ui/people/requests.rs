//! Friend requests, received and sent.

use leptos::prelude::*;
use leptos_router::components::A;
use sapa_model::Person;
use sapa_model::people::FriendRequests;

use super::fault::LoadFault;
use super::heard::use_relations_changed;
use super::list::PersonCards;
use crate::api::people::friend_requests;
use crate::i18n::use_t;
use crate::ui::kit::{Art, Empty, PaneHead, Skeleton, SkeletonShape, Variant, words};

/// The page of requests. It is loaded anew at each change, so it cannot show what is over.
#[component]
pub fn RequestsPage() -> impl IntoView {
    let t = use_t();
    let changed = use_relations_changed();
    let requests = Resource::new(move || changed.get(), |_| friend_requests());
    let shown = move || {
        Suspend::new(async move {
            match requests.await {
                Ok(requests) => view! { <Both requests=requests /> }.into_any(),
                Err(error) => view! { <LoadFault error=error retry=move || requests.refetch() /> }.into_any(),
            }
        })
    };
    view! {
        <section class="page" aria-label=move || t().people.requests_title>
            <PaneHead
                title=words(move || t().people.requests_title)
                sub=words(move || t().people.requests_sub)
            />
            <div class="pane-body">
                <Transition fallback=|| view! { <Skeleton rows=3 shape=SkeletonShape::Card /> }>{shown}</Transition>
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
                title=words(move || t().people.none_received_title)
                text=words(move || t().people.none_received_text)
            >
                <A href="/people" attr:class=Variant::Soft.class()>{move || t().common.find_people}</A>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Part people=received heading=words(move || t().people.received) /> }.into_any()
    };
    let asked = if sent.is_empty() {
        view! { <p class="people-none">{move || t().people.none_sent}</p> }.into_any()
    } else {
        view! { <Part people=sent heading=words(move || t().people.sent) /> }.into_any()
    };
    view! {
        {waiting}
        {asked}
    }
}

#[component]
fn Part(people: Vec<Person>, heading: Signal<String>) -> impl IntoView {
    let count = people.len();
    view! {
        <div class="people-part">
            <p class="people-heading">{move || heading.get()} <span>{count}</span></p>
            <PersonCards people=Signal::stored(people) label=heading dated=true />
        </div>
    }
}
