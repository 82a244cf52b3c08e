//! Tells the host, once for each page that was refused, what came and what was expected: behind a proxy, or under
//! a second name, people would else see only that nothing works.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use crate::config::PublicUrl;

/// Addresses of pages that are told of at most. Whoever attacks may invent any number.
const TOLD_MAX: usize = 16;
/// What is written of one, in characters.
const SHOWN: usize = 200;

/// A page of `origin` has asked `host`, and was refused.
pub fn refused(origin: Option<&str>, host: Option<&str>, public_url: Option<&PublicUrl>) {
    static TOLD: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let shown = |text: Option<&str>| text.unwrap_or("none").chars().take(SHOWN).collect::<String>();
    let (origin, host) = (shown(origin), shown(host));
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    let told = told.get_or_insert_default();
    if told.len() >= TOLD_MAX || !told.insert(format!("{origin} {host}")) {
        return;
    }
    let expected = public_url.map_or("the same as Host", PublicUrl::origin);
    let advice = match public_url {
        Some(_) => "people must open the address that --public-url names",
        None => "behind a proxy, name the address that people type by --public-url",
    };
    tracing::warn!(?origin, ?host, expected, "a page of another address was refused: {advice}");
}
