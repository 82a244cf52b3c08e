//! Counts what is asked for over HTTP, and says how much is left.

use axum::extract::{Request, State};
use axum::http::{HeaderName, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sapa_app::api::context::Asker;
use sapa_domain::rates::{Allowance, Caller};

use crate::problem::Problem;
use crate::site;
use crate::state::AppState;

// The three as in draft-ietf-httpapi-ratelimit-headers-07, which most clients know.
/// How many requests may come at once.
pub const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
/// How many of these are left.
pub const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
/// Seconds until all are there again.
pub const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Lets a request through, or answers 429.
pub async fn limit(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let counts = !is_free(request.method(), request.uri().path());
    let asker = request.extensions().get::<Asker>();
    let caller = asker.and_then(|asker| match asker.scope {
        Some(scope) => Some(Caller::Account(scope.user_id)),
        None => asker.address.map(Caller::Address),
    });
    let Some(caller) = caller.filter(|_| counts) else { return next.run(request).await };
    let (mut response, allowance) = match app.chat.rates().take(caller) {
        Ok(allowance) => (next.run(request).await, allowance),
        Err((error, allowance)) => (Problem(error).into_response(), allowance),
    };
    let Allowance { limit, remaining, reset } = allowance;
    let headers = response.headers_mut();
    headers.insert(LIMIT, limit.into());
    headers.insert(REMAINING, remaining.into());
    headers.insert(RESET, (reset.as_secs() + 1).into());
    response
}

/// Pictures, files and what the site is made of are not counted: of those a page has many.
fn is_free(method: &Method, path: &str) -> bool {
    let of_channel = path.strip_prefix("/c/").and_then(|path| path.split_once('/'));
    let is_file = ["/files/", "/avatars/"].into_iter().any(|root| path.starts_with(root))
        || of_channel.is_some_and(|(_, path)| path.starts_with("files/") || path.starts_with("picture/"))
        || site::has(path);
    is_file && matches!(*method, Method::GET | Method::HEAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_and_what_they_are_made_of_is_not() {
        for counted in
            ["/", "/sign-in", "/c/kopi", "/c/kopi/7", "/c/kopi/feed.atom", "/api/docs/", "/ws", "/rpc/me"]
        {
            assert!(!is_free(&Method::GET, counted), "{counted}");
        }
        for free in
            ["/files/1/a/large", "/avatars/small/a", "/c/kopi/files/1/a/large", "/c/kopi/picture/large"]
        {
            assert!(is_free(&Method::GET, free), "{free}");
            assert!(!is_free(&Method::PUT, free), "{free}");
        }
    }
}
