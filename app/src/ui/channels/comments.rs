//! The comments on a post: how many there are, and all of them over the page.

use leptos::{ev, prelude::*, task::spawn_local};
use sapa_model::comment::{Comment, CommentPage, CommentsFrom};
use sapa_model::message::Post;
use sapa_model::report::Evidence;
use sapa_model::{AppResult, ClientId, CommentId, Dialog, MessageId, Role, RoomId, limits};

use crate::api::channels::{add_comment, comments, delete_comment};
use crate::browser;
use crate::i18n::use_t;
use crate::live::{RoomLog, live};
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::chat::BubbleText;
use crate::ui::kit::{
    Avatar, AvatarSize, Button, Confirm, Face, FaultLine, Faults, Glyph, Icon, IconButton, If, Modal, Rows,
    Skeleton, SkeletonShape, Time, TimeStyle, Variant, composes, debounced, follow, use_toasts,
};
use crate::ui::report::Reporting;

/// How long changes of a post are gathered before its comments are read again, in milliseconds.
const REST_MS: u64 = 150;

/// Below a post: opens its comments. Nothing where they are off, but for admins while some are left.
#[component]
pub fn CommentButton(
    post: Memo<Option<Post>>,
    dialog: Memo<Dialog>,
    /// The post is pointed at or has the focus: the button is a stop of the Tab key.
    active: Memo<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let count = memo(move || post.get().map(|post| u64::from(post.comments)));
    let is_open = memo(move || {
        let on = dialog.with(|dialog| dialog.room.channel.as_ref().is_some_and(|own| own.comments));
        count.get().is_some_and(|count| on || (count > 0 && is_admin(&dialog.read())))
    });
    let words = move || match count.get() {
        Some(0) | None => t.channels().comment.to_owned(),
        Some(count) => (t.channels().comments_of)(count),
    };
    view! {
        <If when=move || is_open.get()>
            <button
                type="button"
                class="post-comments"
                tabindex=move || if active.get() { "0" } else { "-1" }
                on:click=move |_: ev::MouseEvent| on_press.run(())
            >
                <Icon glyph=Glyph::Comment />
                <span>{move || words()}</span>
                <Icon glyph=Glyph::Next />
            </button>
        </If>
    }
}

fn is_admin(dialog: &Dialog) -> bool {
    dialog.role.may_delete_messages()
}

/// The comments of the post that `of` names, over the page.
#[component]
pub fn Comments(
    log: StoredValue<RoomLog>,
    dialog: Memo<Dialog>,
    of: RwSignal<Option<MessageId>>,
) -> impl IntoView {
    let t = use_t();
    let open = follow(of);
    view! {
        <Modal open=open title=t.channels().comments>
            {move || of.get().map(|post| view! { <Thread log dialog post /> })}
        </Modal>
    }
    .into_any()
}

#[component]
fn Thread(log: StoredValue<RoomLog>, dialog: Memo<Dialog>, post: MessageId) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let room = dialog.with_untracked(|dialog| dialog.room.id);
    let on = memo(move || dialog.with(|dialog| dialog.room.channel.as_ref().is_some_and(|own| own.comments)));
    let held = RwSignal::new(None::<Vec<Comment>>);
    let more = RwSignal::new(false);
    // A comment is a change of its post.
    let changes = log.with_value(|log| log.changes.clone());
    let seq = derive(move || {
        changes.track();
        log.with_value(|log| log.read(|log| log.find(post).map(|message| message.seq)))
    });
    let seq = debounced(seq, REST_MS);
    Effect::new(move |_| {
        seq.track();
        let oldest =
            held.with_untracked(|held| held.as_ref().and_then(|held| held.first().map(|first| first.id)));
        spawn_local(async move {
            match reread(room, post, oldest).await {
                Ok(page) => {
                    more.try_set(page.more);
                    held.try_set(Some(page.comments));
                }
                Err(error) => toasts.fault(&error),
            }
        });
    });
    let busy = RwSignal::new(false);
    let load_earlier = move |()| {
        let first = held.with_untracked(|held| held.as_ref().and_then(|held| held.first().map(|c| c.id)));
        let Some(first) = first else { return };
        busy.set(true);
        spawn_local(async move {
            match comments(room, post, CommentsFrom::Before(first)).await {
                Ok(page) => {
                    more.try_set(page.more);
                    held.try_update(|held| {
                        let later = held.take().unwrap_or_default();
                        *held = Some(page.comments.into_iter().chain(later).collect());
                    });
                }
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    let deleting = RwSignal::new(None::<CommentId>);
    let asking = follow(deleting);
    let delete = Callback::new(move |()| {
        let Some(id) = deleting.get_untracked() else { return };
        spawn_local(async move {
            match delete_comment(id).await {
                Ok(()) => {
                    held.try_update(|held| {
                        if let Some(held) = held {
                            held.retain(|comment| comment.id != id);
                        }
                    });
                }
                Err(error) => toasts.fault(&error),
            }
        });
    });
    let is_empty = memo(move || held.with(|held| held.as_ref().is_some_and(Vec::is_empty)));
    view! {
        <If when=move || held.with(Option::is_none)>
            <Skeleton rows=3 shape=SkeletonShape::Row />
        </If>
        <If when=move || !on.get()>
            <p class="comments-note">{t.channels().comments_off}</p>
        </If>
        <If when=move || more.get()>
            <Button variant=Variant::Quiet busy=busy on_press=load_earlier>
                {t.channels().earlier}
            </Button>
        </If>
        <If when=move || is_empty.get() && on.get()>
            <p class="comments-note">{t.channels().no_comments}</p>
        </If>
        <ul class="comments" aria-label=t.channels().comments>
            <Rows
                each=move || held.get().unwrap_or_default()
                key=|comment| comment.id
                let:comment
            >
                <CommentRow comment role=derive(move || dialog.with(|dialog| dialog.role)) deleting />
            </Rows>
        </ul>
        <If when=move || on.get()>
            <CommentForm
                room
                post
                on_done=Callback::new(move |comment: Comment| {
                    held.update(|held| {
                        let held = held.get_or_insert_default();
                        if held.iter().all(|other| other.id != comment.id) {
                            held.push(comment);
                        }
                    });
                })
            />
        </If>
        <Confirm
            open=asking
            title=t.channels().delete_comment
            text=t.channels().delete_comment_text
            action=t.message.delete
            danger=true
            on_confirm=delete
        />
    }
    .into_any()
}

/// All comments from the oldest one that is held on, as they are now: those that were deleted are gone.
async fn reread(room: RoomId, post: MessageId, oldest: Option<CommentId>) -> AppResult<CommentPage> {
    let mut all = comments(room, post, CommentsFrom::Latest).await?;
    while let Some(first) = all.comments.first().map(|first| first.id)
        && all.more
        && oldest.is_some_and(|oldest| oldest < first)
    {
        let before = comments(room, post, CommentsFrom::Before(first)).await?;
        all.more = before.more;
        all.comments.splice(..0, before.comments);
    }
    Ok(all)
}

#[component]
fn CommentRow(comment: Comment, role: Signal<Role>, deleting: RwSignal<Option<CommentId>>) -> impl IntoView {
    let t = use_t();
    let live = live();
    let reporting = Reporting::get();
    let Comment { id, author, text, created_at, .. } = comment;
    let mine = author.id == live.my_id();
    let author_id = author.id;
    let author = memo(move || live.newest(&author));
    view! {
        <li class="comment">
            <Avatar face=derive(move || Face::from(&*author.read())) size=AvatarSize::S />
            <div>
                <p class="comment-head">
                    <a href=Place::Person(author_id).to_string()>
                        <bdi>{move || author.read().nickname.clone()}</bdi>
                    </a>
                    <Time at=created_at style=TimeStyle::List />
                </p>
                <p dir="auto">
                    <BubbleText text />
                </p>
            </div>
            <span class="comment-acts">
                <If when=move || !mine>
                    <IconButton
                        glyph=Glyph::Flag
                        label=t.common.report
                        on_press=move |()| {
                            let evidence = Evidence::Comment { comment_id: id };
                            reporting.open(author.get_untracked(), Some(evidence));
                        }
                    />
                </If>
                <If when=move || mine || role.get().may_delete_messages()>
                    <IconButton
                        glyph=Glyph::Trash
                        label=t.channels().delete_comment
                        on_press=move |()| deleting.set(Some(id))
                    />
                </If>
            </span>
        </li>
    }
    .into_any()
}

#[component]
fn CommentForm(room: RoomId, post: MessageId, on_done: Callback<Comment>) -> impl IntoView {
    let t = use_t();
    let text = RwSignal::new(String::new());
    let faults = Faults::new();
    let busy = RwSignal::new(false);
    // The same until it has arrived, so that a second try is no second comment.
    let client_id = StoredValue::new(None::<ClientId>);
    let send = move || {
        if busy.get_untracked() || text.with_untracked(|text| text.trim().is_empty()) {
            return;
        }
        faults.clear();
        busy.set(true);
        let id = client_id.get_value().unwrap_or_else(browser::new_client_id);
        client_id.set_value(Some(id.clone()));
        spawn_local(async move {
            match add_comment(room, post, id, text.get_untracked()).await {
                Ok(comment) => {
                    client_id.try_set_value(None);
                    text.try_set(String::new());
                    on_done.try_run(comment);
                }
                Err(error) => faults.set(error),
            }
            busy.try_set(false);
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !composes(&event) {
            event.prevent_default();
            send();
        }
    };
    view! {
        <form
            class="comment-form"
            on:submit=move |event: ev::SubmitEvent| {
                event.prevent_default();
                send();
            }
        >
            <textarea
                rows="1"
                dir="auto"
                maxlength=limits::COMMENT_MAX.to_string()
                placeholder=t.channels().your_comment
                aria-label=t.channels().your_comment
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
                on:keydown=on_key
            ></textarea>
            <button
                type="submit"
                class="composer-send"
                class:is-idle=move || text.with(|text| text.trim().is_empty())
                title=t.chat.send
                aria-label=t.chat.send
            >
                <Icon glyph=Glyph::Send />
            </button>
            <FaultLine fault=faults.rest(&[]) />
        </form>
    }
    .into_any()
}
