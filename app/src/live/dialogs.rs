//! The dialog list.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::room::{Dialog, DialogFilter};
use sapa_model::{ErrorCode, Message, RoomId, UserId};

use super::heard::{About, Moment};
use super::{Bootstrap, Link, Live, News};
use crate::api::{account, rooms};
use crate::browser;
use crate::order::in_order;
use crate::reactive::{derive, memo};

/// How long to gather news of rooms that are not loaded, in milliseconds.
const GATHER_MS: i32 = 200;
/// How long to wait before asking again for what could not be had, in milliseconds.
const AGAIN_MS: i32 = 2_000;

impl Live {
    /// Rooms by last activity, newest first; message requests stand apart.
    pub fn dialogs(self) -> Signal<Vec<RoomId>> {
        self.dialogs_where(|dialog| !dialog.request)
    }

    /// Message requests that wait for an answer.
    pub fn requests(self) -> Signal<Vec<RoomId>> {
        self.dialogs_where(|dialog| dialog.request)
    }

    /// How many wait for an answer: people who ask to be friends, and first messages of strangers.
    pub fn requests_waiting(self) -> Signal<u64> {
        let messages = self.requests();
        derive(move || {
            let asked = self.me.with(|me| u64::from(me.friend_requests));
            asked + u64::try_from(messages.read().len()).unwrap_or_default()
        })
    }

    /// Rooms for which `keep` holds, in the order of the list. Follows every change that `keep` reads.
    pub fn dialogs_where(
        self,
        keep: impl Fn(&Dialog) -> bool + Send + Sync + 'static,
    ) -> Signal<Vec<RoomId>> {
        let kept = memo(move || {
            self.order
                .get()
                .into_iter()
                .filter(|room| self.dialog(*room).is_some_and(|dialog| dialog.with(&keep)))
                .collect::<Vec<_>>()
        });
        kept.into()
    }

    /// A room as it stands in the list; `None` if it is not loaded.
    pub fn dialog(self, room: RoomId) -> Option<ArcRwSignal<Dialog>> {
        self.dialogs.try_with_value(|dialogs| dialogs.get(&room).cloned()).flatten()
    }

    /// A room that is loaded, or becomes it: the browser asks the server where it is not.
    pub fn find_dialog(self, room: RoomId) -> Signal<Option<Dialog>> {
        Effect::new(move || {
            if self.dialog(room).is_none() {
                self.fetch_dialog(room);
            }
        });
        derive(move || {
            self.order.track();
            self.dialog(room).map(|dialog| dialog.get())
        })
    }

    /// The direct room with somebody, if it is loaded.
    pub fn direct_room(self, user: UserId) -> Option<RoomId> {
        let is_theirs = |dialog: &Dialog| dialog.peer.as_ref().is_some_and(|peer| peer.user.id == user);
        self.order
            .get_untracked()
            .into_iter()
            .find(|room| self.dialog(*room).is_some_and(|dialog| dialog.with_untracked(is_theirs)))
    }

    /// Unread messages in all rooms that are neither muted nor requests.
    pub fn unread(self) -> Signal<u64> {
        derive(move || self.unread_loaded() + self.elsewhere.get())
    }

    fn unread_loaded(self) -> u64 {
        self.order
            .get()
            .into_iter()
            .filter_map(|room| self.dialog(room))
            .map(|dialog| dialog.with(counted))
            .sum()
    }

    /// Takes the first pages, and counts what is unread in rooms that are neither in them nor loaded.
    pub(super) fn take_start(self, start: Bootstrap, since: Moment) {
        let pages = || start.dialogs.dialogs.iter().chain(&start.requests.dialogs);
        let in_pages: u64 = pages().map(counted).sum();
        let loaded: u64 = self
            .order
            .get_untracked()
            .into_iter()
            .filter(|room| !pages().any(|dialog| dialog.room.id == *room))
            .filter_map(|room| self.dialog(room))
            .map(|dialog| dialog.with_untracked(counted))
            .sum();
        let elsewhere = u64::from(start.me.unread).saturating_sub(in_pages + loaded);
        let mut me = start.me;
        if self.noted_since(About::Settings, since) {
            me.settings = self.me.with_untracked(|me| me.settings);
        }
        self.me.set(me);
        self.sending.update_value(|sending| sending.file_max = (start.picture_max, start.file_max));
        self.take_reels(start.stories, since);
        self.take_loaded(start.dialogs.dialogs.into_iter().chain(start.requests.dialogs), since);
        self.elsewhere.set(elsewhere);
    }

    /// Loads the next page of the list.
    pub fn load_more_dialogs(self) {
        if !self.more_dialogs.get_untracked() || self.loading_dialogs.get_untracked() {
            return;
        }
        let last =
            self.order.get_untracked().into_iter().rev().filter_map(|room| self.dialog(room)).find_map(|d| {
                d.with_untracked(
                    |dialog| if dialog.request { None } else { dialog.last.as_ref().map(|last| last.id) },
                )
            });
        self.loading_dialogs.set(true);
        let since = self.moment();
        spawn_local(async move {
            if let Ok(page) = rooms::dialogs(DialogFilter::All, String::new(), last).await {
                self.more_dialogs.set(page.more);
                self.take_loaded(page.dialogs, since);
            }
            self.loading_dialogs.set(false);
        });
    }

    /// Loads what may have changed while nobody told: the first pages and the counts.
    pub(super) fn refresh(self) {
        let (since, generation) = (self.moment(), self.line_generation());
        spawn_local(async move {
            match account::bootstrap().await {
                Ok(start) => {
                    self.take_start(start, since);
                    self.report_delivered();
                }
                // Lost on a connection from before the network changed; after a new line it is asked for anyway.
                Err(error) if error.code == ErrorCode::Unavailable => browser::after(AGAIN_MS, move || {
                    if self.line_generation() == generation && self.link.get_untracked() == Link::Online {
                        self.refresh();
                    }
                }),
                Err(_) => {}
            }
        });
    }

    /// The same a moment later: a room that is not loaded has been heard of.
    pub(super) fn refresh_soon(self) {
        let refreshing = self.refreshing.try_update_value(|refreshing| std::mem::replace(refreshing, true));
        if refreshing == Some(false) {
            browser::after(GATHER_MS, move || {
                self.refreshing.try_set_value(false);
                self.refresh();
            });
        }
    }

    pub(super) fn fetch_dialog(self, room: RoomId) {
        let since = self.moment();
        spawn_local(async move {
            if let Ok(view) = rooms::room(room).await {
                self.take_loaded([view.dialog], since);
            }
        });
    }

    /// Takes dialogs that are new or have changed, and puts the list in order.
    pub fn take_dialogs(self, dialogs: impl IntoIterator<Item = Dialog>) {
        for mut dialog in dialogs {
            if let Some(peer) = &mut dialog.peer {
                self.take_card(&peer.user);
                peer.user = self.newest_untracked(&peer.user);
            }
            match self.dialog(dialog.room.id) {
                Some(held) => held.update(|held| take_dialog(held, dialog)),
                None => self.dialogs.update_value(|held| {
                    held.insert(dialog.room.id, ArcRwSignal::new(dialog));
                }),
            }
        }
        self.sort_dialogs();
    }

    /// Takes dialogs that were asked for at `since`. One that an event was about in the meantime is
    /// asked for once more.
    pub(super) fn take_loaded(self, dialogs: impl IntoIterator<Item = Dialog>, since: Moment) {
        let is_late = |dialog: &Dialog| self.heard_since(About::Dialog(dialog.room.id), since);
        let (late, current): (Vec<_>, Vec<_>) = dialogs.into_iter().partition(is_late);
        // What is loaded from here on is no longer elsewhere.
        let found: u64 =
            current.iter().filter(|dialog| self.dialog(dialog.room.id).is_none()).map(counted).sum();
        self.elsewhere.update(|elsewhere| *elsewhere = elsewhere.saturating_sub(found));
        self.take_dialogs(current);
        for dialog in late {
            self.fetch_dialog(dialog.room.id);
        }
    }

    /// Changes a dialog that is loaded.
    pub(super) fn update_dialog(self, room: RoomId, change: impl FnOnce(&mut Dialog)) {
        if let Some(dialog) = self.dialog(room) {
            dialog.update(change);
        }
    }

    /// Takes a room out of the list.
    pub(super) fn drop_dialog(self, room: RoomId) {
        self.dialogs.update_value(|held| {
            held.remove(&room);
        });
        self.sort_dialogs();
    }

    /// Moves a room's last line on, and with an own text the read marker.
    pub(super) fn show_last(self, message: &Message) {
        let mine = message.author.id == self.my_id();
        let Some(dialog) = self.dialog(message.room_id) else {
            self.refresh_soon();
            return;
        };
        let newer =
            dialog.with_untracked(|d| d.last.as_ref().is_none_or(|last| last.position <= message.position));
        if !newer {
            return;
        }
        let is_new = dialog.with_untracked(|dialog| dialog.last_number < message.number);
        dialog.update(|dialog| {
            dialog.last_number = dialog.last_number.max(message.number);
            if mine {
                dialog.read_to(message.number);
            }
            dialog.room.seq = dialog.room.seq.max(message.seq);
            dialog.last = Some(message.clone());
        });
        if is_new && !mine {
            self.tell(News::Written(message.clone()));
        }
        self.sort_dialogs();
    }

    fn sort_dialogs(self) {
        let rooms = self.dialogs.with_value(|held| {
            held.iter()
                .map(|(room, dialog)| (dialog.with_untracked(|d| d.last.as_ref().map(|last| last.id)), *room))
                .collect::<Vec<_>>()
        });
        let newest_first = in_order(rooms, |(last, room)| (-last.map_or(0, |last| last.0), -room.0));
        let order: Vec<_> = newest_first.into_iter().map(|(_, room)| room).collect();
        if self.order.with_untracked(|held| *held != order) {
            self.order.set(order);
        }
    }
}

/// What a room adds to the number of unread messages.
fn counted(dialog: &Dialog) -> u64 {
    if dialog.muted || dialog.request { 0 } else { dialog.unread() }
}

/// Takes a newer state of a dialog. What only ever grows is kept where messages were quicker.
fn take_dialog(held: &mut Dialog, mut newer: Dialog) {
    if held.read > newer.read {
        (newer.read, newer.unread_deleted) = (held.read, held.unread_deleted);
    }
    newer.last_number = newer.last_number.max(held.last_number);
    newer.room.seq = newer.room.seq.max(held.room.seq);
    let age = |last: &Option<Message>| last.as_ref().map(|last| (last.position, last.seq));
    if age(&held.last) > age(&newer.last) {
        newer.last = held.last.take();
    }
    *held = newer;
}
