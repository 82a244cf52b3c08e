//! The public page of a channel: a document that needs no script and no account.
//!
//! The server draws it whole, with the words and the style sheet of the interface but nothing of its code.

use leptos::{html, prelude::*};
use sapa_domain::channels::PublicPage;
use sapa_model::channel::Channel;
use sapa_model::message::Post;
use sapa_model::{
    Attachment, ChannelHandle, Media, Message, MessageBody, MessageId, Room, Timestamp, Variant,
};

use crate::i18n::{Language, Messages};
use crate::place::Place;
use crate::ui::channels;
use crate::ui::chat::BubbleText;
use crate::ui::kit::{Avatar, AvatarSize, Dotted, Face, Glyph, Icon, utc};
use crate::ui::title::{markup, window_title};

/// Which part of a channel a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The newest posts.
    Newest,
    /// Older ones.
    Older,
    /// One post.
    Post(MessageId),
}

/// What the page is drawn with.
pub struct Setting<'a> {
    /// The site's own address, without a slash at its end.
    pub origin: &'a str,
    /// What the house is called.
    pub house: &'a str,
    /// The style sheet's address.
    pub css: &'a str,
    /// In which language.
    pub language: Language,
}

/// Draws the page; none for a channel that is private.
pub fn render(page: PublicPage, part: Part, setting: &Setting<'_>) -> Option<String> {
    let handle = page.room.channel.as_ref()?.handle.clone()?;
    // What is drawn lives no longer than this.
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(setting.language);
        document(page, &handle, part, setting).into_any().to_html()
    });
    owner.cleanup();
    Some(html)
}

/// Where a post of a public channel stands, without the host.
pub fn post_path(handle: &ChannelHandle, id: MessageId) -> String {
    format!("{}/{id}", handle.public_path())
}

/// Where the feed of a public channel is, without the host.
pub fn feed_path(handle: &ChannelHandle) -> String {
    format!("{}/feed.atom", handle.public_path())
}

/// Where the picture of a public channel is, without the host. The key makes each picture's address its own.
pub fn picture_path(handle: &ChannelHandle, key: &str) -> String {
    format!("{}/picture/large?{key}", handle.public_path())
}

/// Where a file of a public channel is, without the host.
pub fn file_path(handle: &ChannelHandle, file: &Attachment, variant: Variant) -> String {
    format!("{}{}", handle.public_path(), file.path(variant))
}

fn document(
    page: PublicPage,
    handle: &ChannelHandle,
    part: Part,
    setting: &Setting<'_>,
) -> impl IntoView + use<> {
    let t = setting.language.messages();
    let Setting { origin, house, css, language } = *setting;
    let PublicPage { room, posts, more } = page;
    let own = room.channel.clone();
    let description = own.map(|Channel { description, .. }| description).unwrap_or_default();
    let summary = match (part, posts.first()) {
        (Part::Post(_), Some(post)) => beginning(text_of(post)),
        _ => beginning(&description),
    };
    let path = match part {
        Part::Post(id) => post_path(handle, id),
        Part::Newest | Part::Older => handle.public_path(),
    };
    let picture = social_picture(&room, handle, &posts, part).map(|path| format!("{origin}{path}"));
    let kind = if matches!(part, Part::Post(_)) { "article" } else { "website" };
    let older = posts
        .last()
        .filter(|_| more)
        .map(|last| format!("{}?before={}", handle.public_path(), last.position));
    let follow = Place::Channel(handle.clone()).to_string();
    let handle = handle.clone();
    view! {
        <!DOCTYPE html>
        <html lang=language.code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <title inner_html=markup(&window_title(house, Some(&room.name), 0))></title>
                <meta name="description" content=summary.clone() />
                {open_graph("og:type", kind.to_owned())}
                {open_graph("og:site_name", house.to_owned())}
                {open_graph("og:title", room.name.clone())}
                {open_graph("og:description", summary)}
                {open_graph("og:url", format!("{origin}{path}"))}
                {picture.map(|address| open_graph("og:image", address))}
                <meta name="theme-color" content="#f7f6f3" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#16191c" media="(prefers-color-scheme: dark)" />
                <link rel="canonical" href=format!("{origin}{path}") />
                <link rel="alternate" r#type="application/atom+xml" title=room.name.clone() href=feed_path(&handle) />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css.to_owned() />
            </head>
            <body class="public">
                <a class="skip" href="#posts">
                    {t.common.skip_to_content}
                </a>
                <header class="public-head">
                    <div class="public-who">
                        {face(&room, &handle)}
                        <div>
                            <h1>
                                <a href=handle.public_path() dir="auto">
                                    {room.name.clone()}
                                </a>
                            </h1>
                            <p class="public-facts">
                                <Dotted facts=Signal::stored(channels::facts(t, Some(&handle), room.member_count)) />
                            </p>
                        </div>
                    </div>
                    {(!description.is_empty())
                        .then(|| view! { <p class="public-about" dir="auto"><BubbleText text=description whole=true /></p> })}
                    <p class="public-acts">
                        <a class="button main" href=follow>
                            {t.channels().follow_in}
                        </a>
                        <a class="button plain" href=feed_path(&handle)>
                            {t.channels().feed}
                        </a>
                    </p>
                </header>
                <main id="posts" class="public-posts" aria-label=t.channels().posts tabindex="-1">
                    {posts.is_empty().then(|| view! { <p class="public-none">{t.chat.channel_empty}</p> })}
                    {posts.iter().map(|post| article(t, &handle, post)).collect_view()}
                </main>
                <nav class="public-pages" aria-label=t.channels().posts>
                    {(part != Part::Newest)
                        .then(|| {
                            view! {
                                <a class="button plain" href=handle.public_path()>
                                    {t.channels().newest}
                                </a>
                            }
                        })}
                    {older
                        .map(|older| {
                            view! {
                                <a class="button soft" href=older rel="next">
                                    {t.channels().older}
                                </a>
                            }
                        })}
                </nav>
            </body>
        </html>
    }
}

/// What other sites show where somebody links to the page (ogp.me).
fn open_graph(property: &'static str, content: String) -> impl IntoView {
    html::meta().attr("property", property).content(content)
}

fn face(room: &Room, handle: &ChannelHandle) -> AnyView {
    match &room.avatar {
        Some(key) => view! {
            <span class="avatar xl">
                <img src=picture_path(handle, key) alt="" width="88" height="88" />
            </span>
        }
        .into_any(),
        None => view! { <Avatar face=Signal::stored(Face::from(room)) size=AvatarSize::Xl /> }.into_any(),
    }
}

fn article(t: &'static Messages, handle: &ChannelHandle, post: &Message) -> AnyView {
    let MessageBody::Text { text, edited_at, attachments, reactions, post: facts, .. } = &post.body else {
        return ().into_any();
    };
    let files = attachments.iter().map(|file| carried(handle, file)).collect_view();
    let reactions = reactions
        .iter()
        .map(|reaction| view! { <li>{reaction.emoji.to_string()}" "<b>{reaction.count}</b></li> })
        .collect_view();
    let Post { views, .. } = facts.unwrap_or_default();
    let link = post_path(handle, post.id);
    view! {
        <article class="public-post" id=format!("post-{}", post.id)>
            <div class="public-files">{files}</div>
            {(!text.is_empty()).then(|| view! { <p dir="auto"><BubbleText text=text.clone() whole=true /></p> })}
            <ul class="public-reactions" aria-label=t.chat.reactions>
                {reactions}
            </ul>
            <footer>
                <a href=link title=t.channels().permalink>
                    <time datetime=utc::datetime(post.created_at)>{day(t, post.created_at)}</time>
                </a>
                {edited_at.map(|_| view! { <span>{t.message.edited}</span> })}
                <span class="public-views">
                    <Icon glyph=Glyph::Eye />
                    {(t.chat.views)(views.into())}
                </span>
            </footer>
        </article>
    }
    .into_any()
}

fn carried(handle: &ChannelHandle, file: &Attachment) -> AnyView {
    let at = |variant| file_path(handle, file, variant);
    match &file.media {
        Media::Picture { width, height, animated, .. } if file.media.has_preview() => {
            let shown = if *animated { Variant::Original } else { Variant::Large };
            view! {
                <a href=at(Variant::Original)>
                    <img
                        src=at(shown)
                        alt=file.name.to_string()
                        width=width.to_string()
                        height=height.to_string()
                        loading="lazy"
                        decoding="async"
                    />
                </a>
            }
            .into_any()
        }
        Media::Video => {
            view! { <video src=at(Variant::Original) controls preload="metadata"></video> }.into_any()
        }
        Media::Audio | Media::Voice(_) => {
            view! { <audio src=at(Variant::Original) controls preload="none"></audio> }.into_any()
        }
        // Without script nobody learns whether the browser can show it.
        Media::Picture { .. } | Media::File => view! {
            <a class="public-file" href=format!("{}?download", at(Variant::Original)) download="">
                <Icon glyph=Glyph::Download />
                <bdi>{file.name.to_string()}</bdi>
            </a>
        }
        .into_any(),
    }
}

/// What other sites show of the page: a picture of its post, else of the channel.
fn social_picture(room: &Room, handle: &ChannelHandle, posts: &[Message], part: Part) -> Option<String> {
    let of_post = posts.first().filter(|_| matches!(part, Part::Post(_))).and_then(|post| match &post.body {
        MessageBody::Text { attachments, .. } => attachments.iter().find(|file| file.media.has_preview()),
        _ => None,
    });
    let of_post = of_post.map(|file| file_path(handle, file, Variant::Large));
    of_post.or_else(|| room.avatar.as_deref().map(|key| picture_path(handle, key)))
}

/// What a post says; empty where it only carries files.
pub fn text_of(post: &Message) -> &str {
    match &post.body {
        MessageBody::Text { text, .. } => text,
        MessageBody::Deleted { .. } | MessageBody::System { .. } | MessageBody::Call(_) => "",
    }
}

/// The beginning of a text on one line, for a title.
pub fn beginning(text: &str) -> String {
    const ENOUGH: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= ENOUGH { line } else { line.chars().take(ENOUGH - 1).chain(['…']).collect() }
}

/// RFC 3339, in UTC.
pub fn datetime(at: Timestamp) -> String {
    utc::datetime(at)
}

fn day(t: &Messages, at: Timestamp) -> String {
    let (year, month, day) = utc::civil(at);
    (t.channels().date)(year, usize::try_from(month - 1).unwrap_or(0), day)
}
