//! The way from one page of a list to the next, in the headers: lists are plain arrays, as seed 001 has them.

use axum::http::header::{HeaderMap, LINK};
use axum::http::{HeaderName, HeaderValue};

/// How many there are on all pages.
pub const TOTAL_COUNT: HeaderName = HeaderName::from_static("x-total-count");

/// A `Link` header (RFC 8288) of relations and addresses; none where there are none.
pub fn header(links: impl IntoIterator<Item = (&'static str, String)>) -> HeaderMap {
    let links: Vec<_> = links.into_iter().map(|(rel, to)| format!("<{to}>; rel=\"{rel}\"")).collect();
    let mut headers = HeaderMap::new();
    if let Some(value) = HeaderValue::from_str(&links.join(", ")).ok().filter(|value| !value.is_empty()) {
        headers.insert(LINK, value);
    }
    headers
}
