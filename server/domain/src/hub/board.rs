//! Who hears what: the hub's tables.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use sapa_model::{RoomId, UserId};

use super::Audience;
use super::line::{CloseReason, ConnectionId, Line};
use crate::scope::Scope;

#[derive(Default)]
pub(super) struct Board {
    lines: HashMap<ConnectionId, Line>,
    users: HashMap<UserId, Online>,
    /// The members of a room who are online.
    rooms: HashMap<RoomId, HashSet<UserId>>,
    watchers: HashMap<UserId, HashSet<ConnectionId>>,
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

    pub fn watch(&mut self, id: ConnectionId, user_ids: &[UserId]) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        let before = std::mem::replace(&mut line.watching, user_ids.to_vec());
        self.forget_watches(id, &before);
        for user_id in user_ids {
            self.watchers.entry(*user_id).or_default().insert(id);
        }
    }

    /// Tells the connections of `by` that watch `seen` a last thing, and ends their watching.
    pub fn stop_watching(&mut self, seen: UserId, by: UserId, frame: &Bytes) {
        let Some(watchers) = self.watchers.get_mut(&seen) else { return };
        watchers.retain(|id| {
            let Some(line) = self.lines.get_mut(id).filter(|line| line.scope.user_id == by) else {
                return true;
            };
            // A line without room is closed by the next event that finds it so.
            line.send(frame);
            line.watching.retain(|watched| *watched != seen);
            false
        });
    }

    /// Sends to each line of the audience; answers with those that had no room for it.
    pub fn deliver(&self, audience: Audience, frame: &Bytes) -> Vec<ConnectionId> {
        let of_user = |user_id: &UserId| self.users.get(user_id).into_iter().flat_map(|u| &u.lines).copied();
        let of_room = |room_id| self.rooms.get(&room_id).into_iter().flatten();
        let full = |id: &ConnectionId| self.lines.get(id).is_some_and(|line| !line.send(frame));
        match audience {
            Audience::User(user_id) => of_user(&user_id).filter(full).collect(),
            Audience::Room(room_id) => of_room(room_id).flat_map(of_user).filter(full).collect(),
            Audience::RoomBut(room_id, but) => {
                of_room(room_id).filter(|user_id| **user_id != but).flat_map(of_user).filter(full).collect()
            }
            Audience::Watchers(user_id) => {
                self.watchers.get(&user_id).into_iter().flatten().copied().filter(full).collect()
            }
        }
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

    /// Closes a session's lines; true if its user goes offline by that.
    pub fn close_session(&mut self, scope: Scope) -> bool {
        let lines = self.users.get(&scope.user_id).map(|online| online.lines.clone()).unwrap_or_default();
        let mut gone = false;
        for id in lines {
            if self.lines.get(&id).is_some_and(|line| line.scope == scope) {
                gone = self.close(id, CloseReason::SignedOut).is_some();
            }
        }
        gone
    }

    fn take(&mut self, id: ConnectionId) -> Option<Line> {
        let line = self.lines.remove(&id)?;
        self.forget_watches(id, &line.watching);
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

    fn forget_watches(&mut self, id: ConnectionId, watched: &[UserId]) {
        for user_id in watched {
            if let Some(watchers) = self.watchers.get_mut(user_id) {
                watchers.remove(&id);
                if watchers.is_empty() {
                    self.watchers.remove(user_id);
                }
            }
        }
    }
}
