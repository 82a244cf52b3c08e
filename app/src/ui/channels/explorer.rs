//! The explorer of public channels.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::channel::{ChannelCard as Found, ChannelPage as Page};

use super::card::ChannelCard;
use crate::api::channels::explore_channels;
use crate::i18n::use_t;
use crate::reactive::{derive, memo};
use crate::ui::kit::{
    Art, Button, Empty, Fetched, Glyph, Icon, If, PaneHead, Rows, SearchBox, Variant, debounced, use_toasts,
};
use crate::ui::people::{loaded, use_reconnected};

/// How long typing must rest before the server is asked, in milliseconds.
const REST_MS: u64 = 200;

/// The page to find channels on.
#[component]
pub fn ChannelsPage() -> impl IntoView {
    let t = use_t();
    let typed = RwSignal::new(String::new());
    let query = debounced::<String>(typed.into(), REST_MS);
    let query = memo(move || query.get().trim().to_owned());
    let reconnected = use_reconnected();
    let found = Fetched::new(move || {
        reconnected.track();
        explore_channels(query.get(), None)
    });
    let show = move |answer| view! { <Channels answer query typed /> }.into_any();
    view! {
        <section class="page" aria-label=t.places.channels>
            <PaneHead title=t.places.channels sub=t.channels().sub />
            <div class="pane-body">
                <div class="people-search channel-search">
                    <SearchBox label=t.channels().search value=typed />
                    <a class="button soft" href="/channels/new">
                        <Icon glyph=Glyph::Plus />
                        <span>{t.places.new_channel}</span>
                    </a>
                </div>
                {loaded(found, show)}
            </div>
        </section>
    }
}

#[component]
fn Channels(answer: Signal<Page>, query: Memo<String>, typed: RwSignal<String>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    // Further pages, of the same question.
    let further = RwSignal::new(Vec::<Found>::new());
    let next = RwSignal::new(None);
    Effect::new(move |_| {
        next.set(answer.with(|answer| answer.next));
        further.set(Vec::new());
    });
    let busy = RwSignal::new(false);
    let more = move |()| {
        busy.set(true);
        let asked = query.get_untracked();
        spawn_local(async move {
            let page = explore_channels(asked.clone(), next.get_untracked()).await;
            if query.try_get_untracked() != Some(asked) {
                return;
            }
            match page {
                Ok(page) => {
                    next.set(page.next);
                    further.update(|further| further.extend(page.channels));
                }
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    let shown = derive(move || {
        let mut shown = answer.with(|answer| answer.channels.clone());
        // Its followers may have moved a channel from one page to the next.
        further.with(|further| {
            for card in further {
                if shown.iter().all(|other| other.room.id != card.room.id) {
                    shown.push(card.clone());
                }
            }
        });
        shown
    });
    let count = move || shown.with(|shown| u64::try_from(shown.len()).unwrap_or_default());
    let is_empty = memo(move || answer.with(|answer| answer.channels.is_empty()));
    view! {
        <p class="unseen" role="status">{move || (t.channels().found)(count())}</p>
        {move || {
            if !is_empty.get() {
                return view! {
                    <ul class="cards" aria-label=t.places.channels>
                        <Rows each=move || shown.get() key=|card| (card.room.id, card.room.seq, card.room.member_count) let:card>
                            <ChannelCard card />
                        </Rows>
                    </ul>
                }
                .into_any();
            }
            let what = query.get_untracked();
            if what.is_empty() {
                view! { <Empty art=Art::Chats title=t.channels().none_title text=t.channels().none_text /> }.into_any()
            } else {
                view! {
                    <Empty art=Art::Search title=(t.channels().no_match_title)(&what) text=t.channels().no_match_text>
                        <Button variant=Variant::Soft on_press=move |()| typed.set(String::new())>
                            {t.common.clear_search}
                        </Button>
                    </Empty>
                }
                .into_any()
            }
        }}
        <If when=move || next.get().is_some()>
            <p class="more">
                <Button variant=Variant::Plain busy=busy on_press=more>
                    {t.channels().show_more}
                </Button>
            </p>
        </If>
    }
    .into_any()
}
