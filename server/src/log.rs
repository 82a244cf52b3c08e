//! One line in the log for each request.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use sapa_app::place::Place;

/// Logs method, route, status and time: quietly, or as a warning where the fault is ours.
///
/// Of an address it tells what the routes call it and nothing that was asked for: there are invitations, links
/// of letters and webhooks among them, each a secret.
pub async fn requests(request: Request, next: Next) -> Response {
    let (method, start) = (request.method().clone(), Instant::now());
    let mut route = route(&request).unwrap_or_else(|| page(request.uri().path()));
    let mut response = next.run(request).await;
    if let Some(Route(inner)) = response.extensions_mut().remove() {
        route = inner;
    }
    let (status, took) = (response.status().as_u16(), start.elapsed().as_millis());
    if response.status().is_server_error() {
        tracing::warn!(%method, route, status, took, "request");
    } else {
        tracing::debug!(%method, route, status, took, "request");
    }
    response
}

/// What a router within the router calls an address.
#[derive(Clone)]
struct Route(String);

/// For such a router: leaves its name for the address in the answer.
pub async fn name_route(request: Request, next: Next) -> Response {
    let route = route(&request);
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(Route(route));
    }
    response
}

fn route(request: &Request) -> Option<String> {
    request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned())
}

/// Of a page the first word of its address, which is one of ours.
fn page(path: &str) -> String {
    let first = path.split('/').nth(1).filter(|_| Place::parse(path).is_some());
    first.map_or_else(|| "other".to_owned(), |first| format!("/{first}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_page_only_its_kind_is_told() {
        for (path, told) in [
            ("/chats/12/345", "/chats"),
            ("/reset/5a1d4c0e", "/reset"),
            ("/join/5a1d4c0e", "/join"),
            ("/5a1d4c0e", "other"),
            ("/pkg/0f/sapa.js", "other"),
        ] {
            assert_eq!(page(path), told);
        }
    }
}
