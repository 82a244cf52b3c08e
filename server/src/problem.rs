//! How an [`AppError`] looks over plain HTTP: `application/problem+json` (RFC 9457).

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sapa_app::api::context::status;
use sapa_model::{AppError, ErrorCode};
use serde::Serialize;
use utoipa::ToSchema;

/// An error on its way out.
pub struct Problem(pub AppError);

/// What an error says of itself.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub struct Body<'a> {
    /// Always `about:blank`: the code says more.
    r#type: &'static str,
    /// The status in words.
    title: Option<&'static str>,
    /// The status of the answer.
    status: u16,
    /// A sentence for people.
    detail: &'a str,
    /// A stable name for what went wrong.
    code: ErrorCode,
    /// The same sentence.
    message: &'a str,
    /// The field of the request that is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// The limit that was passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    /// In how many seconds it may go; also in `Retry-After`.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
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
            code: error.code,
            message: &error.message,
            field: error.field.as_deref(),
            limit: error.limit,
            retry_after: error.retry_after,
        };
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response =
            (status, [(CONTENT_TYPE, kind)], serde_json::to_vec(&body).unwrap_or_default()).into_response();
        if let Some(seconds) = error.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
