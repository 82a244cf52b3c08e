//! A list of people as it is loaded: skeletons, the people, or what went wrong.

use leptos::{ev, prelude::*};

use crate::i18n::use_t;
use crate::ui::kit::{Art, Button, Empty, Fetched, Skeleton, SkeletonShape, Variant};

/// Shows an answer once it is there; offers to ask again where it is an error.
pub fn loaded<T: Clone + Send + Sync + 'static>(
    fetched: Fetched<T>,
    show: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    let t = use_t();
    let view = move || match fetched.answer.get() {
        None => view! { <Skeleton rows=9 shape=SkeletonShape::Card /> }.into_any(),
        Some(Ok(answer)) => show(answer),
        Some(Err(error)) => view! {
            <Empty art=Art::Lost title=t.error(&error)>
                <Button variant=Variant::Soft on:click=move |_: ev::MouseEvent| fetched.again()>
                    {t.common.retry}
                </Button>
            </Empty>
        }
        .into_any(),
    };
    view! { {move || view()} }.into_any()
}
