//! Drawing what a part of the interface draws, which is loaded when it is first wanted.
//!
//! A part has one *door*: a function marked `#[wasm_split]` (`parts`). The tool that splits puts into
//! the part's module whatever is reached through that door alone. On the server, and once the part is
//! there, a door opens at once; [`Lazy`] and [`LazyOver`] wait before it where it does not.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;

use crate::i18n::use_t;
use crate::parts::Part;
use crate::ui::kit::{Button, Skeleton, SkeletonShape, Variant, use_toasts};

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

/// A piece where it stands: a page, or what is in a modal.
#[component]
pub fn Lazy<P: Piece>(
    /// What to draw.
    piece: P,
) -> impl IntoView {
    let draw = through_door(piece);
    let loaded = RwSignal::new(None::<Result<(), Unloaded>>);
    move || match (draw(), loaded.get()) {
        (Some(view), _) => view,
        (None, Some(Err(Unloaded))) => view! { <Failed on_retry=Callback::new(move |()| loaded.set(None)) /> }.into_any(),
        (None, _) => {
            load(P::PART, move |outcome| {
                loaded.try_set(Some(outcome));
            });
            view! { <Skeleton rows=5 shape=SkeletonShape::Line /> }.into_any()
        }
    }
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
    let (t, toasts) = (use_t(), use_toasts());
    let draw = through_door(piece);
    let wanted = RwSignal::new(when.get_untracked());
    Effect::new(move || {
        if when.get() {
            wanted.set(true);
        }
    });
    let loads = RwSignal::new(0_u32);
    let drawn = move || {
        loads.track();
        draw().unwrap_or_else(|| {
            load(P::PART, move |outcome| {
                if outcome.is_ok() {
                    loads.try_update(|loads| *loads += 1);
                } else {
                    toasts.say(t.common.not_loaded);
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
    move || wanted.get().then(&drawn)
}

#[component]
fn Failed(on_retry: Callback<()>) -> impl IntoView {
    let t = use_t();
    view! {
        <div class="lazy-failed" role="alert">
            <p>{t.common.not_loaded}</p>
            <Button variant=Variant::Soft on_press=on_retry>
                {t.common.retry}
            </Button>
        </div>
    }
}

/// Draws a piece, if its part is there.
fn through_door<P: Piece>(piece: P) -> Box<dyn Fn() -> Option<AnyView> + Send + Sync> {
    Box::new(move || untrack(|| at_once(piece.clone().draw())?.ok()))
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
