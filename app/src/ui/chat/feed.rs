//! The messages of a chat.

use leptos::web_sys::HtmlElement;
use leptos::{ev, html, prelude::*};
use sapa_model::message::HistoryFrom;
use sapa_model::{Dialog, MessageId, Relation, UserId};

use super::empty::EmptyChat;
use super::layout::{Line, Sketch, lay_out};
use super::readers::Readers;
use super::row::{FeedContext, FeedRow};
use super::scroll;
use crate::browser;
use crate::i18n::use_t;
use crate::live::log::{Row, RowKey};
use crate::live::{Live, RoomLog};
use crate::ui::kit::{Badge, Glyph, Icon, Skeleton, SkeletonShape, use_day};

/// How the chat stood when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Number of the last message that had been read.
    pub read: u64,
    /// How many were not.
    pub unread: u64,
}

impl Opened {
    /// As it stands now.
    pub fn of(dialog: &Dialog) -> Self {
        Self { read: dialog.read, unread: dialog.unread() }
    }
}

/// Where the chat is to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The message of the address is being looked for.
    Unknown,
    /// At the first unread message, else at the end.
    Unread,
    /// At this message.
    Message(MessageId),
}

impl Goal {
    fn message(self) -> Option<MessageId> {
        match self {
            Self::Message(id) => Some(id),
            Self::Unknown | Self::Unread => None,
        }
    }
}

/// The feed, the way back to its end, and a voice for those who listen.
#[component]
pub fn Feed(
    live: Live,
    dialog: Memo<Dialog>,
    opened: Opened,
    goal: RwSignal<Goal>,
    /// Changes when the newest message is to be seen.
    to_end: RwSignal<u32>,
) -> impl IntoView {
    let t = use_t();
    let room = dialog.with_untracked(|dialog| dialog.room.id);
    let me = live.me.with_untracked(|me| me.user.clone());
    let my_id = me.id;
    let log = StoredValue::new(live.log(room));
    let context = FeedContext {
        live,
        log,
        dialog,
        me: StoredValue::new(me),
        opened,
        target: Memo::new(move |_| goal.get().message()),
        active: RwSignal::new(None),
        readers_of: RwSignal::new(None),
    };
    let lines = lines(log, opened, my_id);
    let view = FeedView { live, log, feed: NodeRef::new(), away: RwSignal::new(false), placed: StoredValue::new(None) };
    view.follow(lines, my_id, goal, to_end);
    let said = announcements(log, lines, my_id, view.placed);

    let (ready, fault) = log.with_value(|log| (log.ready.clone(), log.fault.clone()));
    let ready = Signal::derive(move || ready.get());
    let failed = Signal::derive(move || fault.read().is_some());
    let silent = Memo::new(move |_| {
        ready.get() && lines.with(|lines| !lines.iter().any(|line| matches!(line.key, RowKey::Text(..))))
    });
    let may_write = Signal::derive(move || {
        dialog.with(|dialog| !dialog.request && dialog.peer.as_ref().is_none_or(|p| p.relation != Relation::Blocked))
    });
    view! {
        <div
            node_ref=view.feed
            class="feed"
            role="feed"
            tabindex="0"
            aria-label=move || t().chat.messages
            aria-busy=move || if ready.get() { "false" } else { "true" }
            on:scroll=move |_| view.scrolled()
            on:keydown=move |event| view.pressed(&event)
        >
            <div class="feed-lines" class:is-empty=move || silent.get()>
                <Show when=move || !ready.get() && !failed.get() && lines.read().is_empty()>
                    <Skeleton rows=6 shape=SkeletonShape::Line />
                </Show>
                <Show when=move || failed.get() && lines.read().is_empty()>
                    <p class="feed-system" role="alert">
                        {move || t().chat.loading_failed}
                        " "
                        <button
                            type="button"
                            class="button soft"
                            on:click=move |_: ev::MouseEvent| live.open(room, HistoryFrom::Unread)
                        >
                            {move || t().common.retry}
                        </button>
                    </p>
                </Show>
                <For each=move || lines.get() key=Clone::clone let:line>
                    <FeedRow context=context line=line />
                </For>
                <Show when=move || silent.get()>
                    <EmptyChat live=live dialog=dialog may_write=may_write />
                </Show>
            </div>
        </div>
        <JumpButton view=view dialog=dialog />
        <div class="unseen" aria-live="polite">
            {move || said.get()}
        </div>
        <Readers log=log me=my_id of=context.readers_of />
    }
}

/// The log's rows with their days, runs and the unread line.
fn lines(log: StoredValue<RoomLog>, opened: Opened, me: UserId) -> Memo<Vec<Line<RowKey>>> {
    let day = use_day();
    let read = (opened.unread > 0).then_some(opened.read);
    Memo::new(move |_| {
        let log = log.get_value();
        let keys = log.rows.get();
        let sketches = log.read(|log| {
            let sketch = |key: RowKey| {
                let (author, at, number) = match log.row(&key)? {
                    Row::Sent(message) => (message.author.id, message.created_at, Some(message.number)),
                    Row::Pending(draft) | Row::Failed(draft, _) => (me, draft.at, None),
                };
                let text = matches!(key, RowKey::Text(..));
                Some(Sketch { key, author, at, day: 0, number, text })
            };
            keys.into_iter().filter_map(sketch).collect::<Vec<_>>()
        });
        let sketches = sketches.into_iter().map(|sketch| Sketch { day: day(sketch.at), ..sketch });
        lay_out(sketches, read, me)
    })
}

/// What is said aloud: each message of the others as it comes, once.
fn announcements(
    log: StoredValue<RoomLog>,
    lines: Memo<Vec<Line<RowKey>>>,
    me: UserId,
    placed: StoredValue<Option<Goal>>,
) -> RwSignal<String> {
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<u64>| {
        lines.track();
        let log = log.get_value();
        let newest = log.read(crate::live::log::Log::last_number);
        if placed.get_value().is_some() && before.is_some_and(|before| newest > before) {
            let words = log.read(|log| {
                let last = log.keys().into_iter().rev().find_map(|key| log.message(&key).cloned())?;
                match last.body {
                    sapa_model::MessageBody::Text { text } if last.author.id != me => {
                        Some(format!("{}: {text}", last.author.nickname))
                    }
                    _ => None,
                }
            });
            if let Some(words) = words {
                said.set(words);
            }
        }
        newest
    });
    said
}

/// The feed as it stands on the screen.
#[derive(Clone, Copy)]
struct FeedView {
    live: Live,
    log: StoredValue<RoomLog>,
    feed: NodeRef<html::Div>,
    /// The reader is not at the end.
    away: RwSignal<bool>,
    /// The place to begin at that was found.
    placed: StoredValue<Option<Goal>>,
}

impl FeedView {
    /// Keeps the reader where they are, takes those at the end along, and notes what is read.
    fn follow(self, lines: Memo<Vec<Line<RowKey>>>, me: UserId, goal: RwSignal<Goal>, to_end: RwSignal<u32>) {
        let ready = self.log.with_value(|log| log.ready.clone());
        Effect::new(move |before: Option<Option<RowKey>>| {
            let last = lines.with(|lines| lines.last().map(|line| line.key.clone()));
            let goal = goal.get();
            if !ready.get() || self.feed.get().is_none() {
                return last;
            }
            let is_new = before.is_some_and(|before| before != last);
            let mine = is_new && matches!(&last, Some(RowKey::Text(author, _)) if *author == me);
            // After the new rows are drawn.
            request_animation_frame(move || self.settle(goal, mine));
            last
        });
        Effect::new(move |before: Option<u32>| {
            let wishes = to_end.get();
            if before.is_some_and(|before| before != wishes) {
                self.go_to_end();
            }
            wishes
        });
        let focused = window_event_listener(ev::focus, move |_| self.note_read());
        let shown = window_event_listener(ev::visibilitychange, move |_| self.note_read());
        on_cleanup(move || {
            focused.remove();
            shown.remove();
        });
    }

    fn settle(self, goal: Goal, mine: bool) {
        let Some(feed) = self.element() else { return };
        if self.placed.try_get_value() != Some(Some(goal)) {
            let found = match goal {
                Goal::Unknown => false,
                Goal::Unread => {
                    scroll::reveal(&feed, ".feed-unread");
                    true
                }
                Goal::Message(id) => scroll::reveal(&feed, &format!("[data-message=\"{id}\"]")),
            };
            if found {
                self.placed.try_set_value(Some(goal));
            }
        } else if mine || !self.away.try_get_untracked().unwrap_or(false) {
            self.go_to_end();
        }
        self.scrolled();
    }

    fn scrolled(self) {
        let Some(feed) = self.element() else { return };
        let Some(log) = self.log.try_get_value() else { return };
        let away = !scroll::is_near_bottom(&feed) || log.more_after.get_untracked();
        if self.away.get_untracked() != away {
            self.away.set(away);
        }
        if scroll::wants_older(&feed) && log.more_before.get_untracked() {
            self.live.load_before(log.room_id);
        }
        if scroll::wants_newer(&feed) && log.more_after.get_untracked() {
            self.live.load_after(log.room_id);
        }
        self.note_read();
    }

    /// Moves the read marker to the last message on the screen; nothing while nobody is looking.
    fn note_read(self) {
        if !browser::is_attended() || !matches!(self.placed.try_get_value(), Some(Some(_))) {
            return;
        }
        let number = self.element().and_then(|feed| scroll::last_seen(&feed));
        if let (Some(number), Some(log)) = (number, self.log.try_get_value()) {
            self.live.mark_read(log.room_id, number);
        }
    }

    /// Shows the newest message, which may have to be loaded first.
    fn go_to_end(self) {
        let (Some(feed), Some(log)) = (self.element(), self.log.try_get_value()) else { return };
        if log.more_after.get_untracked() {
            self.live.open(log.room_id, HistoryFrom::Latest);
        }
        scroll::to_bottom(&feed);
    }

    /// Arrows lead from message to message, which are one stop of the Tab key together.
    fn pressed(self, event: &ev::KeyboardEvent) {
        const PAGE: u32 = 8;
        let Some(feed) = self.element() else { return };
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        match event.key().as_str() {
            "ArrowUp" => scroll::focus_message(&feed, |at, count| at.map_or(count - 1, |at| at.saturating_sub(1))),
            "ArrowDown" => scroll::focus_message(&feed, |at, count| at.map_or(count - 1, |at| at + 1)),
            "PageUp" => scroll::focus_message(&feed, |at, count| at.unwrap_or(count).saturating_sub(PAGE)),
            "PageDown" => scroll::focus_message(&feed, |at, count| at.map_or(count - 1, |at| at + PAGE)),
            "Home" => scroll::focus_message(&feed, |_, _| 0),
            "End" => {
                self.go_to_end();
                scroll::focus_message(&feed, |_, count| count - 1);
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn element(self) -> Option<HtmlElement> {
        self.feed.try_get_untracked().flatten().map(Into::into)
    }
}

/// The way to the newest message, with how many are unread down there.
#[component]
fn JumpButton(view: FeedView, dialog: Memo<Dialog>) -> impl IntoView {
    let t = use_t();
    let unread = Memo::new(move |_| dialog.with(Dialog::unread));
    view! {
        <button
            type="button"
            class="jump"
            class:is-away=move || !view.away.get()
            title=move || t().chat.jump
            aria-label=move || t().chat.jump
            on:click=move |_: ev::MouseEvent| view.go_to_end()
        >
            <Icon glyph=Glyph::Down />
            <Badge count=unread label=Signal::derive(move || (t().chat.new_messages)(unread.get())) />
        </button>
    }
}
