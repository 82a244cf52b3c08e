//! One message: the bubble with its words, its time, and how far it has come.

use leptos::prelude::*;
use sapa_model::{AppError, Timestamp, UserCard};

use super::bubble_text::BubbleText;
use super::ticks::{Station, Ticks};
use crate::i18n::use_t;
use crate::reactive::memo;
use crate::ui::kit::{Hue, Time, TimeStyle};
use crate::ui::text::is_few_emoji;

/// The bubble itself. What stands beside it (the picture, the menu) is the row's.
#[component]
pub fn Bubble(
    #[prop(into)] text: Signal<String>,
    at: Signal<Timestamp>,
    /// Named above the words: others in a group, where their run begins.
    author: Option<UserCard>,
    /// Shown on own messages.
    station: Option<Signal<Station>>,
    /// Why it was not sent.
    failure: Signal<Option<AppError>>,
    on_retry: Callback<()>,
    on_discard: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let large = memo(move || is_few_emoji(&text.read()));
    let reason = move |error: AppError| {
        let words = t;
        view! {
            <div class="bubble-failed" role="alert">
                <span>{words.chat.not_sent}" "{words.error(&error)}</span>
                <button type="button" on:click=move |_| on_retry.run(())>
                    {words.common.retry}
                </button>
                <button type="button" on:click=move |_| on_discard.run(())>
                    {words.chat.discard}
                </button>
            </div>
        }
    };
    view! {
        <div class="bubble" class:is-large=large>
            {author
                .map(|author| {
                    let class = format!("bubble-author {}", Hue::of_user(author.id).class());
                    view! { <bdi class=class>{author.nickname}</bdi> }.into_any()
                })}
            {move || view! { <BubbleText text=text.get() /> }}
            <span class="bubble-meta">
                <Time at=at style=TimeStyle::Clock />
                {station.map(|station| view! { <Ticks station=station /> })}
            </span>
            {move || failure.get().map(reason)}
        </div>
    }
    .into_any()
}
