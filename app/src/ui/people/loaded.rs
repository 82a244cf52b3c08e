//! A list of people as it is loaded: skeletons, the people, or what went wrong.

use leptos::prelude::*;
use sapa_model::AppError;

use crate::i18n::use_t;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Art, Button, Empty, Fetched, Skeleton, SkeletonShape, Variant};

#[derive(Clone, PartialEq)]
enum State {
    Waiting,
    There,
    Fault(AppError),
}

/// Shows an answer once it is there; offers to ask again where it is an error. `show` is called once:
/// it hears of newer answers, so that what is the same in them stays as it is.
pub fn loaded<T: Clone + Default + Send + Sync + 'static>(
    fetched: Fetched<T>,
    show: impl Fn(Signal<T>) -> AnyView + Send + 'static,
) -> AnyView {
    let t = use_t();
    let state = memo(move || {
        fetched.answer.with(|answer| match answer {
            None => State::Waiting,
            Some(Ok(_)) => State::There,
            Some(Err(error)) => State::Fault(error.clone()),
        })
    });
    let answer =
        derive(move || fetched.answer.with(|answer| answer.as_ref().and_then(|a| a.as_ref().ok().cloned())));
    let answer = derive(move || answer.get().unwrap_or_default());
    let view = move || match state.get() {
        State::Waiting => view! { <Skeleton rows=9 shape=SkeletonShape::Card /> }.into_any(),
        State::There => show(answer),
        State::Fault(error) => view! {
            <Empty art=Art::Lost title=t.error(&error)>
                <Button variant=Variant::Soft on_press=move |()| fetched.again()>
                    {t.common.retry}
                </Button>
            </Empty>
        }
        .into_any(),
    };
    view! { {move || view()} }.into_any()
}
