//! The public pages of channels: `/c/{handle}`, for everybody, without script and without an account.
//!
//! They can be kept by caches, which ask by the entity tag each time: what was made private is gone at once.

mod feed;

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, LOCATION, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sapa_app::i18n::Language;
use sapa_app::public_page::{self, Part, Setting};
use sapa_domain::channels;
use sapa_model::{AppError, AppResult, ChannelHandle, ErrorCode, MessageId, Variant};
use serde::Deserialize;

use crate::page;
use crate::problem::Problem;
use crate::site::holds;
use crate::state::AppState;

/// Nothing may run here, and nothing is sent anywhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";
const CACHING: &str = "public, no-cache";

/// Which posts.
#[derive(Deserialize)]
pub struct Window {
    /// Those before this position.
    before: Option<u64>,
}

/// `GET /c/{handle}`: the newest posts, or older ones.
pub async fn newest(
    State(app): State<AppState>,
    Path(handle): Path<String>,
    Query(window): Query<Window>,
    request: Request,
) -> Response {
    if let Some(elsewhere) = normal_form(&handle) {
        return elsewhere;
    }
    let part = if window.before.is_some() { Part::Older } else { Part::Newest };
    let page = channels::page(&app.chat, &handle, window.before).await;
    document(app, page, part, request).await
}

/// `GET /c/{handle}/{post}`: one post.
pub async fn post(
    State(app): State<AppState>,
    Path((handle, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    // What is no number is no post's.
    let id = id.parse().unwrap_or(MessageId(0));
    let page = channels::post(&app.chat, &handle, id).await;
    document(app, page, Part::Post(id), request).await
}

/// `GET /c/{handle}/feed.atom`: the newest posts for programs.
pub async fn feed(State(app): State<AppState>, Path(handle): Path<String>, headers: HeaderMap) -> Response {
    let page = match channels::page(&app.chat, &handle, None).await {
        Ok(page) => page,
        Err(error) => return Problem(error).into_response(),
    };
    match feed::atom(&page, &app.origin) {
        Some(xml) => kept(xml, "application/atom+xml; charset=utf-8", &headers),
        None => Problem(AppError::not_found("channel")).into_response(),
    }
}

/// `GET /c/{handle}/picture/{variant}`: the channel's picture.
pub async fn picture(
    State(app): State<AppState>,
    Path((handle, variant)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let variant: Variant = variant.parse().map_err(Problem)?;
    let picture = channels::picture(&app.chat, &handle, variant).await.map_err(Problem)?;
    let headers = [
        (CONTENT_TYPE, picture.media_type.to_owned()),
        (CONTENT_LENGTH, picture.size.to_string()),
        (CACHE_CONTROL, CACHING.to_owned()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, Body::from_stream(picture.bytes)).into_response())
}

/// A handle has one form, and a channel one address.
fn normal_form(handle: &str) -> Option<Response> {
    let parsed = ChannelHandle::parse(handle).ok().filter(|parsed| parsed.as_str() != handle)?;
    Some((StatusCode::PERMANENT_REDIRECT, [(LOCATION, parsed.public_path())]).into_response())
}

async fn document(
    app: AppState,
    page: AppResult<channels::PublicPage>,
    part: Part,
    request: Request,
) -> Response {
    let page = match page {
        Ok(page) => page,
        // The same for what is private, what has ended and what never was: there is no such page.
        Err(error) if error.code == ErrorCode::NotFound => {
            let (uri, headers) = (request.uri().clone(), request.headers().clone());
            return page::page(State(app), uri, headers, request).await;
        }
        Err(error) => return Problem(error).into_response(),
    };
    let headers = request.headers();
    let accepts = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = accepts.and_then(Language::from_accept).unwrap_or_default();
    let setting = Setting { origin: &app.origin, css: &app.assets.css(), language };
    let Some(html) = public_page::render(page, part, &setting) else {
        return Problem(AppError::internal()).into_response();
    };
    let mut response = kept(html, "text/html; charset=utf-8", headers);
    let more = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (VARY, "accept-language"),
        (CONTENT_LANGUAGE, language.code()),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
    ];
    for (name, value) in more {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// An answer that caches may keep, or the word that theirs is still good.
fn kept(text: String, media_type: &'static str, headers: &HeaderMap) -> Response {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let etag = format!("W/\"{:016x}\"", hasher.finish());
    let common = [(ETAG, etag.clone()), (CACHE_CONTROL, CACHING.to_owned())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| holds(known, &etag)) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(CONTENT_TYPE, media_type)], text).into_response()
}
