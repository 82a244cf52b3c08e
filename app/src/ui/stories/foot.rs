//! Below a story: the answer to it; below one's own, who has seen it.

use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use sapa_model::{ClientId, StoryId, limits};

use super::stage::Scene;
use super::viewer::Halt;
use super::viewers::Viewers;
use crate::api::stories::{delete_story, reply_to_story};
use crate::browser;
use crate::i18n::use_t;
use crate::live::Live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Confirm, Glyph, Icon, IconButton, Modal, use_toasts};

/// What the reader can do about the story itself.
#[component]
pub fn Foot(live: Live, scene: Memo<Option<Scene>>, id: Memo<Option<StoryId>>, halt: Halt) -> impl IntoView {
    let me = live.my_id();
    let mine = memo(move || scene.with(|scene| scene.as_ref().is_some_and(|s| s.story.author.id == me)));
    view! {
        <footer class="story-foot">
            {move || {
                if mine.get() {
                    view! { <OwnFoot scene=scene id=id halt=halt /> }.into_any()
                } else {
                    view! { <ReplyForm id=id halt=halt /> }.into_any()
                }
            }}
        </footer>
    }
    .into_any()
}

/// The field for an answer, which goes into the direct chat.
#[component]
fn ReplyForm(id: Memo<Option<StoryId>>, halt: Halt) -> impl IntoView {
    let t = use_t();
    let text = RwSignal::new(String::new());
    let said = RwSignal::new(None::<String>);
    let sending = RwSignal::new(false);
    // The same answer sent again, after a fault, is the same message.
    let client_id = StoredValue::new(None::<ClientId>);
    Effect::new(move |_| {
        id.get();
        text.set(String::new());
        said.set(None);
        client_id.set_value(None);
    });
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Some(story), words) = (id.get_untracked(), text.get_untracked()) else { return };
        if words.trim().is_empty() || sending.get_untracked() {
            return;
        }
        let name = client_id.get_value().unwrap_or_else(browser::new_client_id);
        client_id.set_value(Some(name.clone()));
        sending.set(true);
        spawn_local(async move {
            let answer = reply_to_story(story, name, words).await;
            sending.try_set(false);
            match answer {
                Ok(_) => {
                    client_id.try_set_value(None);
                    text.try_set(String::new());
                    said.try_set(Some(t.stories.sent.to_owned()));
                }
                Err(error) => {
                    said.try_set(Some(t.error(&error)));
                }
            }
        });
    };
    let typed = move |event| {
        client_id.set_value(None);
        text.set(event_target_value(&event));
    };
    view! {
        <form class="story-reply" on:submit=send>
            <input
                type="text"
                autocomplete="off"
                dir="auto"
                maxlength=limits::MESSAGE_MAX.to_string()
                placeholder=t.stories.reply
                aria-label=t.stories.reply
                prop:value=text
                on:input=typed
                on:focus=move |_| halt.busy.set(true)
                on:blur=move |_| halt.busy.set(false)
            />
            <button
                type="submit"
                class="icon-button"
                title=t.stories.send
                aria-label=t.stories.send
                disabled=move || sending.get() || text.read().trim().is_empty()
            >
                <Icon glyph=Glyph::Send />
            </button>
        </form>
        <p class="story-sent" role="status">{move || said.get()}</p>
    }
    .into_any()
}

/// Who has seen it, and the way to take it away.
#[component]
fn OwnFoot(scene: Memo<Option<Scene>>, id: Memo<Option<StoryId>>, halt: Halt) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let reach = memo(move || scene.with(|scene| scene.as_ref().and_then(|scene| scene.story.reach)));
    let viewers = memo(move || reach.get().map(|reach| reach.viewers).unwrap_or_default());
    let (listing, asking) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| halt.busy.set(listing.get() || asking.get()));
    let delete = Callback::new(move |()| {
        let Some(story) = id.get_untracked() else { return };
        spawn_local(async move {
            match delete_story(story).await {
                Ok(()) => toasts.say(t.stories.deleted),
                Err(error) => toasts.fault(&error),
            }
        });
    });
    view! {
        <button type="button" class="story-seen-by" on:click=move |_| listing.set(true)>
            <Icon glyph=Glyph::Eye />
            <span>{move || (t.stories.seen_by)(viewers.get().into())}</span>
        </button>
        <IconButton glyph=Glyph::Trash label=t.stories.delete on_press=move |()| asking.set(true) />
        <Modal open=listing title=t.stories.viewers>
            {move || id.get().map(|story| view! { <Viewers story=story count=viewers /> })}
        </Modal>
        <Confirm
            open=asking
            title=derive(move || t.stories.delete_title.to_owned())
            text=derive(move || t.stories.delete_text.to_owned())
            action=t.stories.delete_word
            danger=true
            on_confirm=delete
        />
    }
    .into_any()
}
