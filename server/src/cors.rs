//! Pages of other sites that the host lets use the API: with a token, never with a cookie.

use std::time::Duration;

use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, IF_RANGE, LINK, LOCATION, ORIGIN, RANGE, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::config::{Config, PublicUrl};
use crate::rates;

/// How long a browser need not ask again.
const MAX_AGE: Duration = Duration::from_hours(1);
/// What a program in a browser may fetch: the API, and the files that its answers name.
const ROOTS: [&str; 4] = ["/api/", "/files/", "/avatars/", "/schedules/"];

/// Tells browsers what such pages may ask and read (Fetch Standard, CORS protocol); `None` where the host has named
/// none.
pub fn layer(config: &Config) -> Option<CorsLayer> {
    if config.cors_origin.is_empty() {
        return None;
    }
    let sites = config.cors_origin.clone();
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin: &HeaderValue, asked| {
            origin.to_str().is_ok_and(|origin| is_among(&sites, origin)) && is_open(asked.uri.path())
        }))
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, IF_NONE_MATCH, IF_RANGE, RANGE])
        .expose_headers([
            CONTENT_DISPOSITION,
            CONTENT_LENGTH,
            CONTENT_RANGE,
            ETAG,
            LINK,
            LOCATION,
            RETRY_AFTER,
            rates::LIMIT,
            rates::REMAINING,
            rates::RESET,
        ])
        .max_age(MAX_AGE);
    Some(layer)
}

/// Whether a request without a credential, such as one to sign in, comes from such a page.
pub fn welcomes(config: &Config, headers: &HeaderMap, path: &str) -> bool {
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    origin.is_some_and(|origin| is_among(&config.cors_origin, origin)) && is_open(path)
}

fn is_among(sites: &[PublicUrl], origin: &str) -> bool {
    sites.iter().any(|site| site.origin() == origin)
}

fn is_open(path: &str) -> bool {
    ROOTS.iter().any(|root| path.starts_with(root))
}
