//! The explorer: everyone who is here, fifteen a page.

use leptos::prelude::*;
use sapa_model::people::PeoplePage;

use super::heard::use_reconnected;
use super::list::PersonCards;
use super::loaded::loaded;
use super::pager::Pager;
use crate::api::people::explore;
use crate::i18n::use_t;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Art, Button, Empty, Fetched, PaneHead, SearchBox, Variant, debounced};

/// How long typing must rest before the server is asked, in milliseconds.
const REST_MS: u64 = 200;

/// The page to find people on.
#[component]
pub fn ExplorerPage() -> impl IntoView {
    let t = use_t();
    let typed = RwSignal::new(String::new());
    let query = debounced(typed.into(), REST_MS);
    let page = RwSignal::new(0_u32);
    let reconnected = use_reconnected();
    Effect::watch(move || query.get(), move |_, _, _| page.set(0), false);
    let found = Fetched::new(move || {
        reconnected.track();
        explore(query.get(), page.get())
    });
    let show = move |answer| view! { <Found answer=answer query=query typed=typed page=page /> }.into_any();
    view! {
        <section class="page" aria-label=t.people.title>
            <PaneHead title=t.people.title sub=t.people.sub />
            <div class="pane-body">
                <div class="people-search">
                    <SearchBox label=t.people.search value=typed />
                </div>
                {loaded(found, show)}
            </div>
        </section>
    }
}

#[component]
fn Found(
    answer: Signal<PeoplePage>,
    query: Signal<String>,
    typed: RwSignal<String>,
    page: RwSignal<u32>,
) -> impl IntoView {
    let t = use_t();
    let people = derive(move || answer.with(|answer| answer.people.clone()));
    let total = derive(move || answer.with(|answer| answer.total));
    // What was looked for in vain, if anything was.
    let in_vain = memo(move || {
        let none = answer.with(|answer| answer.people.is_empty()) && page.get_untracked() == 0;
        none.then(|| query.get_untracked().trim().to_owned())
    });
    view! {
        <p class="unseen" role="status">{move || (t.people.found)(total.get().into())}</p>
        {move || match in_vain.get() {
            None => view! { <PersonCards people=people label=t.people.title /> }.into_any(),
            Some(what) if what.is_empty() => {
                view! { <Empty art=Art::People title=t.people.nobody_title text=t.people.nobody_text /> }.into_any()
            }
            Some(what) => view! {
                <Empty art=Art::Search title=(t.people.no_match_title)(&what) text=t.people.no_match_text>
                    <Button variant=Variant::Soft on_press=move |()| typed.set(String::new())>
                        {t.people.show_everyone}
                    </Button>
                </Empty>
            }
            .into_any(),
        }}
        <Pager page=page total=total />
    }
    .into_any()
}
