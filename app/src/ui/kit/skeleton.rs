//! The shape of what is still on its way.

use leptos::prelude::*;

use crate::i18n::use_t;

/// What it will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkeletonShape {
    /// A row of a list: avatar and two lines.
    Row,
    /// A card of the explorer.
    Card,
    /// A line of text.
    Line,
}

/// Grey shapes in place of `rows` things.
#[component]
pub fn Skeleton(#[prop(default = 6)] rows: usize, shape: SkeletonShape) -> impl IntoView {
    let t = use_t();
    let class = match shape {
        SkeletonShape::Row => "skeleton row",
        SkeletonShape::Card => "skeleton card",
        SkeletonShape::Line => "skeleton line",
    };
    let list = if shape == SkeletonShape::Card { "skeletons cards" } else { "skeletons" };
    view! {
        <div class=list role="status">
            <span class="unseen">{t.common.loading}</span>
            {(0..rows).map(|_| view! { <div class=class aria-hidden="true"><i></i><b></b><b></b></div> }.into_any()).collect_view()}
        </div>
    }
}
