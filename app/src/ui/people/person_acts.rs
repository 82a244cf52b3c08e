//! What can be done with a person, where there is no card around it: the buttons, and the menu of what is
//! done more rarely.

use leptos::prelude::*;
use sapa_model::Person;

use super::acts::Acts;
use super::buttons::ActButtons;
use super::card::PersonMenu;
use super::heard::follow;
use crate::reactive::derive;

/// Buttons and menu. They hear of changes while they are shown.
#[component]
pub fn PersonActs(
    person: Person,
    /// Id of the element with the name.
    name_id: String,
) -> impl IntoView {
    let acts = Acts::new(person);
    follow(acts.person);
    let name = derive(move || acts.person.with(|person| person.user.nickname.clone()));
    view! {
        <div class="person-row">
            <ActButtons acts name_id />
            <PersonMenu acts name />
        </div>
    }
}
