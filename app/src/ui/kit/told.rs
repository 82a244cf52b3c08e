//! Something that is told once, to be copied.

use leptos::prelude::*;

use super::{Button, Glyph, Variant, copy_text, use_toasts};
use crate::i18n::use_t;

/// A link or a secret with a way to copy it.
#[component]
pub fn Told(
    /// What it is, and that it is shown only now.
    words: &'static str,
    /// The name of the field that holds it.
    label: &'static str,
    /// On the button.
    copy: &'static str,
    value: String,
) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let copied = value.clone();
    let on_copy = move |()| {
        copy_text(&copied);
        toasts.say(t.common.copied.to_owned());
    };
    view! {
        <div class="told" role="status">
            <p>{words}</p>
            <input readonly value=value aria-label=label />
            <Button variant=Variant::Soft glyph=Glyph::Copy on_press=on_copy>
                {copy}
            </Button>
        </div>
    }
}
