//! One chat in the list: who, what was said last, when, and how much is unread.

use leptos::prelude::*;
use sapa_model::{Dialog, MessageBody, Relation, RoomKind, UserId};

use crate::i18n::{Messages, use_t};
use crate::live::{Live, Unsent, live};
use crate::reactive::{derive, memo};
use crate::ui::calls::call_words;
use crate::ui::chat::{carried_words, system, typing_words};
use crate::ui::kit::{Avatar, Badge, Face, Glyph, Icon, If, Time, TimeStyle};
use crate::ui::stories::RingInLink;

/// What a chat is called: a group by its name, a direct chat by the other person's.
pub fn title(dialog: &Dialog) -> String {
    match &dialog.peer {
        Some(peer) => peer.user.nickname.clone(),
        None => dialog.room.name.clone(),
    }
}

/// A chat's picture: the group's, or the other person's.
pub fn face(dialog: &Dialog) -> Face {
    match &dialog.peer {
        Some(peer) => Face::from(&peer.user),
        None => Face::from(&dialog.room),
    }
}

/// A row of 72 px, which is a link to the chat.
#[component]
pub fn DialogRow(
    dialog: Memo<Dialog>,
    /// Who reads.
    me: UserId,
    /// The chat that is open.
    current: Signal<bool>,
    /// The Tab key leads here.
    stop: Signal<bool>,
    /// It has got the focus.
    on_focus: Callback<()>,
    /// The other person of a direct chat is there.
    online: Signal<bool>,
    /// Names of those who are typing there.
    typing: Signal<Vec<String>>,
    /// What was begun and not sent.
    draft: Memo<String>,
    /// What was sent and is not there.
    unsent: Memo<Option<Unsent>>,
) -> impl IntoView {
    let t = use_t();
    let live = live();
    let name = derive(move || title(&dialog.read()));
    let unread = memo(move || dialog.read().unread());
    let muted = memo(move || dialog.read().muted);
    let blocked =
        memo(move || dialog.read().peer.as_ref().is_some_and(|peer| peer.relation == Relation::Blocked));
    let last = move || {
        let dialog = dialog.read();
        if let Some(words) = typing_words(t, dialog.room.kind, &typing.read()) {
            return view! { <span class="is-typing">{words}</span> }.into_any();
        }
        let unsent = unsent.read();
        if let Some(unsent) = unsent.as_ref().filter(|unsent| unsent.refused) {
            let is_newest = dialog.last.as_ref().is_none_or(|last| unsent.after >= Some(last.position));
            let said = if is_newest { unsent_words(t, unsent) } else { last_words(t, live, &dialog, me).1 };
            return view! {
                <span class="unsent"><Icon glyph=Glyph::Alert />{t.chat.not_sent_mark}</span>
                " "
                <bdi>{said}</bdi>
            }
            .into_any();
        }
        let draft = draft.read();
        if !draft.trim().is_empty() && !current.get() {
            let words = beginning(&draft);
            return view! { <span class="draft">{t.chat.draft}</span>" "<bdi>{words}</bdi> }.into_any();
        }
        if let Some(unsent) = unsent.as_ref() {
            return view! {
                <span class="waits" title=t.chat.pending>
                    <Icon glyph=Glyph::Clock />
                    <span class="unseen">{t.chat.pending}</span>
                </span>
                " "
                <bdi>{unsent_words(t, unsent)}</bdi>
            }
            .into_any();
        }
        let (author, words) = last_words(t, live, &dialog, me);
        view! {
            {author.map(|author| view! { <b><bdi>{author}</bdi></b>" " }.into_any())}
            <bdi>{words}</bdi>
        }
        .into_any()
    };
    view! {
        <a
            class="dialog"
            href=move || format!("/chats/{}", dialog.read().room.id)
            tabindex=move || if stop.get() { 0 } else { -1 }
            on:focus=move |_| on_focus.run(())
            aria-current=move || current.get().then_some("page")
        >
            <RingInLink user=derive(move || dialog.read().peer.as_ref().map(|peer| peer.user.id))>
                <Avatar
                    face=derive(move || face(&dialog.read()))
                    online=derive(move || online.get() && !blocked.get())
                />
            </RingInLink>
            <span class="dialog-lines">
                <span class="dialog-line">
                    <span class="dialog-name">
                        <If when=move || dialog.read().room.kind == RoomKind::Channel>
                            <Icon glyph=Glyph::Channel />
                            <span class="unseen">{t.places.channels}</span>
                        </If>
                        <bdi class="cut">{name}</bdi>
                        <If when=move || muted.get()>
                            <Icon glyph=Glyph::BellOff />
                            <span class="unseen">{t.chat.muted}</span>
                        </If>
                        <If when=move || blocked.get()>
                            <Icon glyph=Glyph::Block />
                        </If>
                        <If when=move || online.get() && !blocked.get()>
                            <span class="unseen">{t.common.online}</span>
                        </If>
                    </span>
                    {move || {
                        let at = dialog.read().last.as_ref().map(|last| last.created_at);
                        at.map(|at| view! { <Time at=at style=TimeStyle::List /> })
                    }}
                </span>
                <span class="dialog-line">
                    <span class="dialog-last cut">{move || last()}</span>
                    <Badge
                        count=unread
                        quiet=muted
                        label=derive(move || (t.chat.unread_messages)(unread.get()))
                    />
                </span>
            </span>
        </a>
    }
    .into_any()
}

/// The last line: whose it is, where that is worth saying, and what it says.
fn last_words(words: &Messages, live: Live, dialog: &Dialog, me: UserId) -> (Option<String>, String) {
    let Some(last) = &dialog.last else { return (None, String::new()) };
    match &last.body {
        MessageBody::System { line } => (None, system::in_words(words, live, line, &last.author, dialog, me)),
        MessageBody::Call(told) => (None, call_words(words, *told, last.author.id == me)),
        MessageBody::Deleted { by_author: true } => (None, words.message.was_deleted.to_owned()),
        MessageBody::Deleted { by_author: false } => (None, words.message.was_removed.to_owned()),
        MessageBody::Text { text, attachments, .. } => {
            let author = if dialog.room.kind == RoomKind::Channel {
                None
            } else if last.author.id == me {
                Some(words.chat.you_wrote.to_owned())
            } else if dialog.room.kind == RoomKind::Group {
                Some(format!("{}:", live.newest(&last.author).nickname))
            } else {
                None
            };
            let words = if text.is_empty() { carried_words(words, attachments) } else { beginning(text) };
            (author, words)
        }
    }
}

fn unsent_words(words: &Messages, unsent: &Unsent) -> String {
    if unsent.text.is_empty() { (words.files.files)(unsent.files as u64) } else { beginning(&unsent.text) }
}

/// The beginning of a text, on one line.
pub fn beginning(text: &str) -> String {
    const ENOUGH: usize = 120;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > ENOUGH {
            break;
        }
    }
    line.chars().take(ENOUGH).collect()
}
