//! Documents that are the same for many: caches keep them, and ask by their entity tag whether they still hold.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::site::holds;

/// How they may be kept: only to be asked about each time.
pub const CACHING: &str = "public, no-cache";

/// A document as it goes out. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// All of it.
    pub text: Bytes,
    /// The same for the same text.
    pub etag: Arc<str>,
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Self { text: text.into(), etag: format!("W/\"{:016x}\"", hasher.finish()).into() }
    }
}

impl Document {
    /// The document for whoever asks with these headers, or the word that what they have is still good.
    pub fn answer(self, media_type: &'static str, headers: &HeaderMap) -> Response {
        let Self { text, etag } = self;
        let common = [(ETAG, etag.to_string()), (CACHE_CONTROL, CACHING.to_owned())];
        if headers.get(IF_NONE_MATCH).is_some_and(|known| holds(known, &etag)) {
            return (StatusCode::NOT_MODIFIED, common).into_response();
        }
        (common, [(CONTENT_TYPE, media_type)], text).into_response()
    }
}
