//! What waits for an answer: first messages of strangers, and friend requests, received and sent.

use leptos::prelude::*;
use sapa_model::Person;
use sapa_model::people::FriendRequests;

use super::heard::use_relations_changed;
use super::list::PersonCards;
use super::loaded::loaded;
use crate::api::people::friend_requests;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::dialogs::FirstMessages;
use crate::ui::kit::{Art, Empty, Fetched, If, PaneHead, Variant};

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
        <section class="page" aria-label=t.common.requests>
            <PaneHead
                title=t.common.requests
                sub=t.people().requests_sub
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
    let messages = live().requests();
    let none_written = memo(move || messages.read().is_empty());
    view! {
        <If when=move || !none_written.get()>
            <div class="people-part">
                <p class="people-heading">
                    {t.people().first_messages} " " <span>{move || messages.read().len()}</span>
                </p>
                <FirstMessages />
            </div>
        </If>
        <If when=move || !none_received.get()>
            <Part people=received heading=t.people().received />
        </If>
        <If when=move || none_received.get() && none_written.get()>
            <Empty art=Art::Letter title=t.people().none_received_title text=t.people().none_received_text>
                <a href="/people" class=Variant::Soft.class()>{t.common.find_people}</a>
            </Empty>
        </If>
        <If when=move || !none_sent.get()>
            <Part people=sent heading=t.people().sent />
        </If>
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
