//! Pictures seen large, one after another.

use leptos::{ev, html, prelude::*};
use sapa_model::attachment::Media;
use sapa_model::{Attachment, AttachmentId, MessageBody, Variant};

use super::carried::{FileCard, download_path};
use crate::i18n::use_t;
use crate::live::RoomLog;
use crate::live::log::RowKey;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Glyph, Icon, IconButton, If, closes_on_back, follow};

/// How far a finger must go to turn to the next picture, in CSS pixels.
const SWIPE: i32 = 60;

/// Over everything, while `of` names a picture of the chat.
#[component]
pub fn Lightbox(log: StoredValue<RoomLog>, of: RwSignal<Option<AttachmentId>>) -> impl IntoView {
    let t = use_t();
    let open = follow(of);
    let dialog = NodeRef::<html::Dialog>::new();
    let zoomed = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                dialog.show_modal().ok();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    closes_on_back(open.into(), Callback::new(move |()| open.set(false)));
    // What is deleted meanwhile goes from here too.
    let pictures = memo(move || if open.get() { pictures(&log.get_value()) } else { Vec::new() });
    let at =
        memo(move || of.get().and_then(|id| pictures.read().iter().position(|picture| picture.id == id)));
    Effect::new(move |_| {
        if open.get() && at.get().is_none() {
            open.set(false);
        }
    });
    let turn = move |forward: bool| {
        let next =
            at.get_untracked().and_then(|at| if forward { at.checked_add(1) } else { at.checked_sub(1) });
        let id = next.and_then(|next| pictures.with_untracked(|pictures| Some(pictures.get(next)?.id)));
        if let Some(id) = id {
            zoomed.set(false);
            of.set(Some(id));
        }
    };
    let pressed = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowLeft" => turn(false),
        "ArrowRight" => turn(true),
        "+" | "-" | "z" => zoomed.update(|zoomed| *zoomed = !*zoomed),
        _ => {}
    };
    let from = StoredValue::new(None::<i32>);
    let lifted = move |event: ev::PointerEvent| {
        let Some(from_x) = from.try_update_value(Option::take).flatten() else { return };
        let way = event.client_x() - from_x;
        if !zoomed.get_untracked() && way.abs() > SWIPE {
            turn(way < 0);
        }
    };
    let current = move || at.get().and_then(|at| pictures.read().get(at).cloned());
    view! {
        <dialog
            node_ref=dialog
            class="lightbox on-dark"
            aria-label=t.files.lightbox
            closedby="any"
            on:close=move |_| {
                zoomed.set(false);
                open.set(false);
            }
            on:keydown=pressed
            on:pointerdown=move |event: ev::PointerEvent| from.set_value(Some(event.client_x()))
            on:pointerup=lifted
        >
            <If when=move || open.get()>
                <Head picture=derive(current) zoomed=zoomed on_close=Callback::new(move |()| open.set(false)) />
                <div class="lightbox-stage" class:is-zoomed=zoomed>
                    {move || current().map(|picture| view! { <Large picture=picture zoomed=zoomed /> })}
                </div>
                <If when=move || at.get().is_some_and(|at| at > 0)>
                    <span class="lightbox-turn is-back">
                        <IconButton glyph=Glyph::Back label=t.files.previous on_press=move |()| turn(false) />
                    </span>
                </If>
                <If when=move || at.get().is_some_and(|at| at + 1 < pictures.read().len())>
                    <span class="lightbox-turn">
                        <IconButton glyph=Glyph::Next label=t.files.next on_press=move |()| turn(true) />
                    </span>
                </If>
            </If>
        </dialog>
    }
    .into_any()
}

/// The picture's name, and what can be done with it.
#[component]
fn Head(
    picture: Signal<Option<Attachment>>,
    zoomed: RwSignal<bool>,
    on_close: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let save = move |picture: Attachment| {
        view! {
            <a
                class="icon-button"
                href=download_path(&picture)
                download=picture.name.to_string()
                rel="external"
                title=t.files.download
                aria-label=t.files.download
            >
                <Icon glyph=Glyph::Download />
            </a>
        }
    };
    view! {
        <header class="lightbox-head">
            <bdi class="cut">{move || picture.get().map(|picture| picture.name.to_string())}</bdi>
            <IconButton
                glyph=Glyph::Search
                label=t.files.zoom
                on_press=move |()| zoomed.update(|zoomed| *zoomed = !*zoomed)
            />
            {move || picture.get().map(save)}
            <IconButton glyph=Glyph::Close label=t.common.close on_press=move |()| on_close.run(()) />
        </header>
    }
}

#[component]
fn Large(picture: Attachment, zoomed: RwSignal<bool>) -> impl IntoView {
    let lost = RwSignal::new(false);
    let is_certain = picture.media.has_preview();
    move || {
        if lost.get() {
            return Some(view! { <FileCard attachment=picture.clone() /> }.into_any());
        }
        let Media::Picture { width, height, animated, .. } = picture.media else { return None };
        let (large, original) = (picture.path(Variant::Large), picture.path(Variant::Original));
        let source = move || if animated || zoomed.get() { original.clone() } else { large.clone() };
        let image = view! {
            <img
                src=source
                width=width
                height=height
                alt=picture.name.to_string()
                draggable="false"
                on:dblclick=move |_| zoomed.update(|zoomed| *zoomed = !*zoomed)
                on:error=move |_| {
                    if !is_certain {
                        lost.set(true);
                    }
                }
            />
        };
        Some(image.into_any())
    }
}

/// All pictures that the log holds, oldest first. Reactive.
fn pictures(log: &RoomLog) -> Vec<Attachment> {
    let keys: Vec<RowKey> = log.rows.get();
    let is_picture = |attachment: &&Attachment| matches!(attachment.media, Media::Picture { .. });
    let mut pictures = Vec::new();
    for key in &keys {
        if let Some(crate::live::log::Row::Sent(message)) = &*log.row(key).read()
            && let MessageBody::Text { attachments, .. } = &message.body
        {
            pictures.extend(attachments.iter().filter(is_picture).cloned());
        }
    }
    pictures
}
