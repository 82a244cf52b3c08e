//! The messages of a chat.

mod focus;
mod lines;
mod view;

use leptos::{ev, prelude::*};
use sapa_model::message::HistoryFrom;
use sapa_model::{Dialog, MessageId, Relation};

use super::empty::EmptyChat;
use super::reactions::ReactionPicker;
use super::row::{Echoes, FeedContext, FeedRow};
use crate::i18n::use_t;
use crate::lazy::LazyOver;
use crate::live::Live;
use crate::live::log::RowKey;
use crate::parts::PanePiece;
use crate::reactive::{derive, memo};
use crate::ui::composer::Editing;
use crate::ui::kit::{If, Rows, Skeleton, SkeletonShape};

use lines::{announcements, lines};
use view::{FeedView, JumpButton};

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
    /// The message that the composer is changing.
    editing: RwSignal<Option<Editing>>,
) -> impl IntoView {
    let t = use_t();
    let room = dialog.with_untracked(|dialog| dialog.room.id);
    let me = live.me.with_untracked(|me| me.user.clone());
    let my_id = me.id;
    let log = StoredValue::new(live.log(room));
    let echoes = Echoes::new();
    let context = FeedContext {
        log,
        dialog,
        me: StoredValue::new(me),
        opened,
        target: memo(move || goal.get().message()),
        active: RwSignal::new(None),
        readers_of: RwSignal::new(None),
        echoes: StoredValue::new(echoes),
        versions_of: RwSignal::new(None),
        picture: RwSignal::new(None),
        deleting: RwSignal::new(None),
        editing,
    };
    let lines = lines(log, opened, my_id);
    let view = FeedView::new(live, log);
    view.follow(lines, goal, to_end);
    let said = announcements(log, lines, my_id, view.placed);

    let (ready, fault) = log.with_value(|log| (log.ready.clone(), log.fault.clone()));
    let ready = derive(move || ready.get());
    let failed = derive(move || fault.read().is_some());
    let silent = memo(move || {
        ready.get() && lines.with(|lines| !lines.iter().any(|line| matches!(line.key, RowKey::Text(..))))
    });
    let may_write = derive(move || {
        dialog.with(|dialog| {
            dialog.room.kind.members_meet()
                && !dialog.request
                && dialog.peer.as_ref().is_none_or(|p| p.relation != Relation::Blocked)
        })
    });
    let drawn = move || {
        let lines = lines.get();
        view.hold_focus();
        lines
    };
    view! {
        <div
            node_ref=view.feed
            class="feed"
            role="feed"
            tabindex="0"
            aria-label=t.chat.messages
            aria-busy=move || if ready.get() { "false" } else { "true" }
            on:scroll=move |_| view.scrolled()
            on:keydown=move |event| view.pressed(&event)
        >
            <div class="feed-lines" class:is-empty=silent>
                <If when=move || !ready.get() && !failed.get() && lines.read().is_empty()>
                    <Skeleton rows=6 shape=SkeletonShape::Line />
                </If>
                <If when=move || failed.get() && lines.read().is_empty()>
                    <p class="feed-system" role="alert">
                        {t.chat.loading_failed}
                        " "
                        <button
                            type="button"
                            class="button soft"
                            on:click=move |_: ev::MouseEvent| live.open(room, HistoryFrom::Unread)
                        >
                            {t.common.retry}
                        </button>
                    </p>
                </If>
                <Rows each=drawn key=Clone::clone let:line>
                    <FeedRow context=context line=line />
                </Rows>
                <If when=move || silent.get()>
                    <EmptyChat live=live dialog=dialog may_write=may_write />
                </If>
            </div>
        </div>
        // From here the Tab key goes on past all messages.
        <span node_ref=view.end class="unseen" tabindex="-1"></span>
        <JumpButton view=view dialog=dialog />
        <div class="unseen" aria-live="polite">
            {said}
        </div>
        <ReactionPicker room=room of=echoes.reacting />
        <LazyOver
            piece=PanePiece::OverFeed(context)
            when=memo(move || context.wants_over())
            on_fail=Callback::new(move |()| context.close_over())
        />
    }
    .into_any()
}
