//! Drawing what a part of the interface draws, which is loaded when it is first wanted.
//!
//! A part has one *door*: a function marked `#[wasm_split]` (`parts`). The tool that splits puts into
//! the part's module whatever is reached through that door alone. On the server, and once the part is
//! there, a door opens at once; [`Lazy`] and [`LazyOver`] wait before it where it does not.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use wasm_split_helpers::SplitLoaderError;

use crate::i18n::use_t;
use crate::live::{Link, Live};
use crate::parts::Part;
use crate::ui::kit::{Art, Button, Empty, Skeleton, SkeletonShape, Variant, use_toasts};

/// A part could not be loaded: there is no network, or another release on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unloaded;

impl From<SplitLoaderError> for Unloaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Something that a part draws.
pub trait Piece: Clone + Send + Sync + 'static {
    /// Which part.
    const PART: Part;

    /// Goes through the part's door.
    fn draw(self) -> impl Future<Output = Result<AnyView, Unloaded>>;
}

/// A piece in a frame that is there already, such as a modal.
#[component]
pub fn Lazy<P: Piece>(
    /// What to draw.
    piece: P,
) -> impl IntoView {
    in_place(P::PART, through_door(piece), Frame::Given)
}

/// A piece that is a page.
#[component]
pub fn LazyPage<P: Piece>(
    /// What to draw.
    piece: P,
) -> impl IntoView {
    in_place(P::PART, through_door(piece), Frame::Page)
}

/// A piece that lies over the page. Once wanted it stays, and itself knows when it shows.
#[component]
pub fn LazyOver<P: Piece>(
    /// What to draw.
    piece: P,
    /// It is wanted now.
    #[prop(into)]
    when: Signal<bool>,
    /// It could not be loaded, as a note has said: it is not to be wanted any longer.
    on_fail: Callback<()>,
) -> impl IntoView {
    over_page(P::PART, through_door(piece), when, on_fail)
}

/// Draws a piece, if its part is there. Compiled anew for each kind of piece, unlike what uses it.
type Draw = Box<dyn Fn() -> Option<AnyView> + Send + Sync>;

fn through_door<P: Piece>(piece: P) -> Draw {
    Box::new(move || untrack(|| at_once(piece.clone().draw())?.ok()))
}

/// What is round a piece that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// Something with a way out of it.
    Given,
    /// Nothing.
    Page,
}

fn in_place(part: Part, draw: Draw, frame: Frame) -> AnyView {
    let loaded = RwSignal::new(None::<Result<(), Unloaded>>);
    when_back(move || {
        if loaded.with_untracked(|loaded| matches!(loaded, Some(Err(_)))) {
            loaded.set(None);
        }
    });
    let drawn = move || match (draw(), loaded.get()) {
        (Some(view), _) => view,
        (None, Some(Err(Unloaded))) => {
            let retry = Callback::new(move |()| loaded.set(None));
            view! { <Failed frame on_retry=retry /> }.into_any()
        }
        (None, _) => {
            load(part, move |outcome| {
                loaded.try_set(Some(outcome));
            });
            let class = if frame == Frame::Page { "page lazy-page" } else { "lazy" };
            view! {
                <div class=class>
                    <Skeleton rows=5 shape=SkeletonShape::Line />
                </div>
            }
            .into_any()
        }
    };
    drawn.into_any()
}

fn over_page(part: Part, draw: Draw, when: Signal<bool>, on_fail: Callback<()>) -> AnyView {
    let (t, toasts) = (use_t(), use_toasts());
    let wanted = RwSignal::new(when.get_untracked());
    Effect::new(move || {
        // Set once: each time would draw it anew.
        if when.get() && !wanted.get_untracked() {
            wanted.set(true);
        }
    });
    let loads = RwSignal::new(0_u32);
    let drawn = move || {
        loads.track();
        if !wanted.get() {
            return ().into_any();
        }
        draw().unwrap_or_else(|| {
            load(part, move |outcome| {
                if outcome.is_ok() {
                    loads.try_update(|loads| *loads += 1);
                } else {
                    toasts.say(format!("{} {}", t.common.not_loaded, t.common.not_loaded_text));
                    wanted.try_set(false);
                    on_fail.try_run(());
                }
            });
            let note = view! {
                <p class="lazy-note" role="status">
                    {t.common.loading}
                </p>
            };
            note.into_any()
        })
    };
    drawn.into_any()
}

/// Does something each time that the server is reached again; for strangers, that there is a network again.
fn when_back(then: impl Fn() + Copy + 'static) {
    let live = use_context::<Live>();
    Effect::new(move |was_away: Option<bool>| {
        let is_away = live.is_some_and(|live| live.link.get() != Link::Online);
        if was_away == Some(true) && !is_away {
            then();
        }
        is_away
    });
    Effect::new(move || {
        let listener = window_event_listener(ev::online, move |_| then());
        on_cleanup(move || listener.remove());
    });
}

#[component]
fn Failed(frame: Frame, on_retry: Callback<()>) -> impl IntoView {
    let t = use_t();
    let way_out = (frame == Frame::Page).then(|| {
        view! {
            <a class="button plain" href="/chats">
                {t.common.to_chats}
            </a>
        }
    });
    let class = if frame == Frame::Page { "page lazy-failed" } else { "lazy-failed" };
    view! {
        <div class=class role="alert">
            <Empty art=Art::Lost title=t.common.not_loaded text=t.common.not_loaded_text>
                <Button variant=Variant::Soft on_press=on_retry>
                    {t.common.retry}
                </Button>
                {way_out}
            </Empty>
        </div>
    }
}

/// What a future yields, if it need not wait.
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

fn load(part: Part, then: impl FnOnce(Result<(), Unloaded>) + 'static) {
    spawn_local(async move { then(part.load().await) });
}
