//! Refuses what another site's page asks for, in somebody's name or in nobody's.
//!
//! A request that changes something, and every WebSocket, must come from our own pages, whether or not somebody
//! is signed in: a form of another site could else sign its visitor in as somebody else. Programs pass: those
//! with a token, and those without a cookie that are no browser, which always says where a page comes from, or that
//! are pages which the host lets use the API.

mod told;

use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderName, ORIGIN, UPGRADE};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sapa_model::AppError;

use crate::config::PublicUrl;
use crate::cors;
use crate::problem::Problem;
use crate::session::{self, Credential};
use crate::state::AppState;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a request through or answers 403.
pub async fn guard(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let upgrades = headers.contains_key(UPGRADE);
    if !upgrades && matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let by_cookie = match session::credential(&app.config, headers) {
        Some(Credential::Bearer(_)) => return next.run(request).await,
        Some(Credential::Cookie(_)) => true,
        None => false,
    };
    let public_url = app.config.public_url.as_ref();
    let welcome = match (text(headers, &ORIGIN), text(headers, &FETCH_SITE)) {
        (None, None) => !by_cookie,
        // Old browsers leave Origin out of same-origin requests; they say so here.
        (None, Some(site)) => site == "same-origin",
        // Of a WebSocket browsers say different things here: its scheme is another one.
        (Some(_), _)
            if !by_cookie && !upgrades && cors::welcomes(&app.config, headers, request.uri().path()) =>
        {
            true
        }
        (Some(origin), site) => {
            (upgrades || site.is_none_or(|site| site == "same-origin"))
                && is_own(origin, text(headers, &HOST), public_url)
        }
    };
    if welcome {
        return next.run(request).await;
    }
    told::refused(text(headers, &ORIGIN), text(headers, &HOST), public_url);
    Problem(AppError::forbidden("This request comes from another site.")).into_response()
}

/// A header's text; what cannot be read is there all the same, and nobody's.
fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

/// Whether `origin` is ours: the public address if there is one, else the host that was asked.
fn is_own(origin: &str, host: Option<&str>, public_url: Option<&PublicUrl>) -> bool {
    match public_url {
        Some(url) => origin == url.origin(),
        None => host.is_some_and(|host| names(host, origin)),
    }
}

/// Whether `Host` names the host and port of an origin. A port that the scheme has anyway may be said or not.
fn names(host: &str, origin: &str) -> bool {
    let Some((scheme, own)) = origin.split_once("://") else { return false };
    let port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return false,
    };
    let bare = |authority: &str| authority.strip_suffix(port).unwrap_or(authority).to_ascii_lowercase();
    bare(host) == bare(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_one_however_it_is_written() {
        for (host, origin) in [
            ("chat.example.org", "https://chat.example.org"),
            ("chat.example.org:443", "https://chat.example.org"),
            ("chat.example.org:80", "http://chat.example.org"),
            ("Chat.Example.org", "https://chat.example.org"),
            ("[::1]:3000", "http://[::1]:3000"),
        ] {
            assert!(names(host, origin), "{host} {origin}");
        }
        for (host, origin) in [
            ("chat.example.org:80", "https://chat.example.org"),
            ("chat.example.org", "https://chat.example.org:8443"),
            ("chat.example.org", "https://chat.example.org.evil.example"),
            ("chat.example.org", "ftp://chat.example.org"),
            ("", "null"),
            ("null", "null"),
        ] {
            assert!(!names(host, origin), "{host} {origin}");
        }
    }
}
