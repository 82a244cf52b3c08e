//! What a story shows: a text on a colour, a picture or a film; and the finger on it.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use leptos::{ev, html, prelude::*};
use sapa_model::attachment::Media;
use sapa_model::{Attachment, StoryContent, StoryId, Variant};
use wasm_bindgen_futures::JsFuture;

use super::stage::Scene;
use super::viewer::Halt;
use crate::browser;
use crate::ui::kit::Hue;

/// How long a picture is shown, in milliseconds.
const PICTURE_MS: i32 = 6_000;
/// How long a text is shown at least, in milliseconds.
const TEXT_MS: i32 = 5_000;
/// And for each of its characters besides: an unhurried reader takes some fifteen a second.
const LETTER_MS: i32 = 60;
/// How far a finger must go to turn or to close, in CSS pixels.
const SWIPE: i32 = 60;
/// A shorter touch is a press, a longer one holds the story, in milliseconds.
const PRESS_MS: i64 = 300;

/// Which story is there to be seen, all of it, and for how long it is shown.
#[derive(Clone, Copy)]
pub struct Shown {
    story: RwSignal<Option<StoryId>>,
    /// In milliseconds.
    pub time: RwSignal<i32>,
}

impl Shown {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { story: RwSignal::new(None), time: RwSignal::new(PICTURE_MS) }
    }

    /// Whether this one is there. Reactive.
    pub fn is(self, id: Option<StoryId>) -> bool {
        id.is_some() && self.story.get() == id
    }

    fn set(self, id: StoryId, time: i32) {
        self.time.try_set(time);
        self.story.try_set(Some(id));
    }
}

/// The story itself.
#[component]
pub fn Show(
    scene: Memo<Option<Scene>>,
    id: Memo<Option<StoryId>>,
    /// Its time passes.
    running: Memo<bool>,
    /// Without a sound.
    silent: RwSignal<bool>,
    shown: Shown,
    halt: Halt,
    on_turn: Callback<bool>,
    on_close: Callback<()>,
) -> impl IntoView {
    let from = StoredValue::new(None::<(i32, i32, i64)>);
    let down = move |event: ev::PointerEvent| {
        // A press beside the open menu puts the menu away.
        if halt.asked.get_untracked() {
            return;
        }
        from.set_value(Some((event.client_x(), event.client_y(), browser::now().0)));
        halt.held.set(true);
    };
    let up = move |event: ev::PointerEvent| {
        halt.held.set(false);
        let Some((x, y, at)) = from.try_update_value(Option::take).flatten() else { return };
        let (across, downwards) = (event.client_x() - x, event.client_y() - y);
        if downwards > SWIPE && downwards > across.abs() {
            on_close.run(());
        } else if across.abs() > SWIPE {
            on_turn.run(across < 0);
        } else if browser::now().0 - at < PRESS_MS {
            let width = event_width(&event);
            on_turn.run(event.offset_x() * 3 > width);
        }
    };
    let lost = move |_| {
        from.set_value(None);
        halt.held.set(false);
    };
    view! {
        <div
            class="story-stage"
            on:pointerdown=down
            on:pointerup=up
            on:pointercancel=lost
            on:pointerleave=lost
            on:contextmenu=|event| event.prevent_default()
        >
            {move || {
                let id = id.get()?;
                let Scene { story, .. } = scene.get_untracked()?;
                let view = match story.content {
                    StoryContent::Text { text, hue } => view! { <Text id text hue shown /> }.into_any(),
                    StoryContent::Media { attachment, caption } => {
                        view! {
                            <Picture id attachment running silent shown on_turn />
                            {(!caption.is_empty()).then(|| view! { <p class="story-caption" dir="auto">{caption}</p> })}
                        }
                            .into_any()
                    }
                };
                Some(view)
            }}
        </div>
    }
    .into_any()
}

fn event_width(event: &ev::PointerEvent) -> i32 {
    let stage = event.current_target().and_then(|stage| stage.dyn_into::<Element>().ok());
    stage.map_or(0, |stage| stage.client_width())
}

#[component]
fn Text(id: StoryId, text: String, hue: u16, shown: Shown) -> impl IntoView {
    let length = i32::try_from(text.chars().count()).unwrap_or_default();
    Effect::new(move |_| shown.set(id, TEXT_MS + LETTER_MS * length));
    view! {
        <div class=format!("story-text {} {}", Hue::degrees(hue).class(), text_size(length))>
            <p dir="auto">{text}</p>
        </div>
    }
}

/// The class for a text of this length: few words stand large.
pub fn text_size(length: i32) -> &'static str {
    match length {
        0..=60 => "is-short",
        61..=180 => "",
        _ => "is-long",
    }
}

#[component]
fn Picture(
    id: StoryId,
    attachment: Attachment,
    running: Memo<bool>,
    silent: RwSignal<bool>,
    shown: Shown,
    on_turn: Callback<bool>,
) -> impl IntoView {
    let Media::Picture { width, height, animated, preview } = attachment.media.clone() else {
        return view! { <Film id attachment running silent shown on_turn /> }.into_any();
    };
    let variant = if animated { Variant::Original } else { Variant::Large };
    // A picture that does not come is passed over in its time like one that does.
    let there = move || shown.set(id, PICTURE_MS);
    view! {
        <img class="story-blur" src=preview alt="" draggable="false" />
        <img
            class="story-picture"
            src=attachment.path(variant)
            width=width
            height=height
            alt=attachment.name.to_string()
            draggable="false"
            on:load=move |_| there()
            on:error=move |_| there()
        />
    }
    .into_any()
}

#[component]
fn Film(
    id: StoryId,
    attachment: Attachment,
    running: Memo<bool>,
    silent: RwSignal<bool>,
    shown: Shown,
    on_turn: Callback<bool>,
) -> impl IntoView {
    let video = NodeRef::<html::Video>::new();
    Effect::new(move |_| {
        let (Some(video), running) = (video.get(), running.get()) else { return };
        if running {
            if let Ok(started) = video.play() {
                // Halted before it has begun, it refuses, which is as it should be.
                spawn_local(async move { drop(JsFuture::from(started).await) });
            }
        } else {
            let _ = video.pause();
        }
    });
    let known = move |_| {
        let seconds = video.get_untracked().map(|video| video.duration()).unwrap_or_default();
        shown.set(id, milliseconds(seconds));
    };
    view! {
        <video
            node_ref=video
            class="story-picture"
            src=attachment.path(Variant::Original)
            aria-label=attachment.name.to_string()
            preload="auto"
            playsinline
            prop:muted=silent
            on:loadeddata=known
            on:error=move |_| shown.set(id, PICTURE_MS)
            on:ended=move |_| on_turn.run(true)
        ></video>
    }
    .into_any()
}

/// Whole milliseconds; some films do not know how long they are.
fn milliseconds(seconds: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a film of a day")]
    if seconds.is_finite() { (seconds.min(86_400.0) * 1_000.0) as i32 } else { PICTURE_MS }
}
