//! Cards side by side.

use crate::ui::kit::Rows;
use leptos::prelude::*;
use sapa_model::Person;

use super::card::PersonCard;

/// The cards of these people.
#[component]
pub fn PersonCards(
    #[prop(into)] people: Signal<Vec<Person>>,
    /// Names the list for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// See [`PersonCard`].
    #[prop(optional)]
    dated: bool,
) -> impl IntoView {
    // A card is made anew where the server says something else of its person than before.
    let key =
        |person: &Person| (person.user.id, person.relation as u8, person.since, person.user.nickname.clone());
    view! {
        <ul class="cards" aria-label=label>
            <Rows each=move || people.get() key=key let:person>
                <PersonCard person=person dated=dated />
            </Rows>
        </ul>
    }
}
