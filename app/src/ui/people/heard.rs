//! What the pages about people hear from the live store.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::{Person, Relation};

use crate::api::people;
use crate::live::{Link, live};
use crate::reactive::derive;

/// Keeps a person as last heard of, and tells whether they are online.
pub fn follow(person: RwSignal<Person>) -> Signal<bool> {
    let live = live();
    let id = person.with_untracked(|person| person.user.id);
    // Not at once: what was loaded with the page is newer than what was heard before it.
    Effect::watch(
        move || live.relation.get().filter(|heard| heard.user.id == id),
        move |heard, _, _| {
            if let Some(heard) = heard.clone() {
                person.set(heard);
            }
        },
        false,
    );
    // Their profile has changed: the card shows more of it than the line tells.
    Effect::watch(
        move || live.revision(id),
        move |revision, _, _| {
            if *revision > person.with_untracked(|person| person.user.revision) {
                spawn_local(async move {
                    if let Ok(now) = people::person(id).await {
                        person.try_set(now);
                    }
                });
            }
        },
        true,
    );
    let presence = live.presence(id);
    derive(move || {
        let reachable = person.with(|person| person.relation != Relation::Blocked);
        reachable && presence.get().is_some_and(|presence| presence.online)
    })
}

/// Keeps a person as in the newest answer too.
pub fn follow_answers(person: RwSignal<Person>, newest: Signal<Option<Person>>) {
    Effect::watch(
        move || newest.get(),
        move |newest, before, _| {
            if let Some(newest) = newest.clone().filter(|_| before != Some(newest)) {
                person.set(newest);
            }
        },
        false,
    );
}

/// Counts the times that the connection came back: what was loaded before may have changed.
pub fn use_reconnected() -> Signal<u32> {
    let link = live().link;
    let count = RwSignal::new(0);
    Effect::watch(
        move || link.get() == Link::Online,
        move |online, _, was_online| {
            if *online && was_online == Some(true) {
                count.update(|count| *count += 1);
            }
            *online || was_online == Some(true)
        },
        true,
    );
    count.into()
}

/// Counts the changes of how the user stands to anybody, missed ones included.
pub fn use_relations_changed() -> Signal<u32> {
    let relation = live().relation;
    let reconnected = use_reconnected();
    let count = RwSignal::new(0);
    Effect::watch(move || relation.track(), move |(), _, _| count.update(|count| *count += 1), false);
    derive(move || count.get() + reconnected.get())
}
