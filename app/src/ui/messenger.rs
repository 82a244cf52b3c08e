//! The messenger: navigation, the dialog list, the pane beside it. For people who are signed in;
//! strangers are sent to sign in, and back to where they wanted to go.

mod banner;
mod rail;

use leptos::prelude::*;
use sapa_model::RoomId;

use crate::browser;
use crate::house::use_house;
use crate::i18n::use_t;
use crate::lazy::LazyPage;
use crate::live::{Bootstrap, Live};
use crate::parts::{PanePiece, Part};
use crate::place::Place;
use crate::reactive::memo;
use crate::ui::calls::{InCall, Incoming};
use crate::ui::chat::{ChatPage, NoChat};
use crate::ui::details::Details;
use crate::ui::dialogs::{DialogList, title};
use crate::ui::keys::KeysHelp;
use crate::ui::notifications::Notifications;
use crate::ui::report::{ReportModal, Reporting};
use crate::ui::stories::{Stage, Stories};
use crate::ui::switcher::Switcher;
use crate::ui::title::{of_place, window_title};
use crate::way::use_way;

use banner::Banner;
use rail::Rail;

/// Whether the details of the open chat are shown.
#[derive(Clone, Copy)]
pub struct DetailsOpen(pub RwSignal<bool>);

/// The frame of all pages for people who are signed in. A page that came without their data is loaded
/// anew: the server gives the data, or leads to signing in.
#[component]
pub fn Messenger() -> impl IntoView {
    if let Some(start) = Bootstrap::given() {
        return view! { <Frame start /> }.into_any();
    }
    Effect::new(browser::reload);
    ().into_any()
}

#[component]
fn Frame(start: Bootstrap) -> impl IntoView {
    let live = Live::new(start);
    provide_context(live);
    let details = DetailsOpen(RwSignal::new(false));
    provide_context(details);
    let reporting = Reporting(RwSignal::new(None));
    provide_context(reporting);
    provide_context(Stage::default());
    let t = use_t();

    let place = use_way().place;
    let room = current_room();
    let at_list = memo(move || place.get() == Some(Place::Chats));

    Effect::new(move || live.connect());
    Effect::new(Part::load_when_idle);
    let (unread, requests) = (live.unread(), live.requests_waiting());
    let waiting = memo(move || unread.get() + requests.get());
    Effect::new(move || browser::show_waiting(waiting.get()));
    let name = memo(move || {
        let place = place.get()?;
        // It may be loaded later than its address is gone to.
        live.dialogs().track();
        let called = place.room().and_then(|room| live.dialog(room)).map(|dialog| dialog.with(title));
        called.or_else(|| of_place(t, &place).map(ToOwned::to_owned))
    });
    let house = use_house();
    Effect::new(move || browser::show_title(&window_title(&house, name.read().as_deref(), waiting.get())));

    view! {
        <a class="skip" href="#pane">
            {t.common.skip_to_content}
        </a>
        <Incoming />
        <div
            class="app"
            // Whoever sees nothing but the call shall not tab behind it.
            prop:inert=move || live.calls().covers_all()
            class:at-list=at_list
            class:with-details=move || room.get().is_some() && details.0.get()>
            <Rail />
            <DialogList />
            <main class="pane" id="pane" tabindex="-1">
                <Banner />
                <Page />
            </main>
            {move || {
                let room = room.get().filter(|_| details.0.get());
                room.map(|room| view! { <Details room /> })
            }}
        </div>
        <InCall />
        <Switcher />
        <KeysHelp />
        <ReportModal reporting=reporting />
        <Notifications />
        <Stories />
    }
}

/// What the right pane shows.
#[component]
fn Page() -> impl IntoView {
    let place = use_way().place;
    // Another chat, or another message of it, is no other page.
    let kind = memo(move || place.read().as_ref().map(std::mem::discriminant));
    view! {
        {move || match kind.get().and_then(|_| place.get_untracked()) {
            Some(Place::Chat(..)) => view! { <ChatPage /> }.into_any(),
            Some(place) if Part::of(&place) == Some(Part::Panes) => {
                view! { <LazyPage piece=PanePiece::Page(place) /> }.into_any()
            }
            // The pages for others are not the messenger's.
            _ => view! { <NoChat /> }.into_any(),
        }}
    }
}

/// The room whose chat the address shows.
pub fn current_room() -> Memo<Option<RoomId>> {
    let place = use_way().place;
    memo(move || place.read().as_ref().and_then(Place::room))
}
