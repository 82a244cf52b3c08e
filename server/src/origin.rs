//! Refuses what another site's page asks for in somebody's name.
//!
//! A request that changes something, and every WebSocket, must come from our own origin. Requests
//! without a session cookie, and those of programs with a token, have nothing to abuse and pass.

use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderName, ORIGIN, UPGRADE};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sapa_model::AppError;

use crate::config::PublicUrl;
use crate::problem::Problem;
use crate::session::{self, Credential};
use crate::state::AppState;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a request through or answers 403.
pub async fn guard(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
        && !request.headers().contains_key(UPGRADE);
    if harmless
        || !matches!(session::credential(&app.config, request.headers()), Some(Credential::Cookie(_)))
        || is_own(request.headers(), app.config.public_url.as_ref())
    {
        return next.run(request).await;
    }
    Problem(AppError::forbidden("This request comes from another site.")).into_response()
}

/// Whether `Origin` names us: the public address if there is one, else the host that was asked.
fn is_own(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(ORIGIN) else {
        // Old browsers leave Origin out of same-origin requests; they say so here.
        return text(FETCH_SITE) == Some("same-origin");
    };
    match public_url {
        Some(url) => origin == url.origin(),
        None => origin.split_once("://").is_some_and(|(_, host)| Some(host) == text(HOST)),
    }
}
