//! What a browser is known by when it signs in again. It lets nobody in; it outlives signing out.

use axum::http::HeaderValue;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::context::SessionCookie;

/// How long it is kept, in seconds: 400 days, the longest that browsers allow (RFC 6265bis, 5.5).
const LIFE: u32 = 400 * 24 * 60 * 60;
/// Longest secret that is looked at, in bytes.
const LONGEST: usize = 64;

/// Over TLS the prefix keeps other hosts of the domain from setting it.
fn name(secure: bool) -> &'static str {
    if secure { "__Host-sapa_device" } else { "sapa_device" }
}

fn is_secure() -> bool {
    use_context::<SessionCookie>().is_some_and(|SessionCookie(_, secure)| secure)
}

/// The secret that the browser brings.
pub fn get() -> Option<String> {
    let (parts, name) = (use_context::<Parts>()?, name(is_secure()));
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let secret = lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    });
    secret.filter(|secret| !secret.is_empty() && secret.len() <= LONGEST)
}

/// Gives the browser its secret.
pub fn set(secret: &str) {
    let secure = is_secure();
    let attributes = if secure { "; Secure" } else { "" };
    let line =
        format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={LIFE}{attributes}", name(secure));
    if let (Some(response), Ok(line)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&line)) {
        response.append_header(SET_COOKIE, line);
    }
}
