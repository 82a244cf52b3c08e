//! The picture or film of a new story, chosen from the device.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use leptos::{ev, html, prelude::*};

use crate::i18n::use_t;
use crate::live::{LocalFile, Progress};
use crate::ui::kit::{Button, Glyph, Icon, If, Variant};

/// What the browser offers to choose from; the server has the last word.
const KINDS: &str = "image/jpeg,image/png,image/gif,image/webp,video/mp4,video/quicktime,video/webm";

/// A chosen file.
#[derive(Clone, PartialEq)]
pub struct Picked {
    /// The file itself.
    pub file: LocalFile,
    /// A film; else a picture.
    film: bool,
}

/// The way to choose, then a look at what was chosen and how far it has come.
#[component]
pub fn MediaField(
    picked: RwSignal<Option<Picked>>,
    /// It is on its way.
    busy: RwSignal<bool>,
) -> impl IntoView {
    let t = use_t();
    let input = NodeRef::<html::Input>::new();
    let choose = move || {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            let film = file.type_().starts_with("video/");
            release(picked);
            picked.set(LocalFile::new(0, file, None).map(|file| Picked { file, film }));
        }
        // The same file may be chosen again.
        input.set_value("");
    };
    let look = move |picked: Picked| {
        let source = picked.file.url.clone();
        if picked.film {
            view! { <video src=source muted playsinline preload="metadata" aria-label=picked.file.name.clone()></video> }.into_any()
        } else {
            view! { <img src=source alt=picked.file.name.clone() /> }.into_any()
        }
    };
    view! {
        <div class="story-pick">
            {move || match picked.get() {
                Some(picked) => view! { <div class="story-look">{look(picked)}</div> }.into_any(),
                None => {
                    view! {
                        <button type="button" class="story-choose" on:click=move |_| choose()>
                            <Icon glyph=Glyph::Camera />
                            <span>{t.stories.choose}</span>
                        </button>
                    }
                        .into_any()
                }
            }}
            <If when=move || picked.read().is_some() && !busy.get()>
                <Button variant=Variant::Soft on_press=move |()| choose()>
                    {t.stories.choose_other}
                </Button>
            </If>
            <If when=move || busy.get()>
                <progress max="100" value=move || percent(picked.read().as_ref()) aria-label=t.stories.going></progress>
            </If>
            <input node_ref=input type="file" accept=KINDS hidden aria-label=t.stories.choose on:change=chosen />
        </div>
    }
    .into_any()
}

/// How far it has come. Reactive.
fn percent(picked: Option<&Picked>) -> i32 {
    match picked.map(|picked| picked.file.progress.get()) {
        #[expect(clippy::cast_possible_truncation, reason = "a number up to a hundred")]
        Some(Progress::Going(part)) => (part * 100.0) as i32,
        Some(Progress::Done(_)) => 100,
        _ => 0,
    }
}

/// Lets the browser forget what was chosen: another one is, or none is wanted any more.
pub fn release(picked: RwSignal<Option<Picked>>) {
    picked.try_with_untracked(|picked| picked.iter().for_each(|picked| picked.file.release()));
}
