//! Where the feed stands. Its origin is the bottom (see `style/chat.css`): `scroll_top` is 0 there
//! and negative above, so that what comes in above moves nothing. Only the browser calls these.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// Somebody this near to the bottom, in pixels, is taken along by a new message.
const NEAR_BOTTOM: i32 = 100;
/// This near to an end, in pixels, the next page is loaded.
const NEAR_END: i32 = 600;

/// Whether the reader is at the bottom, or nearly.
pub fn is_near_bottom(feed: &Element) -> bool {
    -feed.scroll_top() <= NEAR_BOTTOM
}

/// Whether older messages should be there soon.
pub fn wants_older(feed: &Element) -> bool {
    above(feed) < NEAR_END
}

/// Whether newer messages should be there soon.
pub fn wants_newer(feed: &Element) -> bool {
    -feed.scroll_top() < NEAR_END
}

/// Moves to the bottom.
pub fn to_bottom(feed: &Element) {
    feed.set_scroll_top(0);
}

/// How much lies above what is seen, in pixels.
pub fn above(feed: &Element) -> i32 {
    feed.scroll_height() - feed.client_height() + feed.scroll_top()
}

/// Brings the element of a selector to a third of the height. Says whether there is one.
pub fn reveal(feed: &Element, selector: &str) -> bool {
    let Some(element) = feed.query_selector(selector).ok().flatten() else { return false };
    // Twice: rows that were never drawn take their true height only once they come near.
    for _ in 0..2 {
        let distance = element.get_bounding_client_rect().top() - feed.get_bounding_client_rect().top();
        let wanted = f64::from(feed.client_height()) / 3.0;
        #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
        feed.set_scroll_top(feed.scroll_top() + (distance - wanted) as i32);
    }
    true
}

/// The number of the last message whose end is on the screen.
pub fn last_seen(feed: &Element) -> Option<u64> {
    const SLACK: f64 = 8.0;
    let bottom = feed.get_bounding_client_rect().bottom() + SLACK;
    let rows = feed.query_selector_all("[data-number]").ok()?;
    (0..rows.length()).rev().find_map(|i| {
        let row = rows.get(i)?.dyn_into::<HtmlElement>().ok()?;
        let seen = row.get_bounding_client_rect().bottom() <= bottom;
        seen.then(|| row.get_attribute("data-number")?.parse().ok()).flatten()
    })
}

/// Moves the focus from one message to another: by `step`, or to an end.
pub fn focus_message(feed: &Element, choose: impl Fn(Option<u32>, u32) -> u32) {
    let Ok(rows) = feed.query_selector_all("[role=article]") else { return };
    if rows.length() == 0 {
        return;
    }
    let focused = leptos::prelude::document().active_element();
    let at = (0..rows.length()).find(|&i| {
        let row = rows.get(i);
        focused.as_ref().is_some_and(|focused| row.is_some_and(|row| row.contains(Some(focused))))
    });
    let to = choose(at, rows.length()).min(rows.length() - 1);
    if let Some(row) = rows.get(to).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        row.focus().ok();
    }
}

/// Where a message stands on the screen, and which one has the focus: to find both again after the
/// rows have changed, which may take elements out of the page and put them back.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    message: String,
    top: f64,
    focused: Option<String>,
}

impl Place {
    /// The place of the first message that is wholly on the screen.
    pub fn of(feed: &Element) -> Option<Self> {
        let edge = feed.get_bounding_client_rect().top();
        let rows = feed.query_selector_all("[data-message]").ok()?;
        let (message, top) = (0..rows.length()).find_map(|i| {
            let row = rows.get(i)?.dyn_into::<HtmlElement>().ok()?;
            let top = row.get_bounding_client_rect().top() - edge;
            (top >= 0.0).then(|| Some((row.get_attribute("data-message")?, top))).flatten()
        })?;
        let focused = leptos::prelude::document().active_element();
        let focused = focused.filter(|element| feed.contains(Some(element)));
        Some(Self {
            message,
            top,
            focused: focused.and_then(|element| element.get_attribute("data-message")),
        })
    }

    /// Gives the focus back where it was lost.
    pub fn refocus(&self, feed: &Element) {
        let has_focus = feed.query_selector(":focus-within, :focus").ok().flatten().is_some();
        if let (Some(id), false) = (&self.focused, has_focus)
            && let Some(row) = row(feed, id)
        {
            row.focus().ok();
        }
    }

    /// Moves the feed so that the message stands where it stood.
    pub fn restore(&self, feed: &Element) {
        if let Some(row) = row(feed, &self.message) {
            let top = row.get_bounding_client_rect().top() - feed.get_bounding_client_rect().top();
            #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
            feed.set_scroll_top(feed.scroll_top() + (top - self.top).round() as i32);
        }
    }
}

fn row(feed: &Element, id: &str) -> Option<HtmlElement> {
    feed.query_selector(&format!("[data-message=\"{id}\"]")).ok()??.dyn_into().ok()
}
