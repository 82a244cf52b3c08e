//! Above a story: whose it is, and what can be done about that.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::StoryId;
use sapa_model::report::Evidence;

use super::stage::{Scene, Stage};
use super::viewer::Halt;
use crate::api::stories::mute_stories;
use crate::i18n::use_t;
use crate::live::Live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, AvatarSize, Face, Glyph, IconButton, If, Menu, MenuItem, use_ago};
use crate::ui::report::Reporting;

/// Whose story it is, and what can be done about that.
#[component]
pub fn Head(
    live: Live,
    stage: Stage,
    scene: Memo<Option<Scene>>,
    id: Memo<Option<StoryId>>,
    /// It has a sound.
    is_video: Memo<bool>,
    halt: Halt,
) -> impl IntoView {
    let t = use_t();
    let silent = stage.silent;
    let ago = use_ago();
    let card = memo(move || scene.with(|scene| scene.as_ref().map(|scene| live.newest(&scene.story.author))));
    let mine = memo(move || card.with(|card| card.as_ref().is_some_and(|card| card.id == live.my_id())));
    let name = move || card.with(|card| card.as_ref().map(|card| card.nickname.clone()));
    let when = move || scene.with(|scene| scene.as_ref().map(|scene| ago(scene.story.created_at)));
    let muted = memo(move || scene.with(|scene| scene.as_ref().is_some_and(|scene| scene.muted)));
    let said = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        id.get();
        said.set(None);
    });
    let mute = Callback::new(move |()| {
        let Some(author) = card.with_untracked(|card| card.as_ref().map(|card| card.id)) else { return };
        let wanted = !muted.get_untracked();
        spawn_local(async move {
            match mute_stories(author, wanted).await {
                Ok(()) => {
                    live.mute_reel(author, wanted);
                    let words = if wanted { t.stories.muted_now } else { t.stories.unmuted_now };
                    said.try_set(Some(words.to_owned()));
                }
                Err(error) => {
                    said.try_set(Some(t.error(&error)));
                }
            }
        });
    });
    let reporting = Reporting::get();
    let report = Callback::new(move |()| {
        if let Some((card, story_id)) = card.get_untracked().zip(id.get_untracked()) {
            // What is asked next stands over the page, not over the story.
            stage.close();
            reporting.open(card, Some(Evidence::Story { story_id }));
        }
    });
    let face = derive(move || card.with(|card| card.as_ref().map_or_else(Face::nobody, Face::from)));
    view! {
        <header class="story-head">
            <Avatar face=face size=AvatarSize::S />
            <div class="story-who">
                <h2 class="cut" dir="auto">{move || if mine.get() { Some(t.stories.yours.to_owned()) } else { name() }}</h2>
                <p>{move || when()}</p>
            </div>
            <IconButton
                glyph=derive(move || if halt.paused.get() { Glyph::Play } else { Glyph::Pause })
                label=derive(move || if halt.paused.get() { t.stories.go_on } else { t.stories.pause }.to_owned())
                on_press=move |()| halt.paused.update(|paused| *paused = !*paused)
            />
            <If when=move || is_video.get()>
                <IconButton
                    glyph=derive(move || if silent.get() { Glyph::SpeakerOff } else { Glyph::Speaker })
                    label=derive(move || if silent.get() { t.stories.sound_on } else { t.stories.sound_off }.to_owned())
                    on_press=move |()| silent.update(|silent| *silent = !*silent)
                />
            </If>
            <If when=move || !mine.get()>
                <Menu id="story-menu" label=derive(move || t.stories.menu.to_owned()) open=halt.asked>
                    <MenuItem glyph=derive(move || if muted.get() { Glyph::Bell } else { Glyph::BellOff }) on_select=mute>
                        {move || if muted.get() { t.stories.unmute } else { t.stories.mute }}
                    </MenuItem>
                    <MenuItem glyph=Glyph::Flag on_select=report>
                        {t.common.report}
                    </MenuItem>
                </Menu>
            </If>
            <IconButton glyph=Glyph::Close label=t.common.close on_press=move |()| stage.close() />
        </header>
        <p class="story-said" role="status">{said}</p>
    }
    .into_any()
}
