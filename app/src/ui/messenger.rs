//! The messenger: navigation, the dialog list, the pane beside it. For people who are signed in;
//! strangers are sent to sign in, and back to where they wanted to go.

mod banner;
mod rail;

use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_location;
use sapa_model::RoomId;

use crate::api::json::Json;
use crate::i18n::use_t;
use crate::live::{Bootstrap, Live, bootstrap};
use crate::reactive::memo;
use crate::ui::details::Details;
use crate::ui::dialogs::DialogList;
use crate::ui::keys::KeysHelp;
use crate::ui::kit::{Skeleton, SkeletonShape};
use crate::ui::switcher::Switcher;

use banner::Banner;
use rail::Rail;

/// Whether the details of the open chat are shown.
#[derive(Clone, Copy)]
pub struct DetailsOpen(pub RwSignal<bool>);

/// The guard and the frame of all pages for people who are signed in.
#[component]
pub fn Messenger() -> impl IntoView {
    let start = Resource::<_, Json>::new_with_options(|| (), |()| bootstrap(), true);
    view! {
        <Suspense fallback=|| {
            view! {
                <div class="app loading">
                    <Skeleton rows=8 shape=SkeletonShape::Row />
                </div>
            }
        }>
            {move || Suspend::new(async move {
                match start.await {
                    Ok(start) => view! { <Frame start /> }.into_any(),
                    Err(_) => view! { <ToSignIn /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn ToSignIn() -> impl IntoView {
    let location = use_location();
    let wanted = location.pathname.get_untracked();
    let target = match wanted.as_str() {
        "/" | "/chats" => "/sign-in".to_owned(),
        path => format!("/sign-in?next={path}"),
    };
    view! { <Redirect path=target /> }
}

#[component]
fn Frame(start: Bootstrap) -> impl IntoView {
    let live = Live::new(start);
    provide_context(live);
    let details = DetailsOpen(RwSignal::new(false));
    provide_context(details);
    let t = use_t();

    let path = use_location().pathname;
    let room = memo(move || open_room(&path.get()));
    let at_list = memo(move || path.get().trim_end_matches('/') == "/chats");

    Effect::new(move || live.connect());
    let unread = live.unread();
    Effect::new(move || crate::browser::show_unread(unread.get()));

    view! {
        <a class="skip" href="#pane">
            {t.common.skip_to_content}
        </a>
        <div class="app" class:at-list=at_list class:with-details=move || room.get().is_some() && details.0.get()>
            <Rail />
            <DialogList />
            <main class="pane" id="pane" tabindex="-1">
                <Banner />
                <Outlet />
            </main>
            {move || {
                let room = room.get().filter(|_| details.0.get());
                room.map(|room| view! { <Details room /> })
            }}
        </div>
        <Switcher />
        <KeysHelp />
    }
}

/// The room whose chat an address shows.
pub fn open_room(path: &str) -> Option<RoomId> {
    path.strip_prefix("/chats/")?.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_room() {
        assert_eq!(open_room("/chats/12"), Some(RoomId(12)));
        assert_eq!(open_room("/chats/12/345"), Some(RoomId(12)));
        assert_eq!(open_room("/chats"), None);
        assert_eq!(open_room("/people"), None);
    }
}
