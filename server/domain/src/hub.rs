//! The hub: who is connected, who hears what, and the way to each.
//!
//! It holds nothing that the database does not: after a restart the connections come back and
//! bring it to the same state. An event is serialised once, whoever hears it.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use sapa_model::ids::SessionId;
use sapa_model::people::Presence;
use sapa_model::{Event, RoomId, ServerFrame, UserId, limits};

use crate::calls::board as calls;
use crate::clock;

mod board;
mod line;
mod watches;

use board::Board;
pub use line::{CloseReason, ConnectionId, Line, Outgoing};
pub(crate) use line::{Receiver, line};

/// Who hears an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Every connection of a user.
    User(UserId),
    /// Every member of a room who has it in their list.
    Room(RoomId),
    /// The same, without one user.
    RoomBut(RoomId, UserId),
    /// Every connection that watches this user's presence.
    Watchers(UserId),
    /// One connection.
    Connection(ConnectionId),
}

/// What happens once a write is durable.
pub(crate) enum Effect {
    Emit(Audience, Event),
    Join(RoomId, UserId),
    Leave(RoomId, UserId),
    Disband(RoomId),
    Part(UserId, UserId),
    HidePresence(UserId, HashSet<UserId>),
    TellAround(UserId, Vec<RoomId>, Event),
    TellEach(Vec<UserId>, Event),
    CloseSession(UserId, SessionId),
    CloseUser(UserId, CloseReason),
    Connect(Line, Vec<RoomId>),
}

/// See the module.
#[derive(Default)]
pub struct Hub {
    board: Mutex<Board>,
    /// The calls that go on. Held before the board where both are needed.
    calls: Mutex<calls::Board>,
    next_id: AtomicU64,
}

impl Hub {
    /// Tells `audience` of something that leaves no trace in the database. Everything else is
    /// told by the write that made it.
    pub(crate) fn publish(&self, audience: Audience, event: Event) {
        if let Some(frame) = frame(event) {
            self.send(&mut self.board(), audience, frame);
        }
    }

    /// The same for the members of a room, without some of them.
    pub(crate) fn publish_in_room(&self, room_id: RoomId, but: &HashSet<UserId>, event: Event) {
        if let Some(frame) = frame(event) {
            let board = &mut self.board();
            let full = board.deliver_in_room(room_id, but, &frame);
            self.close_full(board, full);
        }
    }

    /// The calls that go on.
    pub(crate) fn calls(&self) -> MutexGuard<'_, calls::Board> {
        // As for the board.
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a user has a connection.
    pub fn is_online(&self, user_id: UserId) -> bool {
        self.board().is_online(user_id)
    }

    /// Users who have a connection, at most so many.
    pub(crate) fn online(&self, most: usize) -> Vec<UserId> {
        self.board().online(most)
    }

    /// Users who have a connection, or a part in a call.
    pub(crate) fn present(&self) -> Vec<UserId> {
        let mut users = self.calls().joined();
        users.extend(self.board().online(usize::MAX));
        users.sort_unstable();
        users.dedup();
        users
    }

    /// The sessions that have a connection, each with its user.
    pub(crate) fn sessions(&self) -> Vec<(UserId, SessionId)> {
        self.board().sessions()
    }

    /// Connections that stand.
    pub fn connections(&self) -> usize {
        self.board().connections()
    }

    /// Connections that a user has.
    pub fn connections_of(&self, user_id: UserId) -> usize {
        self.board().connections_of(user_id)
    }

    /// Closes every connection.
    pub fn close_all(&self, reason: CloseReason) {
        self.board().close_all(reason);
    }

    /// Ends a connection; its user may go offline by that.
    pub(crate) fn disconnect(&self, id: ConnectionId) {
        let board = &mut self.board();
        if let Some(user_id) = board.remove(id) {
            self.tell_presence(board, user_id, false);
        }
    }

    /// Makes these the people whom a connection shows: all by their cards, and some as they come and
    /// go.
    pub(crate) fn watch(&self, id: ConnectionId, cards: &[UserId], presence: &[UserId]) {
        self.board().watch(id, cards, presence);
    }

    pub(crate) fn next_connection(&self) -> ConnectionId {
        ConnectionId(self.next_id.fetch_add(1, Ordering::Relaxed))
    }

    pub(crate) fn apply(&self, effect: Effect) {
        match effect {
            Effect::Emit(audience, event) => self.publish(audience, event),
            Effect::Join(room_id, user_id) => self.board().join(room_id, user_id),
            Effect::Leave(room_id, user_id) => self.board().leave(room_id, user_id),
            Effect::Disband(room_id) => self.board().disband(room_id),
            Effect::Part(one, other) => {
                for (seen, by) in [(one, other), (other, one)] {
                    self.hide_presence(seen, |viewer| viewer == by);
                }
            }
            Effect::HidePresence(user_id, but) => {
                self.hide_presence(user_id, |viewer| viewer != user_id && !but.contains(&viewer));
            }
            Effect::TellAround(user_id, rooms, event) => {
                if let Some(frame) = frame(event) {
                    let board = &mut self.board();
                    let ids = board.around(user_id, &rooms);
                    let full = board.deliver_to(ids, &frame);
                    self.close_full(board, full);
                }
            }
            Effect::TellEach(users, event) => {
                if let Some(frame) = frame(event) {
                    let board = &mut self.board();
                    let full = board.deliver_to(board.lines_of(&users), &frame);
                    self.close_full(board, full);
                }
            }
            Effect::CloseSession(user_id, session_id) => {
                let board = &mut self.board();
                let of_session = |line: &Line| line.scope.session_id == session_id;
                if board.close_of(user_id, CloseReason::SignedOut, of_session) {
                    self.tell_presence(board, user_id, false);
                }
            }
            Effect::CloseUser(user_id, reason) => {
                let board = &mut self.board();
                if board.close_of(user_id, reason, |_| true) {
                    self.tell_presence(board, user_id, false);
                }
            }
            Effect::Connect(line, rooms) => {
                let user_id = line.scope.user_id;
                // Held until the line is through, so that no change of a call slips in between.
                let calls = self.calls();
                let now = clock::now();
                let calls_here = calls.of_rooms(&rooms, user_id);
                if let Some(hello) = frame(Event::Hello { user_id, now, calls: calls_here }) {
                    line.greet(hello);
                }
                let board = &mut self.board();
                if board.connect(line, rooms) {
                    self.tell_presence(board, user_id, true);
                }
            }
        }
    }

    /// To whoever `from` holds for, the user is offline from here on.
    fn hide_presence(&self, seen: UserId, from: impl Fn(UserId) -> bool) {
        let presence = Presence { user_id: seen, online: false, last_seen: None };
        if let Some(frame) = frame(Event::Presence(presence)) {
            self.board().hide_presence(seen, from, &frame);
        }
    }

    fn tell_presence(&self, board: &mut Board, user_id: UserId, online: bool) {
        let last_seen = (!online).then(clock::now);
        if let Some(frame) = frame(Event::Presence(Presence { user_id, online, last_seen })) {
            self.send(board, Audience::Watchers(user_id), frame);
        }
    }

    fn send(&self, board: &mut Board, audience: Audience, frame: Bytes) {
        let full = board.deliver(audience, &frame);
        self.close_full(board, full);
    }

    /// Whoever could not take a frame is closed, which others may have to hear in turn.
    fn close_full(&self, board: &mut Board, full: Vec<ConnectionId>) {
        for id in full {
            if let Some(user_id) = board.close(id, CloseReason::Overrun) {
                self.tell_presence(board, user_id, false);
            }
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        // Every change to the board is whole before anything can panic.
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The frame that tells of an event, as it goes over the wire.
fn frame(event: Event) -> Option<Bytes> {
    match serde_json::to_vec(&ServerFrame::Event { event }) {
        Ok(json) if json.len() <= limits::SENT_FRAME_MAX_BYTES => Some(Bytes::from(json)),
        Ok(json) => {
            tracing::error!(bytes = json.len(), "an event is larger than a frame may be");
            None
        }
        Err(error) => {
            tracing::error!(%error, "an event cannot be written as JSON");
            None
        }
    }
}
