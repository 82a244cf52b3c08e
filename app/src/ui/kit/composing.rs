//! Keys that an input method takes.

use leptos::ev;

/// Whether a key belongs to an input method's composition, where Enter only ends a word. Of the key that ends
/// one, Safari says so by its code alone.
pub fn composes(event: &ev::KeyboardEvent) -> bool {
    const COMPOSING: u32 = 229;
    event.is_composing() || event.key_code() == COMPOSING
}
