//! Files: uploads in, attachments out.

use std::ops::Range;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use sapa_domain::attachments::Blob;
use sapa_domain::{Chat, attachments};
use sapa_model::attachment::FileName;
use sapa_model::{AppResult, Attachment, AttachmentId, Variant};
use serde::Deserialize;

use crate::problem::Problem;
use crate::session::SignedIn;
use crate::site;

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
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::read(&key, &variant, &wish, &method, &headers).map_err(Problem)?;
    let part = |size| asked.part(size);
    let opened = attachments::open(&chat, &scope, AttachmentId(id), &key, asked.variant, part).await;
    opened.map(|blob| asked.answer(blob, FOR_EVER)).map_err(Problem)
}

/// `GET /c/{handle}/files/{id}/{key}/{variant}`: a file that a public channel's post carries, for everybody.
/// Asked for anew each time, so that it is gone at once when the channel is.
pub async fn serve_public(
    State(chat): State<Chat>,
    Path((handle, id, key, variant)): Path<(String, i64, String, String)>,
    Query(wish): Query<Wish>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = Asked::read(&key, &variant, &wish, &method, &headers).map_err(Problem)?;
    let part = |size| asked.part(size);
    let opened = attachments::open_public(&chat, &handle, AttachmentId(id), &key, asked.variant, part).await;
    opened.map(|blob| asked.answer(blob, "public, no-cache")).map_err(Problem)
}

/// What is asked of a file, and under what conditions (RFC 9110, 13 and 14).
struct Asked<'a> {
    variant: Variant,
    /// The key is new for each file, and a file never changes.
    etag: String,
    /// The asker has it.
    known: bool,
    /// The bytes that are wanted, as they say it.
    range: Option<&'a str>,
    /// To be saved rather than shown.
    download: bool,
}

impl<'a> Asked<'a> {
    fn read(
        key: &str,
        variant: &str,
        wish: &Wish,
        method: &Method,
        headers: &'a HeaderMap,
    ) -> AppResult<Self> {
        let variant: Variant = variant.parse()?;
        let etag = format!("\"{key}-{variant}\"");
        let known = headers.get(IF_NONE_MATCH).is_some_and(|tags| site::holds(tags, &etag));
        // A part of another file is of no use, so this one comes whole.
        let is_other = headers.get(IF_RANGE).is_some_and(|tag| tag.as_bytes() != etag.as_bytes());
        let range = headers.get(RANGE).and_then(|value| value.to_str().ok());
        let range = range.filter(|_| method == Method::GET && !known && !is_other);
        Ok(Self { variant, etag, known, range, download: wish.download.is_some() })
    }

    /// The bytes that are wanted of so many.
    fn part(&self, size: u64) -> Option<Range<u64>> {
        self.range.and_then(|range| part(range, size))
    }

    /// A file on its way out, or why it is not sent.
    fn answer(&self, blob: Blob, caching: &'static str) -> Response {
        let Blob { part, size, .. } = &blob;
        let is_whole = *part == (0..*size);
        let status = match (self.known, is_whole, part.is_empty()) {
            (true, ..) => StatusCode::NOT_MODIFIED,
            (_, true, _) => StatusCode::OK,
            (_, _, true) => StatusCode::RANGE_NOT_SATISFIABLE,
            _ => StatusCode::PARTIAL_CONTENT,
        };
        let mut headers = HeaderMap::new();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        set(ETAG, &self.etag);
        set(CACHE_CONTROL, if blob.passing { "private, no-store" } else { caching });
        set(CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
        if self.variant == Variant::Original {
            set(ACCEPT_RANGES, "bytes");
        }
        match status {
            StatusCode::NOT_MODIFIED => return (status, headers).into_response(),
            StatusCode::RANGE_NOT_SATISFIABLE => {
                set(CONTENT_RANGE, &format!("bytes */{size}"));
                return (status, headers).into_response();
            }
            StatusCode::PARTIAL_CONTENT => {
                set(CONTENT_RANGE, &format!("bytes {}-{}/{size}", part.start, part.end.saturating_sub(1)));
            }
            _ => {}
        }
        set(CONTENT_TYPE, &blob.media_type);
        set(CONTENT_LENGTH, &(part.end - part.start).to_string());
        set(CONTENT_DISPOSITION, &disposition(blob.inline && !self.download, &blob.name));
        (status, headers, Body::from_stream(blob.bytes)).into_response()
    }
}

/// The bytes that a `Range` header asks for of so many (RFC 9110, 14.1.2): an empty part where it asks for what is
/// not there; none, which stands for all, where it is no range of bytes, or of several parts, which nobody needs.
fn part(range: &str, size: u64) -> Option<Range<u64>> {
    let (unit, spec) = range.split_once('=')?;
    let (first, last) = spec.trim().split_once('-').filter(|_| unit.trim().eq_ignore_ascii_case("bytes"))?;
    let (first, end) = match (position(first), position(last)) {
        (Some(first), Some(last)) if first <= last => (first, last.saturating_add(1)),
        (Some(first), None) if last.is_empty() => (first, size),
        (None, Some(length)) if first.is_empty() => (size.saturating_sub(length), size),
        _ => return None,
    };
    Some(first.min(size)..end.min(size))
}

/// A count of bytes; none for what is not digits alone. One that is too large for a number is larger than any file.
fn position(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// RFC 6266: the name in the form of RFC 8187, and before it for old programs in ASCII, with `_` for all else.
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
    let is_plain = |letter: &char| matches!(letter, ' '..='~') && !matches!(letter, '"' | '\\' | '%');
    let plain: String =
        name.as_str().chars().map(|letter| if is_plain(&letter) { letter } else { '_' }).collect();
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_the_header() {
        let line = disposition(false, &FileName::clean("звіт \"1\".pdf"));
        let encoded = "%D0%B7%D0%B2%D1%96%D1%82%20%221%22.pdf";
        assert_eq!(line, format!("attachment; filename=\"____ _1_.pdf\"; filename*=UTF-8''{encoded}"));
    }

    #[test]
    fn one_part_can_be_asked_for() {
        for (range, expected) in [
            ("bytes=0-3", Some(0..4)),
            ("Bytes = 0-0", Some(0..1)),
            ("bytes=4-", Some(4..10)),
            ("bytes=4-99", Some(4..10)),
            ("bytes=4-99999999999999999999", Some(4..10)),
            ("bytes=-3", Some(7..10)),
            ("bytes=-99", Some(0..10)),
            // There are none of these.
            ("bytes=10-", Some(10..10)),
            ("bytes=10-12", Some(10..10)),
            ("bytes=-0", Some(10..10)),
            // Whoever means nothing of the kind gets all.
            ("bytes=9-5", None),
            ("bytes=0-1,4-5", None),
            ("bytes=0-1,0-9", None),
            ("bytes=-", None),
            ("bytes=+1-2", None),
            ("bytes=a-b", None),
            ("lines=1-2", None),
            ("", None),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Some(0..0), "which is the whole of nothing");
    }
}
