//! The feed as it stands on the screen.

use leptos::web_sys::{Element, HtmlElement};
use leptos::{ev, html, prelude::*};
use sapa_model::Dialog;
use sapa_model::message::HistoryFrom;

use super::super::layout::Line;
use super::super::scroll::{self, Anchor};
use super::Goal;
use super::focus::{Focused, focus_message, tab};
use crate::browser;
use crate::i18n::use_t;
use crate::live::log::RowKey;
use crate::live::{Live, RoomLog};
use crate::reactive::{derive, memo};
use crate::ui::kit::{Badge, Glyph, Icon};

/// Where the reader is in the feed, and what follows from it.
#[derive(Clone, Copy)]
pub struct FeedView {
    live: Live,
    log: StoredValue<RoomLog>,
    /// The element that scrolls.
    pub feed: NodeRef<html::Div>,
    /// What follows it.
    pub end: NodeRef<html::Span>,
    /// The reader is not at the end.
    away: RwSignal<bool>,
    /// The place to begin at that was found.
    pub placed: StoredValue<Option<Goal>>,
    /// What stays where it stands while anything around it changes.
    anchor: StoredValue<Option<Anchor>>,
    /// What had the focus before the rows changed.
    focused: StoredValue<Option<Focused>>,
    /// The reader has asked for the end, and it is being loaded.
    hurrying: StoredValue<bool>,
}

impl FeedView {
    /// A feed that is not drawn yet.
    pub fn new(live: Live, log: StoredValue<RoomLog>) -> Self {
        Self {
            live,
            log,
            feed: NodeRef::new(),
            end: NodeRef::new(),
            away: RwSignal::new(false),
            placed: StoredValue::new(None),
            anchor: StoredValue::new(None),
            focused: StoredValue::new(None),
            hurrying: StoredValue::new(false),
        }
    }

    /// Keeps the reader where they are, takes those at the end along, and notes what is read.
    pub fn follow(self, lines: Memo<Vec<Line<RowKey>>>, goal: RwSignal<Goal>, to_end: RwSignal<u32>) {
        let ready = self.log.with_value(|log| log.ready.clone());
        Effect::new(move |_| {
            lines.track();
            let goal = goal.get();
            if !ready.get() || self.feed.get().is_none() {
                return;
            }
            // After the new rows are drawn.
            request_animation_frame(move || self.settle(goal));
        });
        Effect::new(move |_| {
            if let Some(feed) = self.feed.get()
                && let Some(lines) = feed.first_element_child()
            {
                browser::on_resize([&feed, &lines], move || self.steady());
            }
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

    /// Remembers what has the focus; to be called before the rows change.
    pub fn hold_focus(self) {
        let held = self.focused.with_value(Option::is_some);
        if let (Some(feed), false) = (self.element(), held) {
            self.focused.set_value(Focused::of(&feed));
        }
    }

    fn settle(self, goal: Goal) {
        let Some(feed) = self.element() else { return };
        if let Some(focused) = self.focused.try_update_value(Option::take).flatten() {
            focused.restore(&feed);
        }
        if self.placed.try_get_value() != Some(Some(goal)) {
            let anchor = match goal {
                Goal::Unknown => None,
                Goal::Unread => scroll::reveal(&feed, ".feed-unread"),
                Goal::Message(id) => scroll::reveal(&feed, &format!("[data-message=\"{id}\"]")),
            };
            if anchor.is_some() || goal == Goal::Unread {
                self.placed.try_set_value(Some(goal));
                self.note_away(&feed);
                self.anchor.try_set_value(anchor);
            }
        } else if self.hurries() {
            self.anchor.try_set_value(None);
            scroll::to_bottom(&feed);
        } else {
            self.steady();
        }
        self.scrolled();
    }

    /// Puts back what the reader looks at, after heights have changed.
    fn steady(self) {
        let Some(feed) = self.element() else { return };
        if self.away.try_get_untracked() == Some(false) {
            scroll::to_bottom(&feed);
        } else {
            self.hold(&feed);
        }
    }

    fn hold(self, feed: &Element) {
        self.anchor.try_update_value(|anchor| *anchor = anchor.take().and_then(|anchor| anchor.hold(feed)));
    }

    /// Notes whether the reader is at the end.
    fn note_away(self, feed: &Element) {
        let more = self.log.try_with_value(|log| log.more_after.get_untracked()).unwrap_or(false);
        let away = !scroll::is_near_bottom(feed) || more;
        if self.away.get_untracked() != away {
            self.away.set(away);
        }
    }

    /// Notes where the reader has come to, and loads what they will want next.
    pub fn scrolled(self) {
        let Some(feed) = self.element() else { return };
        let Some(log) = self.log.try_get_value() else { return };
        let away = self.away.get_untracked();
        if away {
            self.hold(&feed);
        }
        self.note_away(&feed);
        if !away || self.anchor.with_value(|anchor| anchor.as_ref().is_none_or(|it| it.is_left(&feed))) {
            self.anchor.set_value(Anchor::of(&feed));
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
            self.hurrying.set_value(true);
            self.live.open(log.room_id, HistoryFrom::Latest);
        }
        self.away.set(false);
        scroll::to_bottom(&feed);
    }

    /// Whether the reader is on the way to the end; no longer once the end has been loaded.
    fn hurries(self) -> bool {
        let hurrying = self.hurrying.try_get_value().unwrap_or(false);
        let there = self.log.try_get_value().is_none_or(|log| !log.more_after.get_untracked());
        if hurrying && there {
            self.hurrying.set_value(false);
        }
        hurrying
    }

    /// Arrows lead from message to message, which are one stop of the Tab key together.
    pub fn pressed(self, event: &ev::KeyboardEvent) {
        const PAGE: u32 = 8;
        let Some(feed) = self.element() else { return };
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        match event.key().as_str() {
            "ArrowUp" => {
                focus_message(&feed, |at, count| at.map_or(count - 1, |at| at.saturating_sub(1)));
            }
            "ArrowDown" => focus_message(&feed, |at, count| at.map_or(count - 1, |at| at + 1)),
            "PageUp" => focus_message(&feed, |at, count| at.unwrap_or(count).saturating_sub(PAGE)),
            "PageDown" => focus_message(&feed, |at, count| at.map_or(count - 1, |at| at + PAGE)),
            "Home" => focus_message(&feed, |_, _| 0),
            "End" => {
                self.go_to_end();
                focus_message(&feed, |_, count| count - 1);
            }
            "Tab" => {
                let end = self.end.get_untracked();
                if !end.is_some_and(|end| tab(&feed, &end, event.shift_key())) {
                    return;
                }
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
pub fn JumpButton(view: FeedView, dialog: Memo<Dialog>) -> impl IntoView {
    let t = use_t();
    let unread = memo(move || dialog.with(Dialog::unread));
    view! {
        <button
            type="button"
            class="jump"
            class:is-away=move || !view.away.get()
            title=t.chat.jump
            aria-label=t.chat.jump
            on:click=move |_: ev::MouseEvent| view.go_to_end()
        >
            <Icon glyph=Glyph::Down />
            <Badge count=unread label=derive(move || (t.chat.new_messages)(unread.get())) />
        </button>
    }
    .into_any()
}
