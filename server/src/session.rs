//! Who asks: a browser by its session cookie, a program by a bearer token.

mod forwarded;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, SameSite};
use sapa_app::api::context::Asker;
use sapa_domain::turns::{Bounds, Turns};
use sapa_domain::{Scope, network, sessions};
use sapa_model::{AppError, AppResult};

use crate::config::Config;
use crate::problem::Problem;
use crate::state::AppState;

/// How long a browser keeps the cookie: as long as a session lives unused, 30 days.
const LIFE: time::Duration = time::Duration::days(30);
/// What is kept of a browser's name for itself, in bytes.
const USER_AGENT_MAX: usize = 256;

/// Over TLS the prefix keeps other hosts of the domain from setting it (RFC 6265bis, 4.1.3.2).
fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-sapa_session" } else { "sapa_session" }
}

/// The `Set-Cookie` line that gives a browser its session, or with `None` takes it away.
pub fn set_cookie(token: Option<&str>, secure: bool) -> String {
    let mut cookie = Cookie::build((cookie_name(secure), token.unwrap_or_default()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .max_age(LIFE)
        .build();
    if token.is_none() {
        cookie.set_max_age(time::Duration::ZERO);
    }
    cookie.to_string()
}

/// What a request says of who asks.
pub enum Credential<'a> {
    /// A token that a program has put there. A page of another site cannot.
    Bearer(&'a str),
    /// The session cookie, which a browser adds to whatever any page asks for.
    Cookie(&'a str),
}

/// The credential that a request carries. A bearer token goes before a cookie.
pub fn credential<'a>(config: &Config, headers: &'a HeaderMap) -> Option<Credential<'a>> {
    let said = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.split_once(' '));
    match said {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            Some(Credential::Bearer(token.trim()))
        }
        // Another scheme is for a proxy before us.
        _ => cookie(config, headers).map(Credential::Cookie),
    }
}

fn cookie<'a>(config: &Config, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = cookie_name(config.is_secure());
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name && !value.is_empty()).then_some(value)
        })
}

/// Sessions that are looked up at a time, fairly by network: nothing else is known of who asks so far, and the
/// database is everybody's.
const LOOK_UPS: Bounds =
    Bounds { all: 4, each: 2, waiting: 4096, waiting_each: 1024, patience: Duration::from_secs(10) };

/// Turns at being looked up. Cheap to clone; all clones are the same ones.
#[derive(Clone)]
pub struct LookUps(Turns<IpAddr>);

impl Default for LookUps {
    fn default() -> Self {
        Self(Turns::new(LOOK_UPS))
    }
}

/// Finds out who asks and leaves it in the request.
pub async fn identify(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let headers = request.headers();
    let address = peer.map(|peer| forwarded::address(&app.config, peer, headers));
    let scope = match credential(&app.config, headers) {
        None => None,
        Some(Credential::Bearer(token) | Credential::Cookie(token)) => {
            match look_up(&app, address, token).await {
                Ok(scope) => scope,
                Err(error) => return Problem(error).into_response(),
            }
        }
    };
    let scope = scope.map(|scope| scope.from(address));
    let asker = Asker { scope, address, user_agent: user_agent(headers) };
    request.extensions_mut().insert(asker);
    next.run(request).await
}

async fn look_up(app: &AppState, address: Option<IpAddr>, token: &str) -> AppResult<Option<Scope>> {
    let network = network(address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)));
    let _turn = app.look_ups.0.take(network, 1).await?;
    sessions::authenticate(&app.chat, token).await
}

fn user_agent(headers: &HeaderMap) -> String {
    let text = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.chars().take(USER_AGENT_MAX).collect()
}

/// The signed-in user, for handlers that are for nobody else.
pub struct SignedIn(pub Scope);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let scope = parts.extensions.get::<Asker>().and_then(|asker| asker.scope);
        scope.map(Self).ok_or_else(|| Problem(AppError::signed_out()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_for_the_server_alone() {
        let line = set_cookie(Some("abc"), true);
        assert!(line.starts_with("__Host-sapa_session=abc"));
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(line.contains(part), "{part} in {line}");
        }
        assert!(!set_cookie(Some("abc"), false).contains("Secure"));
        assert!(set_cookie(None, false).contains("Max-Age=0"));
    }
}
