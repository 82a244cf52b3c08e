//! How an [`AppError`] looks over plain HTTP: `application/problem+json` (RFC 9457).

use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use sapa_app::api::context::status;
use sapa_model::AppError;
use serde::Serialize;

/// An error on its way out.
pub struct Problem(pub AppError);

#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    title: Option<&'static str>,
    status: u16,
    detail: &'a str,
    #[serde(flatten)]
    error: &'a AppError,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let status = status(error.code);
        let body = Body {
            r#type: "about:blank",
            title: status.canonical_reason(),
            status: status.as_u16(),
            detail: &error.message,
            error: &error,
        };
        let kind = HeaderValue::from_static("application/problem+json");
        (status, [(CONTENT_TYPE, kind)], serde_json::to_vec(&body).unwrap_or_default()).into_response()
    }
}
