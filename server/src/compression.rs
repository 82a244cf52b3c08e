//! What is compressed on its way out: pages and data. The site's own files are compressed when it is built, and
//! people's files go as they are, of which a browser may want a part.

use axum::http::header::{ACCEPT_RANGES, CONTENT_TYPE};
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// What is smaller fits into one packet anyway, in bytes.
const WORTH_IT: u16 = 1_024;
const WORDS: [&str; 3] = ["text/html", "application/json", "application/atom+xml"];

/// Compresses answers for those who take it.
pub fn layer() -> CompressionLayer<impl Predicate> {
    let worth_it = SizeAbove::new(WORTH_IT).and(is_words);
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it)
}

fn is_words(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (media_type, _) = media_type.split_once(';').unwrap_or((media_type, ""));
    WORDS.contains(&media_type) && !headers.contains_key(ACCEPT_RANGES)
}
