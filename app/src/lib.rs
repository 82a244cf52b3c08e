//! The interface of Sapa: pages, components, the live store and the server functions behind them.
//!
//! - `api`: server functions, the interface's own door to the domain
//! - `live`: the live store, the socket, the outbox
//! - `ui`: what people see; `i18n`: the words in which they see it
//! - `browser`: the little that is asked of the browser
//! - `shell`: the page around the app (on the server)

// Views nest deeply, and each adds to one type.
#![recursion_limit = "512"]

pub mod api;
pub mod browser;
pub mod i18n;
pub mod live;
pub mod reactive;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod ui;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;

use ui::account::{RegisterPage, SignInPage};
use ui::chat::{ChatPage, NoChat};
use ui::groups::{JoinPage, NewGroupPage};
use ui::kit::{Art, Empty, Toasts, provide_kit};
use ui::messenger::Messenger;
use ui::people::{BlockedPage, ExplorerPage, RequestsPage};
use ui::settings::SettingsPage;

/// The whole interface.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_kit();
    Effect::new(|| browser::set_hydrated());

    view! {
        <Title text="Sapa" />
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=|| view! { <Redirect path="/chats" /> } />
                <Route path=path!("/sign-in") view=page(|| view! { <SignInPage /> }.into_any()) />
                <Route path=path!("/register") view=page(|| view! { <RegisterPage /> }.into_any()) />
                <ParentRoute path=path!("") view=Messenger>
                    <Route path=path!("/chats") view=page(|| view! { <NoChat /> }.into_any()) />
                    <Route path=path!("/chats/:room") view=page(|| view! { <ChatPage /> }.into_any()) />
                    <Route path=path!("/chats/:room/:message") view=page(|| view! { <ChatPage /> }.into_any()) />
                    <Route path=path!("/people") view=page(|| view! { <ExplorerPage /> }.into_any()) />
                    <Route path=path!("/requests") view=page(|| view! { <RequestsPage /> }.into_any()) />
                    <Route path=path!("/blocked") view=page(|| view! { <BlockedPage /> }.into_any()) />
                    <Route path=path!("/settings") view=page(|| view! { <SettingsPage /> }.into_any()) />
                    <Route path=path!("/groups/new") view=page(|| view! { <NewGroupPage /> }.into_any()) />
                    <Route path=path!("/join/:token") view=page(|| view! { <JoinPage /> }.into_any()) />
                </ParentRoute>
            </Routes>
        </Router>
        <Toasts />
    }
}

/// All pages as one type: the router is compiled anew for each type of page.
fn page(page: fn() -> AnyView) -> fn() -> AnyView {
    page
}

#[component]
fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    let t = i18n::use_t();
    view! {
        <main class="lost">
            <Empty
                art=Art::Lost
                title=t.common.not_found_title
                text=t.common.not_found_text
            >
                <a class="button main" href="/chats">
                    {t.common.to_chats}
                </a>
            </Empty>
        </main>
    }
}
