//! Headers on every answer.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::AppState;

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// Adds them; a handler's own stay.
pub async fn secure(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    // Pages bring their own policy, with a nonce; nothing else may load or run anything.
    default(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    default(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // To other sites nothing is told. Under `no-referrer` a form of our own would say that it comes from nowhere.
    default(REFERRER_POLICY, "same-origin");
    // No page of another site holds a handle of ours, or draws what is ours.
    default(OPENER_POLICY, "same-origin");
    default(RESOURCE_POLICY, "same-origin");
    default(
        PERMISSIONS_POLICY,
        "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()",
    );
    default(CACHE_CONTROL, "no-store");
    if app.config.is_secure() {
        default(STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// The policy of a page whose scripts carry this nonce.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; \
         frame-ancestors 'none'"
    )
}
