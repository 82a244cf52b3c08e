//! What has been sent in a room: pictures and films, files, links.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::attachment::Media;
use sapa_model::message::{GalleryKind, GalleryPage};
use sapa_model::{Attachment, Message, MessageBody, MessageId, RoomId, Variant};

use crate::api::messages::gallery;
use crate::i18n::use_t;
use crate::live::live;
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::chat::FileCard;
use crate::ui::kit::{
    Button, Fetched, Glyph, Icon, If, Rows, Skeleton, SkeletonShape, Tabs, Variant as Look, debounced,
    use_toasts,
};
use crate::ui::text::{Piece, pieces};

/// How long changes of the room must rest before it is asked for anew, in milliseconds.
const REST_MS: u64 = 400;

/// One thing of the gallery, with the message that it stands in.
#[derive(Clone, PartialEq)]
struct Item {
    message: MessageId,
    thing: Thing,
}

#[derive(Clone, PartialEq)]
enum Thing {
    File(Attachment),
    Link(String),
}

/// The gallery of a room. It is loaded anew when something in the room changes.
#[component]
pub fn Gallery(room: RoomId) -> impl IntoView {
    let t = use_t();
    let kind = RwSignal::new(GalleryKind::Media);
    let tab = |kind, words: &'static str| (kind, derive(move || words.to_owned()));
    let tabs = vec![
        tab(GalleryKind::Media, t.files.gallery_media),
        tab(GalleryKind::Files, t.files.gallery_files),
        tab(GalleryKind::Links, t.files.gallery_links),
    ];
    view! {
        <h3>{t.files.gallery}</h3>
        <Tabs label=t.files.gallery tabs=tabs chosen=kind />
        {move || {
            let kind = kind.get();
            view! { <Shelf room kind /> }
        }}
    }
    .into_any()
}

#[component]
fn Shelf(room: RoomId, kind: GalleryKind) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let changes = live().log(room).changes;
    let rested = debounced::<u64>(derive(move || changes.get()), REST_MS);
    let first = Fetched::new(move || {
        let _ = rested.get();
        gallery(room, kind, None)
    });
    // Pages beyond the first, as far as they were asked for.
    let older = RwSignal::new(GalleryPage { messages: Vec::new(), more: true });
    // An answer that does not come leaves what was there.
    let page = Memo::new(move |before: Option<&Option<GalleryPage>>| {
        let now = first.answer.with(|answer| answer.as_ref().and_then(|answer| answer.clone().ok()));
        now.or_else(|| before.cloned().flatten())
    });
    Effect::watch(
        move || first.answer.track(),
        move |(), _, _| older.set(GalleryPage { messages: Vec::new(), more: true }),
        false,
    );
    let fault = move || {
        first
            .answer
            .with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().map(|e| t.error(e))))
    };
    let messages = move || {
        let mut messages = page.get().map(|page| page.messages).unwrap_or_default();
        messages.extend(older.get().messages);
        messages
    };
    let items = memo(move || messages().iter().flat_map(|message| items(message, kind)).collect::<Vec<_>>());
    let waiting = memo(move || first.answer.with(Option::is_none));
    let more = memo(move || {
        page.with(|page| page.as_ref().is_some_and(|page| page.more)) && older.with(|older| older.more)
    });
    let busy = RwSignal::new(false);
    let load = move |()| {
        let Some(last) = untrack(messages).last().map(|message| message.id) else { return };
        busy.set(true);
        spawn_local(async move {
            match gallery(room, kind, Some(last)).await {
                Ok(page) => {
                    older.try_update(|older| {
                        older.messages.extend(page.messages);
                        older.more = page.more;
                    });
                }
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    let key = |item: &Item| match &item.thing {
        Thing::File(file) => (item.message, file.id.to_string()),
        Thing::Link(link) => (item.message, link.clone()),
    };
    view! {
        <If when=move || waiting.get()>
            <Skeleton rows=2 shape=SkeletonShape::Line />
        </If>
        <ul class="gallery" class:is-grid=kind == GalleryKind::Media>
            <Rows each=move || items.get() key=key let:item>
                <li>{tile(room, item)}</li>
            </Rows>
        </ul>
        {move || fault().filter(|_| page.with(Option::is_none)).map(|fault| view! { <p class="gallery-none" role="alert">{fault}</p> })}
        <If when=move || page.with(Option::is_some) && items.read().is_empty()>
            <p class="gallery-none">{t.files.gallery_none}</p>
        </If>
        <If when=move || more.get()>
            <Button variant=Look::Plain busy=busy on_press=load>
                {t.files.show_more}
            </Button>
        </If>
    }
    .into_any()
}

/// What a message has for one of the shelves.
fn items(message: &Message, kind: GalleryKind) -> Vec<Item> {
    let MessageBody::Text { text, attachments, .. } = &message.body else { return Vec::new() };
    let item = |thing| Item { message: message.id, thing };
    if kind == GalleryKind::Links {
        let link = |piece| match piece {
            Piece::Link { href, .. } => Some(item(Thing::Link(href))),
            Piece::Plain(_) => None,
        };
        let mut links: Vec<Item> = Vec::new();
        for item in pieces(text).into_iter().filter_map(link) {
            // The same one twice is one.
            if !links.contains(&item) {
                links.push(item);
            }
        }
        return links;
    }
    let is_media = |file: &Attachment| matches!(file.media, Media::Picture { .. } | Media::Video);
    let wanted = attachments.iter().filter(|file| is_media(file) == (kind == GalleryKind::Media));
    wanted.map(|file| item(Thing::File(file.clone()))).collect()
}

fn tile(room: RoomId, item: Item) -> AnyView {
    let address = Place::Chat(room, Some(item.message)).to_string();
    match item.thing {
        Thing::File(file) if matches!(file.media, Media::Picture { .. }) => {
            view! { <Picture file address /> }.into_any()
        }
        Thing::File(file) if file.media == Media::Video => named(&file, address, Glyph::Film),
        Thing::File(file) => view! { <FileCard attachment=file /> }.into_any(),
        Thing::Link(link) => {
            let address = link.clone();
            view! {
            <a class="gallery-link" href=address target="_blank" rel="noopener noreferrer nofollow">
                <Icon glyph=Glyph::Link />
                <bdi class="cut">{link}</bdi>
            </a>
            }
            .into_any()
        }
    }
}

/// A picture, or its name where the browser cannot show it.
#[component]
fn Picture(file: Attachment, address: String) -> impl IntoView {
    let lost = RwSignal::new(false);
    let is_certain = file.media.has_preview();
    move || {
        if lost.get() {
            return named(&file, address.clone(), Glyph::File);
        }
        view! {
            <a href=address.clone() title=file.name.to_string()>
                <img
                    src=file.path(Variant::Small)
                    alt=file.name.to_string()
                    loading="lazy"
                    decoding="async"
                    on:error=move |_| {
                        if !is_certain {
                            lost.set(true);
                        }
                    }
                />
            </a>
        }
        .into_any()
    }
}

/// What has no picture to be known by.
fn named(file: &Attachment, address: String, glyph: Glyph) -> AnyView {
    view! {
        <a href=address class="gallery-film" title=file.name.to_string()>
            <Icon glyph=glyph />
            <bdi class="cut">{file.name.to_string()}</bdi>
        </a>
    }
    .into_any()
}
