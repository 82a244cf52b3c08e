//! Making a story: a text on a colour, or a picture or film with a few words; and for whom.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::story::{NewStory, NewStoryContent};
use sapa_model::{AttachmentId, ClientId, limits};

use super::audience::{AudienceChoice, AudienceFields};
use super::compose_media::{MediaField, Picked, release};
use super::show::text_size;
use crate::api::stories::{post_story, story_settings};
use crate::browser::{self, Upload};
use crate::i18n::use_t;
use crate::live::{Live, Progress, live};
use crate::reactive::{derive, memo};
use crate::ui::groups::Swatches;
use crate::ui::kit::{Button, FaultLine, Faults, Field, Glyph, Hue, Tabs, ToastBox, Variant, use_toasts};

/// What kind of story is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Media,
}

/// What has been made so far.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<Kind>,
    text: RwSignal<String>,
    hue: RwSignal<u16>,
    picked: RwSignal<Option<Picked>>,
    caption: RwSignal<String>,
    audience: AudienceChoice,
    /// The same for every try, so that a story is posted once.
    client_id: StoredValue<ClientId>,
}

impl Draft {
    fn new() -> Self {
        Self {
            kind: RwSignal::new(Kind::Text),
            text: RwSignal::new(String::new()),
            hue: RwSignal::new(210),
            picked: RwSignal::new(None),
            caption: RwSignal::new(String::new()),
            audience: AudienceChoice::new(),
            client_id: StoredValue::new(browser::new_client_id()),
        }
    }
}

/// Posting a draft, and what comes of it.
#[derive(Clone, Copy)]
struct Posting {
    draft: Draft,
    /// The modal that it is in.
    open: RwSignal<bool>,
    faults: Faults,
    busy: RwSignal<bool>,
    /// Dropped with the modal, which ends it.
    upload: StoredValue<Option<Upload>>,
    live: Live,
    toasts: ToastBox,
    /// What is said when it is done.
    posted: &'static str,
}

impl Posting {
    /// Brings the file, if it has one and it is not there yet, and posts it.
    fn begin(self) {
        let Self { draft, faults, busy, upload, .. } = self;
        faults.clear();
        busy.set(true);
        if draft.kind.get_untracked() == Kind::Text {
            self.finish(NewStoryContent::Text {
                text: draft.text.get_untracked(),
                hue: draft.hue.get_untracked(),
            });
            return;
        }
        let Some(picked) = draft.picked.get_untracked() else { return busy.set(false) };
        let shows = move |attachment_id: AttachmentId| {
            let caption = draft.caption.get_untracked();
            self.finish(NewStoryContent::Media { attachment_id, caption });
        };
        if let Some(there) = picked.file.done() {
            return shows(there.id);
        }
        let progress = picked.file.progress.clone();
        picked.file.bring(
            move |started| {
                upload.try_set_value(started);
            },
            move |answer| {
                // The modal may be closed by then.
                if busy.try_get_untracked().is_none() {
                    return;
                }
                match answer {
                    Ok(attachment) => {
                        progress.set(Progress::Done(attachment.clone()));
                        shows(attachment.id);
                    }
                    Err(error) => {
                        progress.set(Progress::Failed(error.clone()));
                        faults.set(error);
                        busy.try_set(false);
                    }
                }
            },
        );
    }

    fn finish(self, content: NewStoryContent) {
        let Self { draft, live, toasts, .. } = self;
        let audience = draft.audience.audience();
        let story = NewStory { client_id: draft.client_id.get_value(), content, audience };
        spawn_local(async move {
            match post_story(story).await {
                Ok(story) => {
                    live.take_story(story);
                    toasts.say(self.posted);
                    self.open.try_set(false);
                }
                Err(error) => self.faults.set(error),
            }
            self.busy.try_set(false);
        });
    }
}

/// What a new story is made with.
#[component]
pub fn StoryComposer(
    /// The modal that it is in.
    open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_t();
    let draft = Draft::new();
    Effect::new(move |_| {
        spawn_local(async move {
            if let Ok(settings) = story_settings().await {
                draft.audience.take(&settings.audience);
            }
        });
    });
    on_cleanup(move || release(draft.picked));
    let posting = Posting {
        draft,
        open,
        faults: Faults::new(),
        busy: RwSignal::new(false),
        upload: StoredValue::new(None),
        live: live(),
        toasts: use_toasts(),
        posted: t.stories.posted,
    };
    let Posting { faults, busy, .. } = posting;
    let is_text = memo(move || draft.kind.get() == Kind::Text);
    let ready = memo(move || {
        let shows =
            if is_text.get() { !draft.text.read().trim().is_empty() } else { draft.picked.read().is_some() };
        shows && draft.audience.audience().is_some()
    });
    let tabs = vec![(Kind::Text, t.stories.text.into()), (Kind::Media, t.stories.media.into())];
    view! {
        <Tabs label=t.stories.kinds tabs=tabs chosen=draft.kind />
        {move || {
            if is_text.get() {
                view! { <TextFields draft=draft faults=faults /> }.into_any()
            } else {
                view! {
                    <MediaField picked=draft.picked busy=busy />
                    <Field
                        label=t.stories.caption
                        name="caption"
                        value=draft.caption
                        fault=faults.on("caption")
                        maxlength=limits::STORY_CAPTION_MAX
                    />
                }
                    .into_any()
            }
        }}
        <AudienceFields choice=draft.audience legend=t.stories.audience name="new-story-audience" />
        <FaultLine fault=faults.rest(&["text", "caption"]) />
        <p class="settings-hint">{t.stories.for_a_day}</p>
        <div class="modal-actions story-post">
            <Button
                variant=Variant::Main
                glyph=Glyph::Send
                busy=busy
                disabled=derive(move || !ready.get())
                on_press=move |()| posting.begin()
            >
                {t.stories.post}
            </Button>
        </div>
    }
    .into_any()
}

/// The text, written where it will stand, and its colour.
#[component]
fn TextFields(draft: Draft, faults: Faults) -> impl IntoView {
    let t = use_t();
    let Draft { text, hue, .. } = draft;
    let length = |text: &str| i32::try_from(text.chars().count()).unwrap_or(i32::MAX);
    let left =
        move || i32::try_from(limits::STORY_TEXT_MAX).unwrap_or(i32::MAX) - text.with(|text| length(text));
    // As it will be shown: without what is blank around it.
    let size = move || text_size(text.with(|text| length(text.trim())));
    let fault = faults.on("text");
    view! {
        <div class=move || format!("story-text is-draft {} {}", Hue::degrees(hue.get()).class(), size())>
            <textarea
                rows="5"
                dir="auto"
                autofocus
                aria-label=t.stories.text
                aria-invalid=move || fault.with(Option::is_some).then_some("true")
                placeholder=t.stories.placeholder
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            {move || (left() <= 100).then(|| view! { <small class="story-left" class:over=move || left() < 0>{left()}</small> })}
        </div>
        <FaultLine fault=fault />
        <div class="story-colours">
            <Swatches id="story-hue" legend=t.stories.colour hue=hue />
        </div>
    }
    .into_any()
}
