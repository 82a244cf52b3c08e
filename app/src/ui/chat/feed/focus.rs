//! The feed by keyboard: arrows go from message to message, Tab through what one holds and then on.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

use super::super::scroll::row;

/// What the Tab key would stop at.
const STOPS: &str = "a[href], button:not([disabled], [tabindex='-1']), input, audio, video";

/// Moves the focus from one message to another: by `step`, or to an end.
pub fn focus_message(feed: &Element, choose: impl Fn(Option<u32>, u32) -> u32) {
    let Ok(rows) = feed.query_selector_all("[role=article]") else { return };
    if rows.length() == 0 {
        return;
    }
    let focused = document().active_element();
    let at = (0..rows.length()).find(|&i| {
        let row = rows.get(i);
        focused.as_ref().is_some_and(|focused| row.is_some_and(|row| row.contains(Some(focused))))
    });
    let to = choose(at, rows.length()).min(rows.length() - 1);
    if let Some(row) = rows.get(to).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        row.focus().ok();
    }
}

/// Before the Tab key moves the focus: out of the feed it goes from the last that a message holds, to `end`, and
/// back out of it from the first. Says whether that was all there was to do.
pub fn tab(feed: &Element, end: &HtmlElement, back: bool) -> bool {
    let Some(focused) = document().active_element() else { return false };
    let message = focused.closest("[role=article]").ok().flatten();
    let Some(message) = message.and_then(|message| message.dyn_into::<HtmlElement>().ok()) else {
        if !back {
            end.focus().ok();
        }
        return false;
    };
    let Ok(stops) = message.query_selector_all(STOPS) else { return false };
    let shown = (0..stops.length())
        .filter_map(|at| stops.get(at)?.dyn_into::<Element>().ok())
        .filter(|stop| stop.get_bounding_client_rect().height() > 0.0);
    let (is_message, shown) = (focused == *message.as_ref(), shown.collect::<Vec<_>>());
    match (back, shown.iter().position(|stop| *stop == focused)) {
        (true, _) if is_message => focus(feed),
        (true, Some(0)) => {
            message.focus().ok();
            return true;
        }
        (false, at) if at.map_or(is_message && shown.is_empty(), |at| at + 1 == shown.len()) => {
            end.focus().ok();
        }
        _ => {}
    }
    false
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.focus().ok();
    }
}

/// The message that has the focus, which may be taken out of the page and put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focused(String);

impl Focused {
    /// The one in this feed.
    pub fn of(feed: &Element) -> Option<Self> {
        let focused = document().active_element()?;
        feed.contains(Some(&focused)).then(|| focused.get_attribute("data-message")).flatten().map(Self)
    }

    /// Gives the focus back where it was lost.
    pub fn restore(&self, feed: &Element) {
        let has_focus = feed.query_selector(":focus-within, :focus").ok().flatten().is_some();
        if !has_focus && let Some(row) = row(feed, &self.0) {
            row.focus().ok();
        }
    }
}
