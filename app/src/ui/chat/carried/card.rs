//! Files to download, and what plays in its place.

use leptos::prelude::*;
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

/// A film or sound, with the browser's own controls.
#[component]
pub fn Player(attachment: Attachment) -> impl IntoView {
    let source = attachment.path(Variant::Original);
    let name = attachment.name.to_string();
    match attachment.media {
        Media::Video => view! {
            <video class="player" controls preload="metadata" src=source aria-label=name></video>
        }
        .into_any(),
        _ => view! { <audio class="player" controls preload="metadata" src=source aria-label=name></audio> }
            .into_any(),
    }
}
