//! What can be done with a person, where there is no card around it.

use leptos::prelude::*;
use sapa_model::Person;

use super::acts::Acts;
use super::buttons::ActButtons;
use super::heard::follow;

/// The buttons alone. They hear of changes while they are shown.
#[component]
pub fn PersonActs(
    person: Person,
    /// Id of the element with the name.
    name_id: String,
) -> impl IntoView {
    let acts = Acts::new(person);
    follow(acts.person);
    view! { <ActButtons acts name_id /> }
}
