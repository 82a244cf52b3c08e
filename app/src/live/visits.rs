//! Visiting a room: its pages, and how far it has been received and read.

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::live::Cursor;
use sapa_model::message::HistoryFrom;
use sapa_model::room::RoomView;
use sapa_model::{ClientCommand, MessageId, RoomId, limits};

use super::heard::{About, Moment};
use super::room_log::RoomLog;
use super::sending::{passes, wait};
use super::start::Visit;
use super::{Hold, Link, Live};
use crate::api::{messages, rooms};
use crate::browser;

/// Logs that are kept for quick return; the longest unvisited goes first.
const LOGS_KEPT: usize = 12;
/// How long to gather markers before telling them, in milliseconds.
const GATHER_MS: i32 = 120;

/// Markers that wait to be told, and which rooms were visited.
#[derive(Default)]
pub(super) struct Markers {
    delivered: HashMap<RoomId, u64>,
    read: HashMap<RoomId, u64>,
    telling: bool,
    visited: Vec<RoomId>,
    /// The chat that the page came with, at which message, until it is opened.
    given: Option<(RoomId, Option<MessageId>)>,
}

impl Live {
    /// A room's log. The first call makes an empty one, which [`Live::open`] fills.
    pub fn log(self, room: RoomId) -> RoomLog {
        if let Some(log) = self.logs.with_value(|logs| logs.get(&room).cloned()) {
            return log;
        }
        let log = RoomLog::new(room);
        self.logs.update_value(|logs| {
            logs.insert(room, log.clone());
        });
        log
    }

    /// Does something with a room's log if there is one.
    pub(super) fn loaded_log(self, room: RoomId, act: impl FnOnce(&RoomLog)) {
        if let Some(log) = self.logs.try_with_value(|logs| logs.get(&room).cloned()).flatten() {
            act(&log);
        }
    }

    pub(super) fn logs(self) -> Vec<RoomLog> {
        self.logs.try_with_value(|logs| logs.values().cloned().collect()).unwrap_or_default()
    }

    /// Opens a room: its members, and the page of history that `from` names. A log that is there and
    /// reaches the end is shown as it is, unless a place in the middle is asked for.
    pub fn open(self, room: RoomId, from: HistoryFrom) {
        let log = self.log(room);
        self.remember_visit(room);
        self.show_outbox(room);
        let at_end = log.ready.get_untracked() && !log.more_after.get_untracked();
        if at_end && matches!(from, HistoryFrom::Latest | HistoryFrom::Unread) {
            return;
        }
        self.load(room, from, true);
        if log.members.with_untracked(Vec::is_empty) {
            self.load_members(room);
        }
    }

    /// Takes the chat that the page came with.
    pub(super) fn take_visit(self, visit: Visit) {
        let Visit { room: RoomView { dialog, members }, message, page } = visit;
        let log = self.log(dialog.room.id);
        for member in &members {
            self.take_card(&member.user);
        }
        log.members.set(members);
        log.take_page(page, HistoryFrom::Latest, true);
        log.ready.set(true);
        self.markers.update_value(|markers| markers.given = Some((dialog.room.id, message)));
        self.take_loaded([dialog], self.moment());
    }

    /// Opens a room at a message where the page came with it so. Says whether it did.
    pub fn open_given(self, room: RoomId, message: Option<MessageId>) -> bool {
        let given = self.markers.try_update_value(|markers| markers.given.take()).flatten();
        if given != Some((room, message)) {
            return false;
        }
        self.remember_visit(room);
        self.show_outbox(room);
        true
    }

    /// Loads the page before the first row.
    pub fn load_before(self, room: RoomId) {
        let log = self.log(room);
        if let (true, Some((first, _))) = (log.more_before.get_untracked(), log.read(super::log::Log::edges))
        {
            self.load(room, HistoryFrom::Before(first), false);
        }
    }

    /// Loads the page after the last row.
    pub fn load_after(self, room: RoomId) {
        let log = self.log(room);
        if let (true, Some((_, last))) = (log.more_after.get_untracked(), log.read(super::log::Log::edges)) {
            self.load(room, HistoryFrom::After(last), false);
        }
    }

    /// Loads what could not be loaded while the server could not be reached, or took nothing.
    pub(super) fn load_failed(self) {
        let failed = |log: &RoomLog| log.fault.with_untracked(|fault| fault.as_ref().is_some_and(passes));
        self.logs().iter().filter(|log| failed(log)).for_each(|log| self.reload(log.room_id));
    }

    /// Loads everything of a room anew: too much has changed to be told.
    pub(super) fn reload(self, room: RoomId) {
        self.load(room, HistoryFrom::Latest, true);
        self.load_members(room);
    }

    fn load(self, room: RoomId, from: HistoryFrom, anew: bool) {
        let log = self.log(room);
        // A page beside what is held waits for its turn; one in place of it overtakes.
        if log.loading.get_untracked() && !anew {
            return;
        }
        log.loading.set(true);
        let (turn, since) = (log.next_turn(), self.moment());
        spawn_local(async move {
            let page = messages::history(room, from).await;
            if !log.is_turn(turn) {
                return;
            }
            match page {
                Ok(page) => {
                    log.fault.set(None);
                    let seq = page.seq;
                    log.take_page(page, from, anew);
                    self.show_outbox(room);
                    log.ready.set(true);
                    self.mend(&log, seq, since);
                }
                Err(error) => {
                    if Hold::of(&error).is_some() {
                        browser::after(wait(&error), move || self.load_failed());
                    }
                    log.fault.set(Some(error));
                }
            }
            log.loading.set(false);
        });
    }

    fn load_members(self, room: RoomId) {
        let since = self.moment();
        spawn_local(async move {
            if let Ok(view) = rooms::room(room).await {
                let log = self.log(room);
                view.members.iter().for_each(|member| self.take_card(&member.user));
                log.members.set(view.members);
                self.mend(&log, view.dialog.room.seq, since);
                self.take_loaded([view.dialog], since);
            }
        });
    }

    /// Asks for what an answer lacks that shows the room as of the change `seq` and was asked for at
    /// `since`. Without a line that is done when it stands again.
    fn mend(self, log: &RoomLog, seq: u64, since: Moment) {
        let is_online = self.link.get_untracked() == Link::Online;
        if is_online && !self.heard_since(About::Log(log.room_id), since) {
            return;
        }
        log.fall_behind(seq);
        if is_online && log.ready.get_untracked() {
            self.resume([log.cursor()]);
        }
    }

    /// Asks what has changed since these cursors.
    pub(super) fn resume(self, cursors: impl IntoIterator<Item = Cursor>) {
        let rooms: Vec<_> = cursors.into_iter().take(limits::RESUME_ROOMS_MAX).collect();
        if !rooms.is_empty() {
            self.command(ClientCommand::Resume { rooms });
        }
    }

    /// Notes that the reader has seen texts up to `number`: only while somebody is looking.
    pub fn mark_read(self, room: RoomId, number: u64) {
        if !browser::is_attended() || self.dialog(room).is_none_or(|d| d.with_untracked(|d| d.read >= number))
        {
            return;
        }
        self.update_dialog(room, |dialog| dialog.read_to(number));
        self.markers.update_value(|markers| {
            markers.read.insert(room, number);
        });
        self.tell_markers_soon();
    }

    /// Notes that texts up to `number` have reached this browser.
    pub(super) fn mark_delivered(self, room: RoomId, number: u64) {
        self.markers.update_value(|markers| {
            let marker = markers.delivered.entry(room).or_default();
            *marker = number.max(*marker);
        });
        self.tell_markers_soon();
    }

    /// Tells of everything unread that the list shows, so that its senders see that it has arrived.
    pub(super) fn report_delivered(self) {
        for room in self.order.get_untracked() {
            let unread = self.dialog(room).and_then(|dialog| {
                dialog.with_untracked(|d| (d.unread() > 0 && !d.request).then_some(d.last_number))
            });
            if let Some(number) = unread {
                self.mark_delivered(room, number);
            }
        }
    }

    fn tell_markers_soon(self) {
        let telling = self.markers.try_update_value(|markers| std::mem::replace(&mut markers.telling, true));
        if telling == Some(false) {
            browser::after(GATHER_MS, move || self.tell_markers());
        }
    }

    /// Tells the markers that wait. What cannot be told now is told after the next connection, when
    /// the list is loaded anew.
    fn tell_markers(self) {
        let Some((delivered, read)) = self.markers.try_update_value(|markers| {
            markers.telling = false;
            (std::mem::take(&mut markers.delivered), std::mem::take(&mut markers.read))
        }) else {
            return;
        };
        for (room_id, number) in delivered {
            self.command(ClientCommand::Delivered { room_id, number });
        }
        for (room_id, number) in read {
            self.command(ClientCommand::Read { room_id, number });
        }
    }

    /// Moves a room to the end of the queue of those to be let go, and lets go of what is too many.
    fn remember_visit(self, room: RoomId) {
        let gone = self.markers.try_update_value(|markers| {
            markers.visited.retain(|visited| *visited != room);
            markers.visited.push(room);
            (markers.visited.len() > LOGS_KEPT).then(|| markers.visited.remove(0))
        });
        if let Some(Some(gone)) = gone {
            self.logs.update_value(|logs| {
                logs.remove(&gone);
            });
        }
    }
}
