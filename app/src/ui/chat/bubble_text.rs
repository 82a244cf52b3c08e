//! The words of a message, with its links to follow. Very many are folded until somebody wants them all.

use leptos::prelude::*;

use crate::i18n::use_t;
use crate::ui::text::{Piece, pieces};

/// From here on a text is folded: about as much as fills a phone.
const LONG: usize = 1_200;
const MANY_LINES: usize = 24;

/// A text as its writer wrote it. Links lead out of the page and tell nothing of where from.
#[component]
pub fn BubbleText(
    text: String,
    /// Never folded: where there is no script to unfold it.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let shown = pieces(&text).into_iter().map(|piece| match piece {
        Piece::Plain(words) => words.into_any(),
        Piece::Link { href, text } => view! {
            <a href=href target="_blank" rel="noopener noreferrer nofollow">
                {text}
            </a>
        }
        .into_any(),
    });
    let shown = shown.collect_view();
    if whole || text.chars().nth(LONG).is_none() && text.split('\n').nth(MANY_LINES).is_none() {
        return view! { <span class="bubble-text">{shown}</span> }.into_any();
    }
    let t = use_t();
    let open = RwSignal::new(false);
    view! {
        <span class="bubble-text" class:is-folded=move || !open.get()>{shown}</span>
        <button
            type="button"
            class="word-button bubble-more"
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {move || if open.get() { t.message.show_less } else { t.message.show_more }}
        </button>
    }
    .into_any()
}
