//! Going from place to place without loading the page anew.

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlAnchorElement};
use leptos::{ev, prelude::*};

use crate::browser;
use crate::place::Place;
use crate::reactive::memo;

/// How long a step back may take, in milliseconds: browsers do it within one frame or two.
const PATIENCE_MS: i32 = 1_000;

/// Where this page is, and the way elsewhere. Take it from the context by [`use_way`].
#[derive(Clone, Copy)]
pub struct Way {
    /// The place shown now; none where there is nothing.
    pub place: Memo<Option<Place>>,
    path: RwSignal<String>,
    query: RwSignal<String>,
    over: StoredValue<Over>,
}

/// What lies above the page. Each has a step of its own in the browser's history, so that Back takes it away.
#[derive(Default)]
struct Over {
    /// From the lowest to the uppermost: its step, and what closes it.
    layers: Vec<(f64, Callback<()>)>,
    /// A step of one that was closed otherwise is being taken back, which the browser does a moment later.
    going_back: bool,
    /// What was laid over the page meanwhile, and gets its step then.
    later: Vec<(f64, Callback<()>)>,
    /// Where to go once that is done.
    next: Option<Place>,
}

impl Over {
    /// Forgets what has the last step. Says whether something had.
    fn leave(&mut self, here: f64) -> bool {
        self.layers.pop_if(|(step, _)| step.to_bits() == here.to_bits()).is_some()
    }
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
    let place = memo(move || Place::parse(&path.read()));
    let way = Way { place, path, query, over: StoredValue::default() };
    provide_context(way);
    Effect::new(move || {
        let clicks = window_event_listener(ev::click, move |event| {
            if let Some(place) = followed(&event).filter(|place| way.leads_to(place)) {
                event.prevent_default();
                way.go(&place);
            }
        });
        let back = window_event_listener(ev::popstate, move |_| way.went());
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
        if self.over.with_value(|over| over.going_back) {
            self.over.update_value(|over| over.next = Some(place.clone()));
            return;
        }
        if let Ok(history) = window().history() {
            let here = steps_here();
            // In place of the step of what lies above the page, which is left with it.
            if self.over.try_update_value(|over| over.leave(here)) == Some(true) {
                history.replace_state_with_url(&JsValue::from(here), "", Some(&address)).ok();
            } else {
                history.push_state_with_url(&JsValue::from(here + 1.0), "", Some(&address)).ok();
            }
        }
        self.look();
    }

    /// Lays something over the page: Back closes it. Gives its step, for [`Way::lift`].
    pub fn lay_over(self, close: Callback<()>) -> f64 {
        let here = steps_here();
        let waits = self.over.try_update_value(|over| {
            over.going_back.then(|| {
                // One step back from here, and one on for each that waits already.
                let step = over.later.last().map_or(here, |(last, _)| last + 1.0);
                over.later.push((step, close));
                step
            })
        });
        if let Some(step) = waits.flatten() {
            return step;
        }
        self.put_over(here + 1.0, close);
        here + 1.0
    }

    fn put_over(self, step: f64, close: Callback<()>) {
        if let Ok(history) = window().history() {
            history.push_state(&JsValue::from(step), "").ok();
        }
        self.over.update_value(|over| over.layers.push((step, close)));
    }

    /// It was closed otherwise: takes its step back, if it is the last.
    pub fn lift(self, step: f64) {
        let is_last = steps_here().to_bits() == step.to_bits();
        let was_there = self.over.try_update_value(|over| {
            over.later.retain(|(held, _)| held.to_bits() != step.to_bits());
            let before = over.layers.len();
            over.layers.retain(|(held, _)| held.to_bits() != step.to_bits());
            let was_there = over.layers.len() < before;
            over.going_back |= was_there && is_last;
            was_there
        });
        if was_there == Some(true) && is_last {
            let goes = window().history().and_then(|history| history.back()).is_ok();
            // A browser that does not do it must not keep anybody from going on.
            browser::after(if goes { PATIENCE_MS } else { 0 }, move || {
                if self.over.try_with_value(|over| over.going_back) == Some(true) {
                    self.went();
                }
            });
        }
    }

    /// The browser has gone back or on.
    fn went(self) {
        let here = steps_here();
        let waited = self.over.try_update_value(|over| {
            over.going_back = false;
            let from = over.layers.partition_point(|(step, _)| *step <= here);
            (over.layers.split_off(from), std::mem::take(&mut over.later))
        });
        let (above, later) = waited.unwrap_or_default();
        self.look();
        for (_, close) in above.into_iter().rev() {
            close.try_run(());
        }
        for (step, close) in later {
            self.put_over(step, close);
        }
        if let Some(next) = self.over.try_update_value(|over| over.next.take()).flatten() {
            self.go(&next);
        }
    }

    /// Has the address of the place that is shown say more, without a step in the browser's history.
    pub fn amend(self, query: &str) {
        if self.query.with_untracked(|before| before == query) {
            return;
        }
        if let Ok(history) = window().history() {
            let address = format!("{}{query}", self.path.get_untracked());
            history.replace_state_with_url(&JsValue::from(steps_here()), "", Some(&address)).ok();
        }
        self.query.set(query.to_owned());
    }

    /// Goes back to where somebody has come from within this page. Says whether they have.
    pub fn back(self) -> bool {
        steps_here() > 0.0 && window().history().is_ok_and(|history| history.back().is_ok())
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

/// How many places of this page lie behind in the browser's history.
pub fn steps_here() -> f64 {
    window()
        .history()
        .and_then(|history| history.state())
        .ok()
        .and_then(|state| state.as_f64())
        .unwrap_or_default()
}

/// Whether a press on a link means that it is to be followed here.
pub fn is_plain(event: &ev::MouseEvent) -> bool {
    let changed = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    !event.default_prevented() && event.button() == 0 && !changed
}

/// The place that a plain press on a link leads to; none for links that the browser follows itself.
fn followed(event: &ev::MouseEvent) -> Option<Place> {
    if !is_plain(event) {
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
