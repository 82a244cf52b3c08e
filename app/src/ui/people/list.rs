//! Cards side by side.

use leptos::prelude::*;
use sapa_model::{Person, UserId};

use super::card::PersonCard;
use crate::reactive::derive;
use crate::ui::kit::Rows;

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
    // A card stays the same one through newer answers: somebody may be about to press it.
    let newest = move |id: UserId| {
        derive(move || people.with(|people| people.iter().find(|person| person.user.id == id).cloned()))
    };
    view! {
        <ul class="cards" aria-label=label>
            <Rows each=move || people.get() key=|person| person.user.id let:person>
                <PersonCard newest=newest(person.user.id) person=person dated=dated />
            </Rows>
        </ul>
    }
}
