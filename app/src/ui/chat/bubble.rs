//! One message: the bubble with its words, its time, and how far it has come.

use leptos::prelude::*;
use sapa_model::{AppError, AttachmentId, ClientId, RoomId, Timestamp, UserCard};

use super::bubble_text::BubbleText;
use super::carried::{Carried, CarriedFiles};
use super::corrections::Corrections;
use super::reading::{Fate, Reading, tombstone};
use super::session::SessionCard;
use super::ticks::Ticks;
use crate::i18n::use_t;
use crate::live::{Live, helps_to_retry};
use crate::reactive::memo;
use crate::ui::kit::{Glyph, Hue, Icon, If, Time, TimeStyle};
use crate::ui::stories::StoryQuote;
use crate::ui::text::is_few_emoji;

/// The bubble itself. What stands beside it (the picture, the menu) is the row's.
#[component]
pub fn Bubble(
    live: Live,
    room: RoomId,
    client_id: StoredValue<ClientId>,
    reading: Reading,
    on_picture: Callback<AttachmentId>,
    at: Signal<Timestamp>,
    /// Named above the words: others in a group, where their run begins.
    author: Option<Memo<UserCard>>,
    /// Written by the reader.
    mine: bool,
    /// Whether it shows how far it has come: own messages.
    ticks: bool,
    on_retry: Callback<()>,
    on_discard: Callback<()>,
    /// The word that tells of an edit was pressed.
    on_versions: Callback<()>,
    /// What stands at its end.
    #[prop(into)]
    foot: ViewFn,
    /// What stands below the words.
    children: Children,
) -> impl IntoView {
    let t = use_t();
    let Reading { text, fate, carried, corrections, schedule, story, post, id, station, failure, .. } =
        reading;
    let views = memo(move || post.get().map(|post| u64::from(post.views)));
    let large = memo(move || is_few_emoji(&text.read()));
    let reason = move |error: AppError| {
        let words = t;
        view! {
            <div class="bubble-failed" role="alert">
                <span>{words.chat.not_sent}" "{words.error(&error)}</span>
                {helps_to_retry(&error)
                    .then(|| {
                        view! {
                            <button type="button" on:click=move |_| on_retry.run(())>
                                {words.common.retry}
                            </button>
                        }
                    })}
                <button type="button" on:click=move |_| on_discard.run(())>
                    {words.chat.discard}
                </button>
            </div>
        }
    };
    view! {
        <div class="bubble" class:is-large=large class:is-deleted=move || fate.get().is_deleted() class:carries=move || carried.with(|carried| *carried != Carried::Nothing)>
            {author
                .map(|author| {
                    let class = format!("bubble-author {}", author.with(|author| Hue::of_user(author.id)).class());
                    view! { <bdi class=class>{move || author.read().nickname.clone()}</bdi> }.into_any()
                })}
            <StoryQuote story=story mine=mine />
            <CarriedFiles live=live client_id=client_id carried=carried on_picture=on_picture />
            {move || match fate.get() {
                Fate::Deleted { by_author } => {
                    view! {
                        <span class="bubble-tombstone">
                            <Icon glyph=Glyph::Trash />
                            {tombstone(t, by_author)}
                        </span>
                    }
                        .into_any()
                }
                Fate::Kept | Fate::Edited => view! { <BubbleText text=text.get() /> }.into_any(),
            }}
            <SessionCard schedule=schedule mine=mine />
            <Corrections room=room id=id mine=mine corrections=corrections />
            {children()}
            <span class="bubble-meta">
                {move || {
                    views
                        .get()
                        .map(|views| {
                            view! {
                                <span class="bubble-views" title=(t.chat.views)(views)>
                                    <Icon glyph=Glyph::Eye />
                                    <span aria-hidden="true">{views}</span>
                                    <span class="unseen">{(t.chat.views)(views)}</span>
                                </span>
                            }
                        })
                }}
                <If when=move || fate.get() == Fate::Edited>
                    <button type="button" class="bubble-edited" tabindex="-1" on:click=move |_| on_versions.run(())>
                        {t.message.edited}
                    </button>
                </If>
                <Time at=at style=TimeStyle::Clock />
                {ticks.then(|| view! { <Ticks station=station /> })}
            </span>
            {foot.run()}
            {move || failure.get().map(reason)}
        </div>
    }
    .into_any()
}
