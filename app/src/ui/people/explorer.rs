//! The explorer: everyone who is here, fifteen a page.

use leptos::prelude::*;
use sapa_model::LanguageCode;
use sapa_model::people::{PeopleFilter, PeoplePage};

use super::filters::{FilterRow, Filters};
use super::heard::use_reconnected;
use super::list::PersonCards;
use super::loaded::loaded;
use super::pager::Pager;
use crate::api::people::explore;
use crate::i18n::use_t;
use crate::place;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Art, Button, Empty, Fetched, KeptScroll, PaneHead, SearchBox, Variant, debounced};
use crate::way::use_way;

/// How long typing must rest before the server is asked, in milliseconds.
const REST_MS: u64 = 200;

/// The page to find people on.
#[component]
pub fn ExplorerPage() -> impl IntoView {
    let t = use_t();
    let way = use_way();
    let given = way.query().get_untracked();
    let filters = Filters::of(&given);
    let query = debounced::<String>(filters.query.into(), REST_MS);
    let filter = memo(move || filters.get(query.get()));
    let page = RwSignal::new(page_of(&given));
    let reconnected = use_reconnected();
    Effect::watch(move || filter.get(), move |_, _, _| page.set(0), false);
    let found = Fetched::new(move || {
        reconnected.track();
        explore(filter.get(), page.get())
    });
    Effect::new(move |_| way.amend(&filter.with(|filter| address(filter, page.get()))));
    let kept = KeptScroll::new(move || found.answer.with(Option::is_some));
    let show =
        move |answer| view! { <Found answer=answer filter=filter filters=filters page=page /> }.into_any();
    view! {
        <section node_ref=kept.page class="page" aria-label=t.places.people on:scroll=move |_| kept.note()>
            <PaneHead title=t.places.people sub=t.people().sub />
            <div class="pane-body">
                <div class="people-search">
                    <SearchBox label=t.people().search value=filters.query />
                    <FilterRow filters=filters />
                </div>
                {loaded(found, show)}
            </div>
        </section>
    }
}

/// The page that an address names: there they count from 1, here from 0.
fn page_of(query: &str) -> u32 {
    let page = place::given(query, "page").and_then(|page| page.parse::<u32>().ok());
    page.map_or(0, |page| page.saturating_sub(1))
}

/// What is looked for, as the end of an address.
fn address(filter: &PeopleFilter, page: u32) -> String {
    let code = |language: Option<LanguageCode>| language.map(String::from).unwrap_or_default();
    place::query([
        ("q", filter.query.trim().to_owned()),
        ("native", code(filter.native)),
        ("learning", code(filter.learning)),
        ("country", filter.country.clone().unwrap_or_default()),
        ("online", if filter.online { "1".to_owned() } else { String::new() }),
        ("page", if page > 0 { page.saturating_add(1).to_string() } else { String::new() }),
    ])
}

#[component]
fn Found(
    answer: Signal<PeoplePage>,
    filter: Memo<PeopleFilter>,
    filters: Filters,
    page: RwSignal<u32>,
) -> impl IntoView {
    let t = use_t();
    let people = derive(move || answer.with(|answer| answer.people.clone()));
    let total = derive(move || answer.with(|answer| answer.total));
    // What was looked for in vain, if anything was.
    let in_vain = memo(move || {
        let none = answer.with(|answer| answer.people.is_empty()) && page.get_untracked() == 0;
        none.then(|| filter.get_untracked())
    });
    view! {
        <p class="unseen" role="status">{move || (t.people().found)(total.get().into())}</p>
        {move || match in_vain.get() {
            None => view! { <PersonCards people=people label=t.places.people /> }.into_any(),
            Some(filter) if filter == PeopleFilter::default() => {
                view! { <Empty art=Art::People title=t.people().nobody_title text=t.people().nobody_text /> }.into_any()
            }
            Some(filter) => {
                let what = filter.query.trim();
                let (title, text) = if what.is_empty() {
                    (t.people().no_such_title.to_owned(), t.people().no_such_text)
                } else {
                    ((t.people().no_match_title)(what), t.people().no_match_text)
                };
                view! {
                    <Empty art=Art::Search title=title text=text>
                        <Button variant=Variant::Soft on_press=move |()| filters.clear()>
                            {t.people().show_everyone}
                        </Button>
                    </Empty>
                }
                .into_any()
            }
        }}
        <Pager page=page total=total />
    }
    .into_any()
}
