//! The viewer: stories over everything, one after another, each for its time.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use leptos::{ev, html, prelude::*};
use sapa_model::story::StoryKind;

use super::foot::Foot;
use super::head::Head;
use super::show::{Show, Shown};
use super::stage::{Scene, Stage};
use super::use_stage;
use crate::browser;
use crate::i18n::use_t;
use crate::live::{Live, live};
use crate::reactive::memo;
use crate::ui::kit::{Glyph, IconButton, If, closes_on_back};

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
    closes_on_back(open.into(), Callback::new(move |()| stage.close()));
    // What is deleted meanwhile, or over, gives way to the next.
    Effect::new(move |_| {
        if open.get() && stage.scene(live).is_none() {
            stage.turn(live, true);
        }
    });
    view! {
        <dialog node_ref=dialog class="story-viewer on-dark" aria-label=t.stories.title on:close=move |_| stage.close()>
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
    pub held: RwSignal<bool>,
    /// The button was pressed.
    pub paused: RwSignal<bool>,
    /// Nobody is looking at the page.
    away: RwSignal<bool>,
    /// Something is being written, read or asked over it.
    pub busy: RwSignal<bool>,
    /// Its menu is open.
    pub asked: RwSignal<bool>,
}

impl Halt {
    fn new() -> Self {
        let [held, paused, away, busy, asked] = [(); 5].map(|()| RwSignal::new(false));
        Self { held, paused, away, busy, asked }
    }

    /// Whether there is a reason. Reactive.
    fn is(self) -> bool {
        let Self { held, paused, away, busy, asked } = self;
        [held, paused, away, busy, asked].into_iter().any(|reason| reason.get())
    }
}

#[component]
fn Player(live: Live, stage: Stage) -> impl IntoView {
    let t = use_t();
    let halt = Halt::new();
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
    let running = memo(move || !halt.is() && shown.is(id.get()));
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
    let is_video =
        memo(move || scene.with(|s| s.as_ref().is_some_and(|s| s.story.content.kind() == StoryKind::Video)));
    let pressed = move |event: ev::KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let within = |such: &str| target.as_ref().is_some_and(|t| matches!(t.closest(such), Ok(Some(_))));
        if within("input, textarea, dialog dialog, [role=menu]") {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => turn(false),
            "ArrowRight" => turn(true),
            " " if !within("button") => {
                event.prevent_default();
                halt.paused.update(|paused| *paused = !*paused);
            }
            "m" | "M" if is_video.get_untracked() => stage.silent.update(|silent| *silent = !*silent),
            _ => {}
        }
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
                        <div class="story-bars" aria-hidden="true" on:animationend=move |_| if !is_video.get_untracked() { turn(true) }>
                            {(0..of).map(|bar| bar_view(bar, at)).collect_view()}
                        </div>
                    };
                    Some(view.into_any())
                }}
                <Head live stage scene id is_video halt />
                <Show scene=scene id=id silent=stage.silent running=running shown=shown halt=halt on_turn=Callback::new(turn) on_close=Callback::new(move |()| stage.close()) />
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
