//! The viewer: stories over everything, one after another, each for its time.

use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use leptos::{ev, html, prelude::*};
use sapa_model::StoryId;
use sapa_model::report::Evidence;
use sapa_model::story::StoryKind;

use super::foot::Foot;
use super::show::{Show, Shown};
use super::stage::{Scene, Stage};
use super::use_stage;
use crate::api::stories::mute_stories;
use crate::browser;
use crate::i18n::use_t;
use crate::live::{Live, live};
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, AvatarSize, Face, Glyph, IconButton, If, use_ago};
use crate::ui::report::Reporting;

/// Over the whole page, while the stage shows something.
#[component]
pub fn StoryViewer() -> impl IntoView {
    let t = use_t();
    let live = live();
    let stage = use_stage();
    let open = memo(move || stage.showing.with(Option::is_some));
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                dialog.show_modal().ok();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    // What is deleted meanwhile, or over, gives way to the next.
    Effect::new(move |_| {
        if open.get() && stage.scene(live).is_none() {
            stage.turn(live, true);
        }
    });
    view! {
        <dialog node_ref=dialog class="story-viewer" aria-label=t.stories.title on:close=move |_| stage.close()>
            <If when=move || open.get()>
                <Player live=live stage=stage />
            </If>
        </dialog>
    }
    .into_any()
}

/// Why the story stands still. It goes on when there is no reason left.
#[derive(Clone, Copy)]
pub struct Halt {
    /// A finger rests on it.
    held: RwSignal<bool>,
    /// The button was pressed.
    paused: RwSignal<bool>,
    /// Nobody is looking at the page.
    away: RwSignal<bool>,
    /// Something is being written, read or asked over it.
    pub busy: RwSignal<bool>,
}

#[component]
fn Player(live: Live, stage: Stage) -> impl IntoView {
    let t = use_t();
    let halt = Halt {
        held: RwSignal::new(false),
        paused: RwSignal::new(false),
        away: RwSignal::new(false),
        busy: RwSignal::new(false),
    };
    let look = move || {
        halt.away.try_set(!browser::is_attended());
    };
    let (shows, focuses, blurs) = (
        window_event_listener(ev::visibilitychange, move |_| look()),
        window_event_listener(ev::focus, move |_| look()),
        window_event_listener(ev::blur, move |_| look()),
    );
    on_cleanup(move || {
        shows.remove();
        focuses.remove();
        blurs.remove();
    });
    // The last one stays while the stage is put away.
    let scene = Memo::new(move |before: Option<&Option<Scene>>| {
        stage.scene(live).or_else(|| before.cloned().flatten())
    });
    let id = memo(move || scene.with(|scene| scene.as_ref().map(|scene| scene.story.id)));
    let shown = Shown::new();
    let running = memo(move || {
        let halted = halt.held.get() || halt.paused.get() || halt.away.get() || halt.busy.get();
        !halted && shown.is(id.get())
    });
    Effect::new(move |_| {
        if id.get().is_some()
            && let Some(Scene { story, .. }) = scene.get_untracked()
            && !story.seen
        {
            live.see_story(story.author.id, story.id);
        }
    });
    let turn = move |forward: bool| {
        halt.busy.set(false);
        stage.turn(live, forward);
    };
    let pressed = move |event: ev::KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let within = |such: &str| target.as_ref().is_some_and(|t| matches!(t.closest(such), Ok(Some(_))));
        if within("input, textarea, dialog dialog") {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => turn(false),
            "ArrowRight" => turn(true),
            " " if !within("button") => {
                event.prevent_default();
                halt.paused.update(|paused| *paused = !*paused);
            }
            _ => {}
        }
    };
    let is_video = move || {
        scene.with_untracked(|s| s.as_ref().map(|s| s.story.content.kind())) == Some(StoryKind::Video)
    };
    let bars =
        memo(move || scene.with(|scene| scene.as_ref().map(|scene| (scene.story.id, scene.at, scene.of))));
    let told = memo(move || {
        scene.with(|scene| {
            let Scene { story, at, of, .. } = scene.as_ref()?;
            let name = &live.newest(&story.author).nickname;
            let place = (t.stories.at)(at + 1, *of);
            Some(format!("{name}, {place}. {}", story.content.words()))
        })
    });
    view! {
        <div class="story-frame" class:is-running=running on:keydown=pressed>
            <p class="unseen" aria-live="polite">{told}</p>
            <span class="story-turn is-back">
                <IconButton glyph=Glyph::Back label=t.common.previous on_press=move |()| turn(false) />
            </span>
            <article class="story-card" tabindex="-1" autofocus style:--run=move || format!("{}ms", shown.time.get())>
                // Each story begins with fresh bars.
                {move || {
                    let (_, at, of) = bars.get()?;
                    let view = view! {
                        <div class="story-bars" aria-hidden="true" on:animationend=move |_| if !is_video() { turn(true) }>
                            {(0..of).map(|bar| bar_view(bar, at)).collect_view()}
                        </div>
                    };
                    Some(view.into_any())
                }}
                <Head live=live stage=stage scene=scene id=id halt=halt />
                <Show scene=scene id=id running=running shown=shown held=halt.held on_turn=Callback::new(turn) on_close=Callback::new(move |()| stage.close()) />
                <Foot live=live scene=scene id=id halt=halt />
            </article>
            <span class="story-turn">
                <IconButton glyph=Glyph::Next label=t.common.next on_press=move |()| turn(true) />
            </span>
        </div>
    }
    .into_any()
}

fn bar_view(bar: usize, at: usize) -> impl IntoView {
    view! { <span class="story-bar" class:is-past=bar < at class:is-now=bar == at></span> }
}

/// Whose story it is, and what can be done about that.
#[component]
fn Head(
    live: Live,
    stage: Stage,
    scene: Memo<Option<Scene>>,
    id: Memo<Option<StoryId>>,
    halt: Halt,
) -> impl IntoView {
    let t = use_t();
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
    let mute = move |()| {
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
    };
    let reporting = Reporting::get();
    let report = move |()| {
        if let Some((card, story_id)) = card.get_untracked().zip(id.get_untracked()) {
            // What is asked next stands over the page, not over the story.
            stage.close();
            reporting.open(card, Some(Evidence::Story { story_id }));
        }
    };
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
            <If when=move || !mine.get()>
                <IconButton
                    glyph=derive(move || if muted.get() { Glyph::Bell } else { Glyph::BellOff })
                    label=derive(move || if muted.get() { t.stories.unmute } else { t.stories.mute }.to_owned())
                    on_press=mute
                />
                <IconButton glyph=Glyph::Flag label=t.report.report on_press=report />
            </If>
            <IconButton glyph=Glyph::Close label=t.common.close on_press=move |()| stage.close() />
        </header>
        <p class="story-said" role="status">{said}</p>
    }
    .into_any()
}
