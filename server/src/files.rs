//! Files: uploads in, attachments out.

use std::ops::Range;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sapa_domain::attachments::Blob;
use sapa_domain::{Chat, attachments};
use sapa_model::attachment::FileName;
use sapa_model::{AppError, AppResult, Attachment, AttachmentId, ErrorCode, Variant};
use serde::Deserialize;

use crate::problem::Problem;
use crate::session::SignedIn;

/// What never changes and is for whoever asks alone.
const FOR_EVER: &str = "private, max-age=31536000, immutable";

/// `PUT /files/{id}`: the bytes of an upload that was announced before. They are taken in as they come.
pub async fn receive(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Path(id): Path<i64>,
    body: Body,
) -> Result<Json<Attachment>, Problem> {
    let bytes = body.into_data_stream();
    attachments::receive(&chat, &scope, AttachmentId(id), bytes).await.map(Json).map_err(Problem)
}

/// How a file is wanted.
#[derive(Deserialize)]
pub struct Wish {
    /// To be saved rather than shown.
    download: Option<String>,
}

/// `GET /files/{id}/{key}/{variant}`: a file, or a part of it, for those who may see its message.
pub async fn serve(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Path((id, key, variant)): Path<(i64, String, String)>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let variant: Variant = variant.parse().map_err(Problem)?;
    let range = range(&headers);
    let opened =
        attachments::open(&chat, &scope, AttachmentId(id), &key, variant, |size| part(range, size)).await;
    answer(opened, &headers, (&key, variant), FOR_EVER, wish.download.is_some()).map_err(Problem)
}

/// `GET /c/{handle}/files/{id}/{key}/{variant}`: a file that a public channel's post carries, for everybody.
/// Asked for anew each time, so that it is gone at once when the channel is.
pub async fn serve_public(
    State(chat): State<Chat>,
    Path((handle, id, key, variant)): Path<(String, i64, String, String)>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let variant: Variant = variant.parse().map_err(Problem)?;
    let range = range(&headers);
    let part = |size| part(range, size);
    let opened = attachments::open_public(&chat, &handle, AttachmentId(id), &key, variant, part).await;
    answer(opened, &headers, (&key, variant), "public, no-cache", wish.download.is_some()).map_err(Problem)
}

fn range(headers: &HeaderMap) -> Option<&str> {
    headers.get(RANGE).and_then(|value| value.to_str().ok())
}

/// A file on its way out.
fn answer(
    opened: AppResult<Blob>,
    headers: &HeaderMap,
    (key, variant): (&str, Variant),
    caching: &str,
    download: bool,
) -> AppResult<Response> {
    let blob = match opened {
        Ok(blob) => blob,
        Err(error) if range(headers).is_some() && error.code == ErrorCode::Invalid => {
            return Ok(StatusCode::RANGE_NOT_SATISFIABLE.into_response());
        }
        Err(error) => return Err(error),
    };
    // The key is new for each file, and a file never changes.
    let etag = format!("\"{key}-{variant}\"");
    if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response());
    }
    let whole = blob.part == (0..blob.size);
    let content_range =
        format!("bytes {}-{}/{}", blob.part.start, blob.part.end.saturating_sub(1), blob.size);
    let shown = blob.inline && !download;
    let mut response = Response::new(Body::from_stream(blob.bytes));
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(CONTENT_TYPE, &blob.media_type);
    set(CONTENT_LENGTH, &(blob.part.end - blob.part.start).to_string());
    set(CONTENT_DISPOSITION, &disposition(shown, &blob.name));
    set(ETAG, &etag);
    set(CACHE_CONTROL, if blob.passing { "private, no-store" } else { caching });
    set(CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    if variant == Variant::Original {
        set(ACCEPT_RANGES, "bytes");
    }
    if !whole {
        set(CONTENT_RANGE, &content_range);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// The bytes that a `Range` header asks for; all where it asks for several parts, which nobody needs.
fn part(range: Option<&str>, size: u64) -> AppResult<Option<Range<u64>>> {
    let Some(parsed) = range.and_then(|range| http_range_header::parse_range_header(range).ok()) else {
        return Ok(None);
    };
    let parts = parsed
        .validate(size)
        .map_err(|_| AppError::invalid("range", "There are no such bytes in this file."))?;
    match parts.as_slice() {
        [one] => Ok(Some(*one.start()..one.end().saturating_add(1))),
        _ => Ok(None),
    }
}

/// RFC 6266, with the name in the form of RFC 8187 for all but plain ASCII.
fn disposition(shown: bool, name: &FileName) -> String {
    let way = if shown { "inline" } else { "attachment" };
    let encoded: String = name
        .as_str()
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("{way}; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_the_header() {
        let line = disposition(false, &FileName::clean("звіт \"1\".pdf"));
        assert_eq!(line, "attachment; filename*=UTF-8''%D0%B7%D0%B2%D1%96%D1%82%20%221%22.pdf");
    }

    #[test]
    fn one_part_can_be_asked_for() {
        assert_eq!(part(None, 10).unwrap(), None);
        assert_eq!(part(Some("bytes=0-3"), 10).unwrap(), Some(0..4));
        assert_eq!(part(Some("bytes=4-"), 10).unwrap(), Some(4..10));
        assert_eq!(part(Some("bytes=-3"), 10).unwrap(), Some(7..10));
        assert_eq!(part(Some("bytes=0-1,4-5"), 10).unwrap(), None);
        assert_eq!(part(Some("lines=1"), 10).unwrap(), None);
        assert!(part(Some("bytes=10-"), 10).is_err());
    }
}
