//! Above an answer: the story that it is about, as long as that is there to be seen.

use leptos::prelude::*;
use sapa_model::attachment::Media;
use sapa_model::{StoryContent, StoryRef, Variant};

use super::use_stage;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::memo;
use crate::ui::kit::{Glyph, Hue, Icon};

/// The line that says what is answered; a press shows the story. Nothing of it is in the message: what is
/// shown here is what the reader is shown of it now.
#[component]
pub fn StoryQuote(story: Memo<Option<StoryRef>>, mine: bool) -> impl IntoView {
    move || story.get().map(|story| view! { <Quote story mine /> }.into_any())
}

#[component]
fn Quote(story: StoryRef, mine: bool) -> impl IntoView {
    let t = use_t();
    let live = live();
    let stage = use_stage();
    let StoryRef { story_id, author_id, .. } = story;
    let there = memo(move || live.story(author_id, story_id));
    let what = move || {
        if !mine {
            return t.stories.answers_yours.to_owned();
        }
        let name = there.with(|story| story.as_ref().map(|story| live.newest(&story.author).nickname));
        name.map_or_else(|| t.stories.title.to_owned(), |name| (t.stories.you_answered)(&name))
    };
    let look = move |content: StoryContent| match content {
        StoryContent::Text { text, hue } => {
            let class = format!("story-thumb is-text {}", Hue::degrees(hue).class());
            view! {
                <span class=class aria-hidden="true"></span>
                <bdi class="cut">{text}</bdi>
            }
            .into_any()
        }
        StoryContent::Media { attachment, caption } => {
            let (thumb, kind) = match attachment.media {
                Media::Picture { .. } => {
                    let source = attachment.path(Variant::Small);
                    (view! { <img class="story-thumb" src=source alt="" /> }.into_any(), t.stories.picture)
                }
                _ => (view! { <Icon glyph=Glyph::Film /> }.into_any(), t.stories.video),
            };
            let words = if caption.is_empty() { kind.to_owned() } else { caption };
            view! {
                {thumb}
                <bdi class="cut">{words}</bdi>
            }
            .into_any()
        }
    };
    move || {
        match there.get() {
        Some(story) => view! {
            <button type="button" class="story-quote" tabindex="-1" on:click=move |_| stage.open_at(author_id, story_id)>
                <small>{move || what()}</small>
                <span>{look(story.content)}</span>
            </button>
        }
        .into_any(),
        None => view! { <p class="story-quote is-gone">{t.stories.gone}</p> }.into_any(),
    }
    }
}
