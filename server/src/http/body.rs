//! Bodies of requests: taken in before anything is held for them, in bounded time.

use std::task::Poll;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::CONNECTION;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::BytesMut;
use futures::StreamExt as _;
use sapa_model::{AppError, AppResult, ErrorCode};
use tokio::time::timeout;

use super::through::through;
use crate::pace::Pace;
use crate::problem::Problem;
use crate::rest;
use crate::state::AppState;

/// Largest body but of files, in bytes.
const SMALL: usize = 64 * 1024;
/// When to come again where all connections are taken, in seconds.
const COME_AGAIN: u32 = 5;

/// In a request that came when all connections were taken: only health is told.
#[derive(Clone, Copy)]
pub struct Crowded;

/// In a request whose body is still coming, as it brings a file. It holds no place of everybody.
#[derive(Clone, Copy)]
pub struct Streamed;

/// Takes the body of a request in; that of a file comes while it is worked on.
pub async fn take_in(State(app): State<AppState>, request: Request, next: Next) -> Response {
    if request.extensions().get::<Crowded>().is_some() {
        let full = AppError::new(ErrorCode::Unavailable, "Too many connections. Please try again.");
        return refuse(AppError { retry_after: Some(COME_AGAIN), ..full });
    }
    let (mut parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let announced = body.size_hint().lower();
    let body = paced(body, Pace::new(app.times.read));
    if brings_file(&parts) {
        parts.extensions.insert(Streamed);
        return next.run(Request::from_parts(parts, body)).await;
    }
    if announced > SMALL as u64 {
        return refuse(too_large());
    }
    let taken = timeout(app.times.body, gather(body)).await.unwrap_or_else(|_| Err(too_slow()));
    match taken {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => refuse(error),
    }
}

/// What is left of the body is not waited for.
fn refuse(error: AppError) -> Response {
    let mut response = Problem(error).into_response();
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// Whether a request brings a file, which may be large.
fn brings_file(parts: &Parts) -> bool {
    let path = parts.uri.path();
    let in_rest = path.strip_prefix(rest::ROOT);
    let is_of_files =
        ["/files/", "/avatar"].into_iter().any(|root| in_rest.unwrap_or(path).starts_with(root));
    let takes_form = in_rest.map(|path| path.trim_end_matches('/')).is_some_and(takes_form);
    let is_form = takes_form && rest::is(&parts.headers, "multipart/form-data");
    parts.method == Method::POST && is_form || parts.method == Method::PUT && is_of_files
}

/// Whether an operation of REST takes a form with files.
fn takes_form(path: &str) -> bool {
    path == "/avatar"
        || path.starts_with("/groups/")
            && ["/avatar", "/messages"].into_iter().any(|ending| path.ends_with(ending))
}

async fn gather(body: Body) -> AppResult<Bytes> {
    let mut pieces = body.into_data_stream();
    let mut gathered = BytesMut::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| too_slow())?;
        if gathered.len() + piece.len() > SMALL {
            return Err(too_large());
        }
        gathered.extend_from_slice(&piece);
    }
    Ok(gathered.freeze())
}

fn too_large() -> AppError {
    AppError::new(ErrorCode::TooLarge, "The request is too large.").limited(SMALL)
}

fn too_slow() -> AppError {
    AppError::new(ErrorCode::Invalid, "The request did not come to its end in time.")
}

/// A body that must keep moving.
fn paced(body: Body, mut pace: Pace) -> Body {
    through(body, move |cx, polled| match &polled {
        Poll::Pending if pace.poll_too_slow(cx).is_ready() => {
            Poll::Ready(Some(Err(axum::Error::new(too_slow()))))
        }
        Poll::Ready(Some(Ok(frame))) => {
            pace.moved(frame.data_ref().map_or(0, Bytes::len));
            polled
        }
        _ => polled,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::header::CONTENT_TYPE;

    use super::*;

    #[test]
    fn forms_are_let_through_where_they_are_taken_and_nowhere_else() {
        let mut taken = 0;
        let description = serde_json::to_value(rest::description()).unwrap();
        for (path, item) in description["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let takes_form = !operation["requestBody"]["content"]["multipart/form-data"].is_null();
                let request = Request::builder()
                    .method(method.to_uppercase().as_str())
                    .uri(format!("{}{}", rest::ROOT, path.replace(['{', '}'], "")))
                    .header(CONTENT_TYPE, "multipart/form-data; boundary=x");
                let (parts, ()) = request.body(()).unwrap().into_parts();
                let brings = brings_file(&parts);
                let is_upload = method == "put" && path.starts_with("/files/");
                assert_eq!(brings, takes_form || is_upload, "{method} {path}");
                taken += usize::from(takes_form);
            }
        }
        assert_eq!(taken, 3);
    }
}
