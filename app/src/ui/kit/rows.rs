//! Rows that come, go and change places.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use leptos::prelude::*;

/// A row that is made when it is first shown.
struct Piece {
    /// A hash of its key: 64 bits, so that among a million rows two would share one once in thirty
    /// million times.
    key: u64,
    make: Box<dyn FnOnce() -> AnyView + Send>,
}

/// A row for each item, kept while its key stays. Leptos' own `For` is compiled anew for each use;
/// all but the surface of this one is compiled once.
#[component]
pub fn Rows<T, K, V>(
    each: impl Fn() -> Vec<T> + Send + Sync + 'static,
    key: impl Fn(&T) -> K + Send + Sync + 'static,
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    K: Hash,
    V: IntoView + 'static,
{
    let children = Arc::new(children);
    let piece = move |item: T| {
        let mut hasher = DefaultHasher::new();
        key(&item).hash(&mut hasher);
        let children = Arc::clone(&children);
        Piece { key: hasher.finish(), make: Box::new(move || children(item).into_any()) }
    };
    rows(Arc::new(move || each().into_iter().map(&piece).collect()))
}

fn rows(pieces: Arc<dyn Fn() -> Vec<Piece> + Send + Sync>) -> AnyView {
    view! { <For each=move || pieces() key=|piece| piece.key children=|piece| (piece.make)() /> }.into_any()
}
