//! A file on its way: what it is, how far it has come, and how to stop it.

use leptos::prelude::*;
use sapa_model::ClientId;

use super::fit;
use crate::i18n::use_t;
use crate::live::{Live, LocalFile, LocalKind, Progress};
use crate::reactive::memo;
use crate::ui::kit::{Glyph, Icon, IconButton, file_size};

/// One file.
#[component]
pub fn LocalTile(
    live: Live,
    client_id: StoredValue<ClientId>,
    file: LocalFile,
    album: bool,
) -> impl IntoView {
    let t = use_t();
    let progress = file.progress.clone();
    let percent = memo(move || match &*progress.read() {
        Progress::Waiting => Some(0),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
        Progress::Going(part) => Some((part * 100.0) as u32),
        Progress::Done(_) | Progress::Failed(_) => None,
    });
    let (failed, unseen) = (file.progress.clone(), RwSignal::new(false));
    // What the browser cannot show, or the server did not take, is no picture.
    let is_picture = memo(move || {
        let has_failed = matches!(*failed.read(), Progress::Failed(_));
        file.kind == LocalKind::Picture && !has_failed && !unseen.get()
    });
    let shown = file.clone();
    let look = move || {
        if is_picture.get() {
            let (width, height) =
                shown.sides.get_untracked().map_or((240, 180), |(width, height)| fit(width, height));
            view! {
                <img
                    class="picture-image"
                    src=shown.url.clone()
                    width=width
                    height=height
                    alt=shown.name.clone()
                    on:error=move |_| unseen.set(true)
                />
            }
            .into_any()
        } else {
            view! {
                <span class="file-card">
                    <span class="file-card-icon">
                        <Icon glyph=Glyph::File />
                    </span>
                    <span class="file-card-words">
                        <bdi class="cut">{shown.name.clone()}</bdi>
                        <small>{file_size(shown.size)}</small>
                    </span>
                </span>
            }
            .into_any()
        }
    };
    let (id, name) = (file.id, StoredValue::new(file.name.clone()));
    let going = move || {
        percent.get()?;
        let bar = view! {
            <span class="progress">
                <progress max="100" value=move || percent.get().unwrap_or(100) aria-label=name.get_value()></progress>
                <IconButton
                    glyph=Glyph::Close
                    label=(t.files.cancel)(&name.get_value())
                    on_press=move |()| live.cancel_file(&client_id.get_value(), id)
                />
            </span>
        };
        Some(bar.into_any())
    };
    let is_going = memo(move || percent.get().is_some());
    view! {
        <span class="local" class:is-tile=album class:is-picture=move || is_picture.get()>
            {look}
            {move || is_going.get().then(going)}
        </span>
    }
    .into_any()
}
