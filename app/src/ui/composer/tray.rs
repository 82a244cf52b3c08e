//! Files that were chosen and are not sent yet, to be looked at once more.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlImageElement, HtmlInputElement};
use leptos::{ev, html, prelude::*};

use super::state::ComposerState;
use crate::i18n::use_t;
use crate::live::{LocalFile, LocalKind};
use crate::reactive::memo;
use crate::ui::kit::{Glyph, Icon, IconButton, Rows, file_size};

/// Where files are chosen: out of sight, pressed by others.
#[component]
pub fn FileChooser(state: ComposerState, input: NodeRef<html::Input>) -> impl IntoView {
    let t = use_t();
    let chosen = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        state.take(input.files());
        // The same file may be chosen again.
        input.set_value("");
    };
    view! { <input node_ref=input type="file" multiple hidden aria-label=t.files.attach on:change=chosen /> }
}

/// The files, each with a way to take it out.
#[component]
pub fn Tray(state: ComposerState) -> impl IntoView {
    let t = use_t();
    let any = memo(move || !state.files.read().is_empty());
    move || {
        any.get().then(|| {
            view! {
                <ul class="tray" aria-label=t.files.chosen>
                    <Rows each=move || state.files.get() key=|file| file.id let:file>
                        <TrayItem state=state file=file />
                    </Rows>
                </ul>
            }
            .into_any()
        })
    }
}

#[component]
fn TrayItem(state: ComposerState, file: LocalFile) -> impl IntoView {
    let t = use_t();
    let id = file.id;
    let broken = RwSignal::new(false);
    let (sides, url, is_picture) = (file.sides.clone(), file.url.clone(), file.kind == LocalKind::Picture);
    let look = move || {
        if !is_picture || broken.get() {
            return view! { <Icon glyph=Glyph::File /> }.into_any();
        }
        let sides = sides.clone();
        let shown = move |event: ev::Event| {
            if let Some(image) = event.target().and_then(|target| target.dyn_into::<HtmlImageElement>().ok())
            {
                sides.set(Some((image.natural_width(), image.natural_height())));
            }
        };
        view! { <img src=url.clone() alt="" on:load=shown on:error=move |_| broken.set(true) /> }.into_any()
    };
    view! {
        <li class="tray-item" title=file.name.clone()>
            {look}
            <span class="tray-name">
                <bdi class="cut">{file.name.clone()}</bdi>
                <small>{file_size(file.size)}</small>
            </span>
            <IconButton
                glyph=Glyph::Close
                label=(t.files.remove)(&file.name)
                on_press=move |()| state.remove(id)
            />
        </li>
    }
    .into_any()
}
