//! What opens of stories over the messenger.

use leptos::prelude::*;

use super::use_stage;
use crate::i18n::use_t;
use crate::lazy::{Lazy, LazyOver};
use crate::parts::StoryPiece;
use crate::reactive::memo;
use crate::ui::kit::Modal;

/// The viewer, and the modal in which a story is made. Once, in the messenger.
#[component]
pub fn Stories() -> impl IntoView {
    let t = use_t();
    let stage = use_stage();
    let showing = memo(move || stage.showing.with(Option::is_some));
    view! {
        <Modal open=stage.composing title=t.stories.add>
            <Lazy piece=StoryPiece::Composer(stage.composing) />
        </Modal>
        <LazyOver
            piece=StoryPiece::Viewer
            when=showing
            on_fail=Callback::new(move |()| stage.close())
        />
    }
}
