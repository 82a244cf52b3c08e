//! Who hears what: the hub's tables.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use sapa_model::ids::SessionId;
use sapa_model::{RoomId, UserId};

use super::Audience;
use super::line::{CloseReason, ConnectionId, Line};
use super::watches::Watches;

#[derive(Default)]
pub(super) struct Board {
    lines: HashMap<ConnectionId, Line>,
    users: HashMap<UserId, Online>,
    /// The members of a room who are online.
    rooms: HashMap<RoomId, HashSet<UserId>>,
    /// Who sees whom come and go.
    presence: Watches,
    /// Who shows whose card.
    cards: Watches,
}

#[derive(Default)]
struct Online {
    lines: Vec<ConnectionId>,
    rooms: HashSet<RoomId>,
}

impl Board {
    pub fn is_online(&self, user_id: UserId) -> bool {
        self.users.contains_key(&user_id)
    }

    pub fn online(&self, most: usize) -> Vec<UserId> {
        self.users.keys().take(most).copied().collect()
    }

    /// The sessions of all lines, each once.
    pub fn sessions(&self) -> Vec<(UserId, SessionId)> {
        let sessions: HashSet<_> =
            self.lines.values().map(|line| (line.scope.user_id, line.scope.session_id)).collect();
        sessions.into_iter().collect()
    }

    pub fn connections(&self) -> usize {
        self.lines.len()
    }

    pub fn connections_of(&self, user_id: UserId) -> usize {
        self.users.get(&user_id).map_or(0, |online| online.lines.len())
    }

    /// Puts a line through; true if its user comes online by it.
    pub fn connect(&mut self, line: Line, rooms: Vec<RoomId>) -> bool {
        if line.is_abandoned() {
            return false;
        }
        let user_id = line.scope.user_id;
        let first = !self.is_online(user_id);
        self.users.entry(user_id).or_default().lines.push(line.id);
        self.lines.insert(line.id, line);
        for room_id in rooms {
            self.join(room_id, user_id);
        }
        first
    }

    pub fn join(&mut self, room_id: RoomId, user_id: UserId) {
        if let Some(online) = self.users.get_mut(&user_id) {
            online.rooms.insert(room_id);
            self.rooms.entry(room_id).or_default().insert(user_id);
        }
    }

    pub fn leave(&mut self, room_id: RoomId, user_id: UserId) {
        if let Some(online) = self.users.get_mut(&user_id) {
            online.rooms.remove(&room_id);
        }
        self.forget_in_room(room_id, user_id);
    }

    /// Takes everyone off a room.
    pub fn disband(&mut self, room_id: RoomId) {
        for user_id in self.rooms.remove(&room_id).unwrap_or_default() {
            if let Some(online) = self.users.get_mut(&user_id) {
                online.rooms.remove(&room_id);
            }
        }
    }

    /// Makes these the people whom a connection shows: all by their cards, and some as they come and
    /// go.
    pub fn watch(&mut self, id: ConnectionId, cards: &[UserId], presence: &[UserId]) {
        if self.lines.contains_key(&id) {
            self.cards.replace(id, cards);
            self.presence.replace(id, presence);
        }
    }

    /// Tells connections that see `seen` come and go a last thing, and ends that, for those whose user
    /// is not to see it any more.
    pub fn hide_presence(&mut self, seen: UserId, from: impl Fn(UserId) -> bool, frame: &Bytes) {
        let hidden: Vec<_> = self
            .presence
            .of(seen)
            .filter(|id| self.lines.get(id).is_some_and(|line| from(line.scope.user_id)))
            .collect();
        for id in hidden {
            // A line without room is closed by the next event that finds it so.
            self.lines.get(&id).map(|line| line.send(frame));
            self.presence.part(seen, id);
        }
    }

    /// The lines of everyone who shares one of these rooms with a user, or shows their card.
    pub fn around(&self, user_id: UserId, rooms: &[RoomId]) -> HashSet<ConnectionId> {
        let near = rooms.iter().filter_map(|room_id| self.rooms.get(room_id)).flatten();
        let lines =
            near.chain([&user_id]).filter_map(|near| self.users.get(near)).flat_map(|user| &user.lines);
        lines.copied().chain(self.cards.of(user_id)).collect()
    }

    /// The lines of these users.
    pub fn lines_of(&self, users: &[UserId]) -> impl Iterator<Item = ConnectionId> {
        users.iter().filter_map(|user_id| self.users.get(user_id)).flat_map(|user| &user.lines).copied()
    }

    /// Sends to these lines; answers with those that had no room for it.
    pub fn deliver_to(
        &self,
        ids: impl IntoIterator<Item = ConnectionId>,
        frame: &Bytes,
    ) -> Vec<ConnectionId> {
        let full = |id: &ConnectionId| self.lines.get(id).is_some_and(|line| !line.send(frame));
        ids.into_iter().filter(full).collect()
    }

    /// Sends to each line of the audience; answers with those that had no room for it.
    pub fn deliver(&self, audience: Audience, frame: &Bytes) -> Vec<ConnectionId> {
        let of_user = |user_id: &UserId| self.users.get(user_id).into_iter().flat_map(|u| &u.lines).copied();
        let of_room = |room_id| self.rooms.get(&room_id).into_iter().flatten();
        match audience {
            Audience::User(user_id) => self.deliver_to(of_user(&user_id), frame),
            Audience::Room(room_id) => self.deliver_to(of_room(room_id).flat_map(of_user), frame),
            Audience::RoomBut(room_id, but) => {
                let others = of_room(room_id).filter(|user_id| **user_id != but);
                self.deliver_to(others.flat_map(of_user), frame)
            }
            Audience::Watchers(user_id) => self.deliver_to(self.presence.of(user_id), frame),
            Audience::Connection(id) => self.deliver_to([id], frame),
        }
    }

    /// The same for the members of a room, without some of them.
    pub fn deliver_in_room(
        &self,
        room_id: RoomId,
        but: &HashSet<UserId>,
        frame: &Bytes,
    ) -> Vec<ConnectionId> {
        let users = self.rooms.get(&room_id).into_iter().flatten().filter(|user_id| !but.contains(user_id));
        let lines = users.filter_map(|user_id| self.users.get(user_id)).flat_map(|user| &user.lines);
        self.deliver_to(lines.copied(), frame)
    }

    /// Takes a line away; its user, if they go offline by it.
    pub fn remove(&mut self, id: ConnectionId) -> Option<UserId> {
        self.take(id).and_then(|line| self.gone(&line))
    }

    /// The same, telling the line why.
    pub fn close(&mut self, id: ConnectionId, reason: CloseReason) -> Option<UserId> {
        let line = self.take(id)?;
        let gone = self.gone(&line);
        line.close(reason);
        gone
    }

    pub fn close_all(&mut self, reason: CloseReason) {
        for (_, line) in std::mem::take(self).lines {
            line.close(reason);
        }
    }

    /// Closes such lines of a user, telling them why; true if the user goes offline by that.
    pub fn close_of(&mut self, user_id: UserId, reason: CloseReason, such: impl Fn(&Line) -> bool) -> bool {
        let lines = self.users.get(&user_id).map(|online| online.lines.clone()).unwrap_or_default();
        let mut gone = false;
        for id in lines {
            if self.lines.get(&id).is_some_and(&such) {
                gone = self.close(id, reason).is_some();
            }
        }
        gone
    }

    fn take(&mut self, id: ConnectionId) -> Option<Line> {
        let line = self.lines.remove(&id)?;
        self.cards.forget(id);
        self.presence.forget(id);
        Some(line)
    }

    /// Takes a line off its user, and with the last one the user off every room.
    fn gone(&mut self, line: &Line) -> Option<UserId> {
        let user_id = line.scope.user_id;
        let online = self.users.get_mut(&user_id)?;
        online.lines.retain(|id| *id != line.id);
        if !online.lines.is_empty() {
            return None;
        }
        let online = self.users.remove(&user_id)?;
        for room_id in online.rooms {
            self.forget_in_room(room_id, user_id);
        }
        Some(user_id)
    }

    fn forget_in_room(&mut self, room_id: RoomId, user_id: UserId) {
        if let Some(users) = self.rooms.get_mut(&room_id) {
            users.remove(&user_id);
            if users.is_empty() {
                self.rooms.remove(&room_id);
            }
        }
    }
}
