//! The feed by keyboard: arrows go from message to message.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

use super::super::scroll::row;

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
