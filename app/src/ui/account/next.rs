//! Where somebody wanted to go before they were asked to sign in.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use crate::reactive::derive;

/// The page named by `?next=`, if it is one of ours, else the messenger. Call in a component's body.
pub fn use_next() -> Signal<String> {
    let query = use_query_map();
    derive(move || {
        query.read().get("next").filter(|next| is_ours(next)).unwrap_or_else(|| "/".to_owned())
    })
}

/// The same wish, handed on to the other page for strangers.
pub fn with_next(page: &'static str, next: &str) -> String {
    if next == "/" { page.to_owned() } else { format!("{page}?next={}", escape(next)) }
}

/// A path on this server: browsers read `//host` and `/\host` as another one.
fn is_ours(next: &str) -> bool {
    next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r', '\t'])
}

fn escape(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_server() {
        assert!(is_ours("/rooms/7?message=3"));
        for bad in
            ["", "rooms", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"]
        {
            assert!(!is_ours(bad), "{bad:?}");
        }
    }

    #[test]
    fn the_wish_survives_the_address() {
        assert_eq!(with_next("/register", "/"), "/register");
        assert_eq!(with_next("/register", "/join/a?b=c&d"), "/register?next=/join/a%3Fb%3Dc%26d");
    }
}
