//! Where the feed stands. Its origin is the bottom (see `style/chat.css`): `scroll_top` is 0 there
//! and negative above, so that what comes in above moves nothing. Only the browser calls these.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, NodeList};

/// Somebody this near to the bottom, in pixels, is taken along by a new message: whoever has scrolled up by
/// less has not meant to.
const NEAR_BOTTOM: i32 = 4;
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

/// Brings the element of a selector to a third of the height. Says which message is to stay there: the one
/// that it is or stands above.
pub fn reveal(feed: &Element, selector: &str) -> Option<Anchor> {
    let element = feed.query_selector(selector).ok()??;
    scroll_by(feed, top(feed, &element) - f64::from(feed.client_height()) / 3.0);
    Anchor::at(feed, &element).or_else(|| Anchor::at(feed, &element.next_element_sibling()?))
}

/// The number of the last message whose end is on the screen.
pub fn last_seen(feed: &Element) -> Option<u64> {
    const SLACK: f64 = 8.0;
    let bottom = feed.get_bounding_client_rect().bottom() + SLACK;
    let rows = feed.query_selector_all("[data-number]").ok()?;
    let below = first(&rows, |row| row.get_bounding_client_rect().bottom() > bottom);
    element(&rows, below.checked_sub(1)?)?.get_attribute("data-number")?.parse().ok()
}

/// The place of the first element, from the top to the bottom, for which this holds as for all below it.
fn first(rows: &NodeList, holds: impl Fn(&Element) -> bool) -> u32 {
    let (mut from, mut to) = (0, rows.length());
    while from < to {
        let middle = u32::midpoint(from, to);
        if element(rows, middle).is_some_and(|row| holds(&row)) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

fn element(rows: &NodeList, at: u32) -> Option<Element> {
    rows.get(at)?.dyn_into().ok()
}

/// How far the upper edge of an element of the feed lies below that of the feed.
fn top(feed: &Element, element: &Element) -> f64 {
    element.get_bounding_client_rect().top() - feed.get_bounding_client_rect().top()
}

/// The message that stays where it stands on the screen while rows come and go and take their heights: it
/// is what the reader looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    message: String,
    top: f64,
    scroll_top: i32,
}

impl Anchor {
    /// The first message that begins on the screen.
    pub fn of(feed: &Element) -> Option<Self> {
        let rows = feed.query_selector_all("[data-message]").ok()?;
        Self::at(feed, &element(&rows, first(&rows, |row| top(feed, row) >= 0.0))?)
    }

    /// This one, where it stands now.
    fn at(feed: &Element, row: &Element) -> Option<Self> {
        let message = row.get_attribute("data-message")?;
        Some(Self { message, top: top(feed, row), scroll_top: feed.scroll_top() })
    }

    /// Whether the feed has been scrolled since.
    pub fn is_left(&self, feed: &Element) -> bool {
        self.scroll_top != feed.scroll_top()
    }

    /// Scrolls by as much as the message was moved by anything else than scrolling. Where it is gone, another
    /// takes over.
    pub fn hold(self, feed: &Element) -> Option<Self> {
        let Some(row) = row(feed, &self.message) else { return Self::of(feed) };
        let scrolled = f64::from(feed.scroll_top() - self.scroll_top);
        let moved = top(feed, &row) - self.top + scrolled;
        // Less comes of rounding.
        if moved.abs() >= 1.0 {
            scroll_by(feed, moved);
        }
        Self::at(feed, &row)
    }
}

fn scroll_by(feed: &Element, distance: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
    feed.set_scroll_top(feed.scroll_top() + distance.round() as i32);
}

/// The row of a message.
pub fn row(feed: &Element, id: &str) -> Option<HtmlElement> {
    feed.query_selector(&format!("[data-message=\"{id}\"]")).ok()??.dyn_into().ok()
}
