//! Going from place to place without loading the page anew.

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlAnchorElement};
use leptos::{ev, prelude::*};

use crate::place::Place;
use crate::reactive::memo;

/// Where this page is, and the way elsewhere. Take it from the context by [`use_way`].
#[derive(Clone, Copy)]
pub struct Way {
    /// The place shown now; none where there is nothing.
    pub place: Memo<Option<Place>>,
    path: RwSignal<String>,
    query: RwSignal<String>,
}

/// The way, in a component's body.
///
/// # Panics
/// Outside the app, which provides it.
#[allow(clippy::expect_used)]
pub fn use_way() -> Way {
    use_context().expect("the app provides the way")
}

/// Provides the way; in the browser, follows links and the Back button. Once, in the app.
pub fn provide_way() {
    let (path, query) = address();
    let (path, query) = (RwSignal::new(path), RwSignal::new(query));
    let way = Way { place: memo(move || Place::parse(&path.read())), path, query };
    provide_context(way);
    Effect::new(move || {
        let clicks = window_event_listener(ev::click, move |event| {
            if let Some(place) = followed(&event).filter(|place| way.leads_to(place)) {
                event.prevent_default();
                way.go(&place);
            }
        });
        let back = window_event_listener(ev::popstate, move |_| way.look());
        on_cleanup(move || {
            clicks.remove();
            back.remove();
        });
    });
}

impl Way {
    /// The path of the address, with its leading slash.
    pub fn path(self) -> Signal<String> {
        self.path.into()
    }

    /// The query of the address, with or without its question mark.
    pub fn query(self) -> Signal<String> {
        self.query.into()
    }

    /// Goes to a place and adds it to the browser's history.
    pub fn go(self, place: &Place) {
        let address = place.to_string();
        if self.path.with_untracked(|path| *path == address) {
            return;
        }
        if let Ok(history) = window().history() {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address)).ok();
        }
        self.look();
    }

    /// Whether a link is followed here: both sides of signing in are pages of their own, so that
    /// nothing of one lives on in the other.
    fn leads_to(self, place: &Place) -> bool {
        self.place.with_untracked(|here| here.as_ref().is_some_and(|here| here.guests() == place.guests()))
    }

    /// Takes over what the browser's address bar says.
    fn look(self) {
        let location = window().location();
        self.query.set(location.search().unwrap_or_default());
        self.path.set(location.pathname().unwrap_or_default());
    }
}

/// The place that a plain press on a link leads to; none for links that the browser follows itself.
fn followed(event: &ev::MouseEvent) -> Option<Place> {
    let changed = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || changed {
        return None;
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let ours = link.target().is_empty()
        && !link.has_attribute("download")
        && link.hash().is_empty()
        && link.search().is_empty()
        && Some(link.origin()) == window().location().origin().ok();
    if ours { Place::parse(&link.pathname()) } else { None }
}

#[cfg(feature = "ssr")]
fn address() -> (String, String) {
    let parts = use_context::<axum::http::request::Parts>();
    parts.map_or_else(Default::default, |parts| {
        (parts.uri.path().to_owned(), parts.uri.query().unwrap_or_default().to_owned())
    })
}

#[cfg(not(feature = "ssr"))]
fn address() -> (String, String) {
    let location = window().location();
    (location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}
