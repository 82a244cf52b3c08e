//! Files to download, and what plays in its place.

use leptos::{html, prelude::*};
use sapa_model::attachment::Media;
use sapa_model::{Attachment, Variant};

use crate::i18n::use_t;
use crate::ui::kit::{Glyph, Icon, file_size};

/// Where a file is saved from.
pub fn download_path(attachment: &Attachment) -> String {
    format!("{}?download", attachment.path(Variant::Original))
}

/// A file with its name and size; pressing it saves it.
#[component]
pub fn FileCard(attachment: Attachment) -> impl IntoView {
    let t = use_t();
    let (name, saved_as) = (attachment.name.to_string(), attachment.name.to_string());
    view! {
        <a class="file-card" href=download_path(&attachment) download=saved_as rel="external" title=t.files.download>
            <span class="file-card-icon">
                <Icon glyph=Glyph::File />
            </span>
            <span class="file-card-words">
                <bdi class="cut">{name}</bdi>
                <small>{file_size(attachment.size)}</small>
            </span>
            <Icon glyph=Glyph::Download />
        </a>
    }
    .into_any()
}

/// A film or sound, with the browser's own controls; a file to save where the browser cannot play it.
#[component]
pub fn Player(attachment: Attachment) -> impl IntoView {
    let lost = RwSignal::new(false);
    move || {
        if lost.get() {
            return view! { <FileCard attachment=attachment.clone() /> }.into_any();
        }
        let source = attachment.path(Variant::Original);
        let name = attachment.name.to_string();
        match attachment.media {
            Media::Video => view! { <Film source name lost /> }.into_any(),
            _ => view! {
                <audio
                    class="player"
                    controls
                    preload="metadata"
                    src=source
                    aria-label=name
                    on:error=move |_| lost.set(true)
                ></audio>
            }
            .into_any(),
        }
    }
}

#[component]
fn Film(source: String, name: String, lost: RwSignal<bool>) -> impl IntoView {
    let video = NodeRef::<html::Video>::new();
    // Of a film whose pictures it cannot read a browser plays the sound alone.
    let known = move |_| {
        if video.get_untracked().is_some_and(|video| video.video_width() == 0) {
            lost.set(true);
        }
    };
    view! {
        <video
            node_ref=video
            class="player"
            controls
            preload="metadata"
            src=source
            aria-label=name
            on:loadedmetadata=known
            on:error=move |_| lost.set(true)
        ></video>
    }
    .into_any()
}
