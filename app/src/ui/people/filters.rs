//! What the explorer is narrowed by.

use leptos::prelude::*;
use sapa_model::LanguageCode;
use sapa_model::people::PeopleFilter;

use crate::i18n::use_t;
use crate::place;
use crate::reactive::derive;
use crate::ui::kit::{Select, use_countries, use_languages};

/// What is typed and chosen.
#[derive(Clone, Copy)]
pub struct Filters {
    /// What is typed.
    pub query: RwSignal<String>,
    native: RwSignal<String>,
    learning: RwSignal<String>,
    country: RwSignal<String>,
    online: RwSignal<bool>,
}

impl Filters {
    /// Those that an address gives.
    pub fn of(query: &str) -> Self {
        let given = |name| RwSignal::new(place::given(query, name).unwrap_or_default());
        Self {
            query: given("q"),
            native: given("native"),
            learning: given("learning"),
            country: given("country"),
            online: RwSignal::new(place::given(query, "online").is_some()),
        }
    }

    /// As the server takes them, with what was typed as `query`. Reactive.
    pub fn get(self, query: String) -> PeopleFilter {
        let language = |code: RwSignal<String>| code.with(|code| LanguageCode::parse(code).ok());
        PeopleFilter {
            query,
            native: language(self.native),
            learning: language(self.learning),
            country: Some(self.country.get()).filter(|code| !code.is_empty()),
            online: self.online.get(),
        }
    }

    /// Takes all of them away.
    pub fn clear(self) {
        for filter in [self.query, self.native, self.learning, self.country] {
            filter.set(String::new());
        }
        self.online.set(false);
    }
}

/// The choices in a row.
#[component]
pub fn FilterRow(filters: Filters) -> impl IntoView {
    let t = use_t();
    let languages = use_languages();
    let languages = derive(move || languages.get());
    let countries = use_countries();
    let online = filters.online;
    view! {
        <div class="filters" role="group" aria-label=t.people().filters>
            <Select
                label=t.people().native_language
                name="native"
                value=filters.native
                options=languages
                empty=t.people().any_native
                bare=true
            />
            <Select
                label=t.people().learning_language
                name="learning"
                value=filters.learning
                options=languages
                empty=t.people().any_learning
                bare=true
            />
            <Select
                label=t.account().country
                name="country"
                value=filters.country
                options=derive(move || countries.get())
                empty=t.people().any_country
                bare=true
            />
            <button
                type="button"
                class="filter-toggle"
                aria-pressed=move || online.get().to_string()
                on:click=move |_| online.update(|online| *online = !*online)
            >
                {t.people().online_now}
            </button>
        </div>
    }
    .into_any()
}
