//! Counts what is asked for over HTTP, and says how much is left.

use axum::extract::{Request, State};
use axum::http::{HeaderName, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sapa_app::api::context::Asker;
use sapa_domain::rates::{Allowance, Caller};

use crate::problem::Problem;
use crate::state::AppState;

// As in draft-ietf-httpapi-ratelimit-headers-07, which most clients know.
const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Lets a request through, or answers 429. Pages, pictures and the site's own files are not counted.
pub async fn limit(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let counts = request.method() == Method::PUT
        || path == "/ws"
        || ["/api/v1/", "/rpc/"].into_iter().any(|prefix| path.starts_with(prefix));
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
