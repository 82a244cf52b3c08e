//! The head of a page in the right pane.

use leptos::{ev, prelude::*};

use super::{Glyph, Icon};
use crate::i18n::use_t;
use crate::way::{is_plain, use_way};

/// The way back, a page's title, a line below it, and what can be done (children). A page that names itself in its
/// body has no title here.
#[component]
pub fn PaneHead(
    #[prop(optional)] title: &'static str,
    #[prop(optional)] sub: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="pane-head">
            <BackLink />
            {(!title.is_empty())
                .then(|| {
                    view! {
                        <div>
                            <h1>{title}</h1>
                            <p>{sub}</p>
                        </div>
                    }
                })}
            {children.map(|children| children())}
        </header>
    }
}

/// An arrow to where one has come from; for whoever came from outside, to what this page belongs to.
#[component]
fn BackLink() -> impl IntoView {
    let (t, way) = (use_t(), use_way());
    // It belongs to the page that is drawn, also while that leaves.
    let place = way.place.get_untracked()?;
    let parent = place.parent()?;
    let press = move |event: ev::MouseEvent| {
        if is_plain(&event) && way.back() {
            event.prevent_default();
        }
    };
    Some(view! {
        <a
            class="icon-button pane-back"
            class:is-needless=place.is_in_navigation()
            href=parent.to_string()
            title=t.common.back
            aria-label=t.common.back
            on:click=press
        >
            <Icon glyph=Glyph::Back />
        </a>
    })
}
