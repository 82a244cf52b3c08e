//! The web site inside the program: scripts, styles, icons.
//!
//! Files under `/pkg` lie in a folder that is named for their release and are kept for ever; the others
//! are asked for anew each time, by their entity tag.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use sapa_app::i18n::weight;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

struct File {
    path: &'static str,
    /// Weak: it is the same for each of the forms below.
    etag: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/site.rs"));

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_FIRST: HeaderValue = HeaderValue::from_static("no-cache");

/// Address of the folder in which the site's style sheet, script and modules are.
///
/// A program without an embedded site (a development build) has one without a release.
pub fn pkg() -> &'static str {
    FILES.iter().find_map(|file| file.path.strip_suffix("/sapa.js")).unwrap_or("/pkg")
}

/// The modules that each part of the interface is made of, as the tool that split them off has
/// written down. None while developing, where nothing is loaded ahead.
pub fn parts() -> &'static HashMap<String, Vec<String>> {
    static PARTS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
        let list = FILES.iter().find(|file| file.path.ends_with("/__wasm_split_manifest.json"));
        list.and_then(|list| serde_json::from_slice(list.plain).ok()).unwrap_or_default()
    });
    &PARTS
}

/// Whether an address is that of a file of the site.
pub fn has(path: &str) -> bool {
    // While developing, all but icons is in that folder.
    if FILES.is_empty() { path.starts_with("/pkg/") } else { index(path).is_some() }
}

fn index(path: &str) -> Option<usize> {
    FILES.binary_search_by(|file| file.path.cmp(path)).ok()
}

/// Answers a request for a file of the site; `None` where the site has no such file.
pub async fn serve(path: &str, headers: &HeaderMap) -> Option<Response> {
    if FILES.is_empty() {
        return serve_from_disk(path).await;
    }
    index(path).map(|index| answer(&FILES[index], headers))
}

fn answer(file: &'static File, headers: &HeaderMap) -> Response {
    let caching = if file.path.starts_with("/pkg/") { FOR_EVER } else { ASK_FIRST };
    let common = [
        (CACHE_CONTROL, caching),
        (ETAG, HeaderValue::from_static(file.etag)),
        (VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if headers.get(IF_NONE_MATCH).is_some_and(|tags| holds(tags, file.etag)) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let accepts = |coding: &str| headers.get(ACCEPT_ENCODING).is_some_and(|codings| takes(codings, coding));
    let (bytes, coding) = match (file.brotli, file.gzip) {
        (Some(brotli), _) if accepts("br") => (brotli, Some("br")),
        (_, Some(gzip)) if accepts("gzip") => (gzip, Some("gzip")),
        _ => (file.plain, None),
    };
    let mut response = (common, [(CONTENT_TYPE, content_type(file.path))], bytes).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether an `If-None-Match` header names this tag, by the weak comparison that it asks for, or any by a star.
pub fn holds(tags: &HeaderValue, etag: &str) -> bool {
    fn opaque(tag: &str) -> &str {
        tag.trim().trim_start_matches("W/")
    }
    tags.to_str()
        .is_ok_and(|tags| tags.trim() == "*" || tags.split(',').any(|tag| opaque(tag) == opaque(etag)))
}

/// Whether an `Accept-Encoding` header takes this coding, that is, names it without `q=0`.
fn takes(codings: &HeaderValue, coding: &str) -> bool {
    codings.to_str().is_ok_and(|codings| {
        codings.split(',').any(|entry| {
            let (name, parameters) = entry.split_once(';').unwrap_or((entry, ""));
            name.trim().eq_ignore_ascii_case(coding) && weight(parameters) > 0
        })
    })
}

fn content_type(path: &str) -> HeaderValue {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    HeaderValue::from_static(match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    })
}

/// While developing, the site lies where `cargo leptos watch` has built it.
async fn serve_from_disk(path: &str) -> Option<Response> {
    let root = std::env::var_os("LEPTOS_SITE_ROOT")?;
    let request = Request::get(path).body(Body::empty()).ok()?;
    let response = ServeDir::new(root).append_index_html_on_directories(false).oneshot(request).await.ok()?;
    (response.status() == StatusCode::OK).then(|| response.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings_are_taken_unless_refused() {
        let header = HeaderValue::from_static("gzip;q=0.5, br;Q=0.0, deflate");
        assert!(takes(&header, "gzip") && takes(&header, "deflate"));
        assert!(!takes(&header, "br") && !takes(&header, "zstd"));
    }

    #[test]
    fn a_known_tag_is_not_sent_again() {
        static FILE: File =
            File { path: "/icon.svg", etag: "W/\"1f\"", plain: b"<svg/>", brotli: None, gzip: Some(b"zip") };
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
        let fresh = answer(&FILE, &headers);
        assert_eq!(fresh.headers()[CONTENT_ENCODING], "gzip");
        assert_eq!(fresh.headers()[CACHE_CONTROL], "no-cache");
        headers.insert(IF_NONE_MATCH, HeaderValue::from_static("W/\"0\", \"1f\""));
        assert_eq!(answer(&FILE, &headers).status(), StatusCode::NOT_MODIFIED);
    }
}
