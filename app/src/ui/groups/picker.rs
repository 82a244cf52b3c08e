//! Picking friends: for a new group, or to add to one.

use std::collections::BTreeSet;

use leptos::{prelude::*, task::spawn_local};
use sapa_model::{Person, RoomId, UserId};

use crate::api::{groups, people};
use crate::browser;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{
    Avatar, Button, Face, FaultLine, Fetched, If, Rows, SearchBox, Skeleton, SkeletonShape, Variant,
};

/// Friends with a check mark each, narrowed by typing.
#[component]
pub fn FriendPicker(
    chosen: RwSignal<BTreeSet<UserId>>,
    /// Who is in already.
    #[prop(optional, into)]
    without: Signal<Vec<UserId>>,
) -> impl IntoView {
    let t = use_t();
    let query = RwSignal::new(String::new());
    let friends = Fetched::new(people::friends);
    let rows = move |friends: Vec<Person>| {
        let found = move || {
            let (query, without) = (browser::fold(query.get().trim()), without.get());
            let matches = |person: &&Person| {
                let names = browser::fold(&format!("{}\n{}", person.user.nickname, person.user.username));
                !without.contains(&person.user.id) && names.contains(&query)
            };
            friends.iter().filter(matches).cloned().collect::<Vec<_>>()
        };
        let found = memo(found);
        view! {
            <ul class="picker">
                <Rows each=move || found.get() key=|person| person.user.id let:person>
                    <PickerRow person chosen />
                </Rows>
            </ul>
            <If when=move || found.read().is_empty()>
                <p class="picker-none">
                    {move || if query.read().is_empty() { t.groups().no_friends } else { t.groups().nothing_found }}
                    " "
                    <a href="/people">{t.common.find_people}</a>
                </p>
            </If>
        }
    };
    view! {
        <SearchBox label=t.groups().find_friend value=query />
        {move || match friends.answer.get() {
            None => view! { <Skeleton rows=4 shape=SkeletonShape::Row /> }.into_any(),
            Some(friends) => rows(friends.unwrap_or_default()).into_any(),
        }}
    }
}

#[component]
fn PickerRow(person: Person, chosen: RwSignal<BTreeSet<UserId>>) -> impl IntoView {
    let id = person.user.id;
    let toggle = move |_| {
        chosen.update(|chosen| {
            if !chosen.remove(&id) {
                chosen.insert(id);
            }
        });
    };
    let live = live();
    let user = memo(move || live.newest(&person.user));
    view! {
        <li>
            <label class="picker-row">
                <input type="checkbox" prop:checked=move || chosen.read().contains(&id) on:change=toggle />
                <Avatar face=derive(move || Face::from(&*user.read())) />
                <span class="cut">
                    <bdi>{move || user.read().nickname.clone()}</bdi>
                    <small>"@" {move || user.read().username.clone()}</small>
                </span>
            </label>
        </li>
    }
}

/// How whoever is no friend comes in.
#[component]
pub fn OthersByLink() -> impl IntoView {
    view! { <p class="settings-hint">{use_t().groups().others_by_link}</p> }
}

/// The body of the modal that adds friends to a group.
#[component]
pub fn AddPeople(room: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let chosen = RwSignal::new(BTreeSet::new());
    let fault = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let members = live().log(room).members;
    let without = derive(move || {
        members.read().iter().filter(|member| member.active).map(|member| member.user.id).collect::<Vec<_>>()
    });
    let add = move |()| {
        let users = chosen.get_untracked().into_iter().collect::<Vec<_>>();
        busy.set(true);
        spawn_local(async move {
            match groups::add_members(room, users).await {
                Ok(()) => open.set(false),
                Err(error) => fault.set(Some(t.error(&error))),
            }
            busy.set(false);
        });
    };
    view! {
        <FriendPicker chosen without />
        <OthersByLink />
        <FaultLine fault=fault />
        <div class="modal-actions">
            <Button
                variant=Variant::Main
                busy=busy
                disabled=derive(move || chosen.read().is_empty())
                on_press=add
            >
                {t.groups().add}
            </Button>
        </div>
    }
}
