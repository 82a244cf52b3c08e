//! A person's card, and the menu on it.

use leptos::prelude::*;
use sapa_model::{Person, Relation};

use super::acts::Acts;
use super::buttons::ActButtons;
use super::heard::{follow, follow_answers};
use crate::i18n::use_t;
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::kit::{
    AvatarSize, Confirm, Dotted, Face, Glyph, If, Menu, MenuItem, use_ago, use_country, use_zone_clock,
};
use crate::ui::profile::LanguageChips;
use crate::ui::report::Reporting;
use crate::ui::stories::StoryAvatar;

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
    let clock = use_zone_clock();
    let id = person.user.id;
    let acts = Acts::new(person);
    let online = follow(acts.person);
    follow_answers(acts.person, newest);
    let user = memo(move || acts.person.with(|person| person.user.clone()));
    let name = derive(move || user.with(|user| user.nickname.clone()));
    let languages = derive(move || acts.person.with(|person| person.languages.clone()));
    let bio = memo(move || acts.person.with(|person| person.bio.clone()));
    let name_id = format!("person-{id}");
    let about = derive(move || {
        acts.person.with(|person| {
            let mut about = vec![format!("@{}", person.user.username)];
            about.extend(person.country.as_deref().map(country));
            let there = person.time_zone.as_deref().filter(|_| !dated).and_then(clock);
            about.extend(there.map(|time| (t.profile().time_there)(&time)));
            about.extend(person.since.filter(|_| dated).map(ago));
            about
        })
    });
    view! {
        <li class="person" class:blocked=move || acts.person.with(|p| p.relation == Relation::Blocked)>
            <StoryAvatar user=Some(id) face=derive(move || Face::from(&*user.read())) size=AvatarSize::L online=online />
            <div class="person-words">
                <h2 class="cut" id=name_id.clone() title=move || name.get() dir="auto">
                    <a href=Place::Person(id).to_string()>{name}</a>
                </h2>
                <p>
                    <Dotted facts=about />
                    <If when=move || online.get()>
                        <span class="unseen">{t.common.online}</span>
                    </If>
                </p>
            </div>
            <PersonMenu acts=acts name=name />
            <div class="person-about">
                <LanguageChips languages=languages />
                {move || bio.get().map(|bio| view! { <p class="person-bio" dir="auto">{bio}</p> })}
            </div>
            <ActButtons acts=acts name_id=name_id />
        </li>
    }
}

/// What is done more rarely, each asked about first.
#[component]
pub fn PersonMenu(acts: Acts, name: Signal<String>) -> impl IntoView {
    let t = use_t();
    let reporting = Reporting::get();
    let block = RwSignal::new(false);
    let blocked = move || acts.person.with(|person| person.relation == Relation::Blocked);
    let id = acts.person.with_untracked(|person| format!("person-menu-{}", person.user.id));
    view! {
        <If when=move || !blocked()>
            <Menu id=id.clone() label=derive(move || (t.people().more_about)(&name.get()))>
                <MenuItem
                    glyph=Glyph::Flag
                    on_select=Callback::new(move |()| {
                        reporting.open(acts.person.with_untracked(|person| person.user.clone()), None);
                    })
                >
                    {t.common.report}
                </MenuItem>
                <MenuItem glyph=Glyph::Block danger=true on_select=Callback::new(move |()| block.set(true))>
                    {t.people().block}
                </MenuItem>
            </Menu>
        </If>
        <Confirm
            open=block
            title=derive(move || (t.people().block_title)(&name.get()))
            text=t.people().block_text
            action=t.people().block
            danger=true
            on_confirm=Callback::new(move |()| acts.block())
        />
    }
}
