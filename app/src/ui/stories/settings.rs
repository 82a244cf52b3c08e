//! What is settled about stories: who may see the next one, and whose are muted.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::UserCard;

use super::audience::{AudienceChoice, AudienceFields};
use crate::api::stories::{mute_stories, set_story_audience, story_settings};
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, Button, Face, If, Rows, Variant, debounced, use_toasts};

/// How long to wait for the next choice, in milliseconds.
const PAUSE_MS: u64 = 500;

/// The part of the settings. Each choice takes effect at once.
#[component]
pub fn StorySettings() -> impl IntoView {
    let t = use_t();
    let live = live();
    let toasts = use_toasts();
    let choice = AudienceChoice::new();
    let muted = RwSignal::new(Vec::<UserCard>::new());
    let saved = RwSignal::new(None);
    let muted_reels = memo(move || live.reels.with(|reels| reels.iter().filter(|reel| reel.muted).count()));
    Effect::new(move |_| {
        // Somebody is muted elsewhere, or no longer.
        muted_reels.get();
        spawn_local(async move {
            let Ok(settings) = story_settings().await else { return };
            if saved.try_get_untracked() == Some(None) {
                choice.take(&settings.audience);
                saved.try_set(Some(settings.audience));
            }
            muted.try_set(settings.muted);
        });
    });
    let chosen = debounced(derive(move || choice.audience()), PAUSE_MS);
    Effect::new(move |_| {
        let Some(chosen) = chosen.get() else { return };
        let before = saved.get_untracked();
        if before.is_none() || before.as_ref() == Some(&chosen) {
            return;
        }
        saved.set(Some(chosen.clone()));
        spawn_local(async move {
            match set_story_audience(chosen).await {
                Ok(_) => toasts.say(t.settings().saved),
                Err(error) => toasts.fault(&error),
            }
        });
    });
    let any = memo(move || !muted.read().is_empty());
    view! {
        <AudienceFields choice=choice legend=t.stories.default_audience name="story-audience" />
        <If when=move || any.get()>
            <section class="story-muted" aria-label=t.stories.muted>
                <h3>{t.stories.muted}</h3>
                <ul>
                    <Rows each=move || muted.get() key=|user| user.id let:user>
                        <Muted user=user muted=muted />
                    </Rows>
                </ul>
            </section>
        </If>
    }
    .into_any()
}

#[component]
fn Muted(user: UserCard, muted: RwSignal<Vec<UserCard>>) -> impl IntoView {
    let t = use_t();
    let live = live();
    let toasts = use_toasts();
    let id = user.id;
    let label = (t.stories.unmute_of)(&user.nickname);
    let user = memo(move || live.newest(&user));
    let unmute = move |()| {
        spawn_local(async move {
            match mute_stories(id, false).await {
                Ok(()) => {
                    muted.try_update(|muted| muted.retain(|user| user.id != id));
                    live.mute_reel(id, false);
                }
                Err(error) => toasts.fault(&error),
            }
        });
    };
    view! {
        <li>
            <Avatar face=derive(move || Face::from(&*user.read())) />
            <bdi class="cut">{move || user.read().nickname.clone()}</bdi>
            <Button variant=Variant::Soft attr:aria-label=label on_press=unmute>
                {t.stories.unmute_word}
            </Button>
        </li>
    }
}
