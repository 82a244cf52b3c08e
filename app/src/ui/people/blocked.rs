//! Those whom the user has blocked.

use leptos::prelude::*;
use sapa_model::Person;

use super::heard::use_reconnected;
use super::list::PersonCards;
use super::loaded::loaded;
use crate::api::people::blocked;
use crate::i18n::use_t;
use crate::reactive::memo;
use crate::ui::kit::{Art, Empty, Fetched, PaneHead};

/// The page of blocked people. Who is unblocked here stays until the page is left, to be sure of.
#[component]
pub fn BlockedPage() -> impl IntoView {
    let t = use_t();
    let reconnected = use_reconnected();
    let people = Fetched::new(move || {
        reconnected.track();
        blocked()
    });
    let show = move |people: Signal<Vec<Person>>| {
        let none = memo(move || people.read().is_empty());
        let (title, text) = (t.people().none_blocked_title, t.people().none_blocked_text);
        view! {
            {move || if none.get() {
                view! { <Empty art=Art::Blocked title=title text=text /> }.into_any()
            } else {
                view! { <PersonCards people=people label=t.places.blocked dated=true /> }.into_any()
            }}
        }
        .into_any()
    };
    view! {
        <section class="page" aria-label=t.places.blocked>
            <PaneHead
                title=t.places.blocked
                sub=t.people().blocked_sub
            />
            <div class="pane-body">
                {loaded(people, show)}
            </div>
        </section>
    }
}
