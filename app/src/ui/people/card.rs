//! A person's card, and the menu on it.

use leptos::prelude::*;
use sapa_model::{Person, Relation};

use super::acts::Acts;
use super::buttons::ActButtons;
use super::heard::{follow, follow_answers};
use crate::i18n::use_t;
use crate::reactive::derive;
use crate::ui::kit::{Avatar, AvatarSize, Confirm, Glyph, Hue, If, Menu, MenuItem, use_ago, use_country};

/// A person with what can be done. It hears of changes while it is shown.
#[component]
pub fn PersonCard(
    person: Person,
    /// The same person in the newest answer.
    newest: Signal<Option<Person>>,
    /// Tells since when things stand as they do.
    #[prop(optional)]
    dated: bool,
) -> impl IntoView {
    let t = use_t();
    let ago = use_ago();
    let country = use_country();
    let id = person.user.id;
    let acts = Acts::new(person);
    let online = follow(acts.person);
    follow_answers(acts.person, newest);
    let name = derive(move || acts.person.with(|person| person.user.nickname.clone()));
    let name_id = format!("person-{id}");
    let about = move || {
        acts.person.with(|person| {
            let mut about = vec![format!("@{}", person.user.username)];
            about.extend(person.country.as_deref().map(country));
            about.extend(person.since.filter(|_| dated).map(ago));
            about.join(" · ")
        })
    };
    view! {
        <li class="person" class:blocked=move || acts.person.with(|p| p.relation == Relation::Blocked)>
            <Avatar name=name hue=Hue::of_user(id) size=AvatarSize::L online=online />
            <div class="person-words">
                <h2 class="cut" id=name_id.clone() title=move || name.get() dir="auto">
                    {name}
                </h2>
                <p class="cut">
                    {move || about()}
                    <If when=move || online.get()>
                        <span class="unseen">{t.common.online}</span>
                    </If>
                </p>
            </div>
            <PersonMenu acts=acts name=name />
            <ActButtons acts=acts name_id=name_id />
        </li>
    }
}

/// What is done more rarely, each asked about first.
#[component]
fn PersonMenu(acts: Acts, name: Signal<String>) -> impl IntoView {
    let t = use_t();
    let block = RwSignal::new(false);
    let unfriend = RwSignal::new(false);
    let is = move |relation: Relation| acts.person.with(|person| person.relation == relation);
    let id = acts.person.with_untracked(|person| format!("person-menu-{}", person.user.id));
    view! {
        <If when=move || !is(Relation::Blocked)>
            <Menu id=id.clone() label=derive(move || (t.people.more_about)(&name.get()))>
                <If when=move || is(Relation::Friends)>
                    <MenuItem glyph=Glyph::Leave on_select=Callback::new(move |()| unfriend.set(true))>
                        {t.people.unfriend}
                    </MenuItem>
                </If>
                <MenuItem glyph=Glyph::Block danger=true on_select=Callback::new(move |()| block.set(true))>
                    {t.people.block}
                </MenuItem>
            </Menu>
        </If>
        <Confirm
            open=block
            title=derive(move || (t.people.block_title)(&name.get()))
            text=t.people.block_text
            action=t.people.block
            danger=true
            on_confirm=Callback::new(move |()| acts.block())
        />
        <Confirm
            open=unfriend
            title=derive(move || (t.people.unfriend_title)(&name.get()))
            text=t.people.unfriend_text
            action=t.people.unfriend
            on_confirm=Callback::new(move |()| acts.unfriend())
        />
    }
}
