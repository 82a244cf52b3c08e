//! The field that grows with its words, up to eight lines (see `style/composer.css`).

use leptos::web_sys::{HtmlElement, HtmlTextAreaElement};
use leptos::{ev, html, prelude::*};

use super::{pasted, writing::Writing};
use crate::i18n::use_t;
use crate::ui::kit::{composes, enter_sends};

/// What a key asks of the composer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Send,
    Leave,
    Up,
    Nothing,
}

/// The text area. Its text is `writing`'s, so the server never writes it as a child.
#[component]
pub fn ComposerField(
    writing: Writing,
    /// Named by a screen reader with the field.
    #[prop(into)]
    described_by: String,
    #[prop(into)] invalid: Signal<bool>,
) -> impl IntoView {
    let Writing { text, field, .. } = writing;
    let t = use_t();
    let setting = enter_sends();
    let pressed = move |event: ev::KeyboardEvent| match asked(&event, setting.get_untracked()) {
        Asked::Send => {
            event.prevent_default();
            writing.send();
        }
        Asked::Leave => writing.leave(),
        Asked::Up if text.read_untracked().is_empty() => {
            event.prevent_default();
            writing.edit_last();
        }
        Asked::Up | Asked::Nothing => {}
    };
    Effect::new(move |_| {
        text.track();
        if let Some(field) = field.get() {
            // Once the field has its new text.
            request_animation_frame(move || fit(&field));
        }
    });
    view! {
        <textarea
            node_ref=field
            class="composer-text"
            name="message"
            rows="1"
            dir="auto"
            enterkeyhint="send"
            placeholder=t.chat.write
            aria-label=t.chat.message
            aria-describedby=described_by
            aria-invalid=move || if invalid.get() { "true" } else { "false" }
            prop:value=text
            on:input=move |event| {
                text.set(event_target_value(&event));
                writing.typed();
            }
            on:keydown=pressed
            on:paste=move |event: ev::ClipboardEvent| {
                let files = event.clipboard_data().and_then(|data| pasted::files(&data));
                if files.is_some() {
                    event.prevent_default();
                    writing.state.take(files);
                }
            }
        ></textarea>
    }
}

/// Enter sends where the setting says so and there is a keyboard; never in the middle of an input
/// method's composition, where it only ends a word.
fn asked(event: &ev::KeyboardEvent, enter_sends: bool) -> Asked {
    if composes(event) {
        return Asked::Nothing;
    }
    match event.key().as_str() {
        "Escape" => Asked::Leave,
        "ArrowUp" if !event.shift_key() && !event.alt_key() && !event.ctrl_key() && !event.meta_key() => {
            Asked::Up
        }
        "Enter" if event.ctrl_key() || event.meta_key() => Asked::Send,
        "Enter" if !event.shift_key() && !event.alt_key() && enter_sends && !is_touch() => Asked::Send,
        _ => Asked::Nothing,
    }
}

fn is_touch() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|media| media.matches())
}

/// Gives the field the height of its text; the style sheet bounds it.
fn fit(field: &HtmlTextAreaElement) {
    let style = HtmlElement::style(field);
    style.set_property("height", "auto").ok();
    style.set_property("height", &format!("{}px", field.scroll_height())).ok();
}

/// Puts the cursor behind the last word, once the field has it.
pub fn focus_end(field: NodeRef<html::Textarea>) {
    request_animation_frame(move || {
        if let Some(field) = field.get_untracked() {
            let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
            field.focus().ok();
            field.set_selection_range(end, end).ok();
        }
    });
}

/// Puts something where the cursor is, in place of what is selected, and lets the typing go on.
pub fn insert(field: &HtmlTextAreaElement, text: RwSignal<String>, inserted: &str) {
    let length = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let from = field.selection_start().ok().flatten().unwrap_or(length);
    let to = field.selection_end().ok().flatten().unwrap_or(length);
    field.set_range_text_with_start_and_end(inserted, from, to).ok();
    let after = from + u32::try_from(inserted.encode_utf16().count()).unwrap_or_default();
    text.set(field.value());
    field.focus().ok();
    field.set_selection_range(after, after).ok();
}
