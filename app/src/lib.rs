//! The interface of Sapa: pages, components, the live store and the server functions behind them.
//!
//! - `api`: server functions, the interface's own door to the domain
//! - `live`: the live store, the socket, the outbox
//! - `ui`: what people see; `i18n`: the words in which they see it
//! - `parts`: what of it is loaded only when it is wanted; `lazy`: drawing that
//! - `place`: its addresses; `way`: going from one to another
//! - `browser`: the little that is asked of the browser
//! - `shell`: the page around the app, `public_page`: that of a public channel (on the server)

pub mod api;
pub mod browser;
pub mod house;
pub mod i18n;
pub mod lazy;
pub mod live;
pub mod order;
pub mod parts;
pub mod place;
#[cfg(feature = "ssr")]
pub mod public_page;
pub mod reactive;
pub mod refused;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod ui;
pub mod way;

use leptos::prelude::*;

use house::use_house;
use lazy::LazyPage;
use parts::AccountPiece;
use place::{Guests, Place};
use ui::elsewhere::Elsewhere;
use ui::kit::{Art, Empty, Toasts, provide_kit};
use ui::messenger::Messenger;
use ui::title::window_title;
use way::{provide_way, use_way};

/// The whole interface.
#[component]
pub fn App() -> impl IntoView {
    provide_kit();
    provide_way();
    Effect::new(browser::set_live);

    // The messenger stays while one goes about in it.
    let place = use_way().place;
    let here = reactive::memo(move || match place.get() {
        Some(place) if place.guests() == Guests::SignedIn => Some(Place::Chats),
        other => other,
    });
    let (t, house) = (i18n::use_t(), use_house());
    Effect::new(move || {
        // The messenger's own title tells more.
        let place = place.get().filter(|place| place.guests() != Guests::SignedIn);
        if let Some(name) = place.and_then(|place| ui::title::of_place(t, &place)) {
            browser::show_title(&window_title(&house, Some(name), 0));
        }
    });
    view! {
        <Elsewhere />
        {move || match here.get() {
            Some(Place::Chats) => view! { <Messenger /> }.into_any(),
            Some(place) => view! { <LazyPage piece=AccountPiece(place) /> }.into_any(),
            None => view! { <NotFound /> }.into_any(),
        }}
        <Toasts />
    }
}

#[component]
fn NotFound() -> impl IntoView {
    let t = i18n::use_t();
    view! {
        <main class="lost">
            <h1 class="unseen">{use_house()}</h1>
            <Empty art=Art::Lost title=t.common.not_found_title text=t.common.not_found_text>
                <a class="button main" href="/chats">
                    {t.common.to_chats}
                </a>
            </Empty>
        </main>
    }
}
