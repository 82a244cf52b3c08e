//! The docs: the description itself for programs, and pages of it for people.
//!
//! They are plain documents: they need no script, so that they run under the strictest policy, and their style
//! sheet is that of the site.

mod curl;
mod errors;
mod frame;
mod live;
mod operations;
mod prose;
mod schemas;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Redirect, Response};
use axum::routing::get;
use utoipa::openapi::OpenApi;

use self::frame::Setting;
use super::frames;
use crate::state::AppState;
use crate::tagged::Document;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// The descriptions for programs.
pub fn description(document: &OpenApi) -> Router<AppState> {
    let description = Document::from(document.to_json().unwrap_or_default());
    let frames = Document::from(frames::schema().to_string());
    Router::new()
        .route("/openapi.json", get(async move |headers: HeaderMap| json(description.clone(), &headers)))
        .route("/frames.json", get(async move |headers: HeaderMap| json(frames.clone(), &headers)))
}

/// The pages for people. Each is drawn when it is first asked for, as it is the same for everybody.
pub fn docs(state: &AppState, document: OpenApi) -> Router<AppState> {
    let setting = Setting::of(state);
    let about_frames = setting.clone();
    let operations = Arc::new(LazyLock::new(move || {
        let document = serde_json::to_value(&document).unwrap_or_default();
        Document::from(operations::page(&document, &setting))
    }));
    let live = Arc::new(LazyLock::new(move || Document::from(live::page(&about_frames))));
    Router::new()
        .route("/api/docs", get(async || Redirect::permanent("/api/docs/")))
        .route("/api/docs/", get(async move |headers: HeaderMap| page((**operations).clone(), &headers)))
        .route("/api/docs/live", get(async move |headers: HeaderMap| page((**live).clone(), &headers)))
}

fn json(document: Document, headers: &HeaderMap) -> Response {
    document.answer("application/json", headers)
}

fn page(document: Document, headers: &HeaderMap) -> Response {
    let mut response = document.answer("text/html; charset=utf-8", headers);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}
