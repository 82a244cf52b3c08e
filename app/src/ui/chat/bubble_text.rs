//! The words of a message, with its links to follow.

use leptos::prelude::*;

use crate::ui::text::{Piece, pieces};

/// A text as its writer wrote it. Links lead out of the page and tell nothing of where from.
#[component]
pub fn BubbleText(text: String) -> impl IntoView {
    let shown = pieces(&text).into_iter().map(|piece| match piece {
        Piece::Plain(words) => words.into_any(),
        Piece::Link { href, text } => view! {
            <a href=href target="_blank" rel="noopener noreferrer nofollow">
                {text}
            </a>
        }
        .into_any(),
    });
    view! { <span class="bubble-text">{shown.collect_view()}</span> }
}
