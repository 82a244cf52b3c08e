//! The docs: the description itself, and pages to read it and to try calls.

mod frame;
mod live;
mod prose;
mod schemas;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use sapa_model::AppError;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::Config;

use self::frame::Setting;
use super::frames;
use crate::problem::Problem;
use crate::state::AppState;
use crate::tagged::Document;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";
/// Swagger UI sets styles on its elements, and draws its icons from `data:` addresses.
const SWAGGER_POLICY: &str =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The descriptions for programs.
pub fn description(document: &OpenApi) -> Router<AppState> {
    let description = Document::from(document.to_json().unwrap_or_default());
    let frames = Document::from(frames::schema().to_string());
    Router::new()
        .route("/openapi.json", get(async move |headers: HeaderMap| json(description.clone(), &headers)))
        .route("/frames.json", get(async move |headers: HeaderMap| json(frames.clone(), &headers)))
}

/// The pages for people. What is drawn here is drawn when it is first asked for, as it is the same for everybody.
pub fn docs(state: &AppState) -> Router<AppState> {
    let setting = Setting::of(state);
    let live = Arc::new(LazyLock::new(move || Document::from(live::page(&setting))));
    let config = Config::new(["/api/v1/openapi.json"])
        .try_it_out_enabled(true)
        .display_request_duration(true)
        .default_models_expand_depth(0)
        .use_base_layout();
    let config = Arc::new(config);
    let start = config.clone();
    Router::new()
        .route("/api/docs", get(async || Redirect::permanent("/api/docs/")))
        .route("/api/docs/", get(async move || file("", start)))
        .route("/api/docs/live", get(async move |headers: HeaderMap| page((**live).clone(), &headers)))
        .route("/api/docs/{*file}", get(async move |Path(path): Path<String>| file(&path, config)))
}

fn json(document: Document, headers: &HeaderMap) -> Response {
    document.answer("application/json", headers)
}

fn page(document: Document, headers: &HeaderMap) -> Response {
    let mut response = document.answer("text/html; charset=utf-8", headers);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

fn file(path: &str, config: Arc<Config<'static>>) -> Response {
    match utoipa_swagger_ui::serve(path, config) {
        Ok(Some(file)) => {
            let headers = [
                (CONTENT_TYPE, file.content_type),
                (CONTENT_SECURITY_POLICY, SWAGGER_POLICY.to_owned()),
                (CACHE_CONTROL, "no-cache".to_owned()),
            ];
            let mut response = (headers, file.bytes.into_owned()).into_response();
            if file.gzpipped {
                // Every browser takes it.
                response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
            response
        }
        _ => Problem(AppError::not_found("page")).into_response(),
    }
}
