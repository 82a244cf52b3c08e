//! One line in the log for each request.

use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

/// Logs method, address, status and time: quietly, or as a warning where the fault is ours.
pub async fn requests(request: Request, next: Next) -> Response {
    let (method, path, start) = (request.method().clone(), shown(request.uri().path()), Instant::now());
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), start.elapsed().as_millis());
    if response.status().is_server_error() {
        tracing::warn!(%method, path, status, took, "request");
    } else {
        tracing::debug!(%method, path, status, took, "request");
    }
    response
}

/// The path without what is secret: whoever holds an invite link's token may join.
fn shown(path: &str) -> String {
    const SECRETS: [&str; 3] = ["/join/", "/api/v1/invites/", "/api/v1/hooks/"];
    match SECRETS.into_iter().find(|prefix| path.starts_with(prefix)) {
        Some(prefix) => format!("{prefix}…"),
        None => path.to_owned(),
    }
}
