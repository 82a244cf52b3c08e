//! What a job of the writer works with.

use std::collections::HashSet;

use sapa_model::ids::SessionId;
use sapa_model::{Event, RoomId, Timestamp, UserId};
use sea_orm::DatabaseTransaction;

use crate::clock;
use crate::hub::{Audience, CloseReason, Effect, Line};

/// One job's transaction, and what shall happen once it is durable.
pub struct Work {
    db: DatabaseTransaction,
    effects: Vec<Effect>,
    now: Timestamp,
}

impl Work {
    pub(super) fn new(db: DatabaseTransaction) -> Self {
        Self { db, effects: Vec::new(), now: clock::now() }
    }

    pub(super) fn into_parts(self) -> (DatabaseTransaction, Vec<Effect>) {
        (self.db, self.effects)
    }

    /// To read and write with; sees what this and earlier jobs have written.
    pub fn db(&self) -> &DatabaseTransaction {
        &self.db
    }

    /// When the job began: the time of everything that it writes.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Tells `audience` of something, after the commit.
    pub fn emit(&mut self, audience: Audience, event: Event) {
        // What goes to many says nothing that is one viewer's own, whoever it was drawn up for.
        let event = match (audience, event) {
            (Audience::Room(_) | Audience::RoomBut(..), Event::Message(message)) => {
                Event::Message(message.for_many())
            }
            (_, event) => event,
        };
        self.effects.push(Effect::Emit(audience, event));
    }

    /// From here on the user hears what the room is told.
    pub fn join(&mut self, room_id: RoomId, user_id: UserId) {
        self.effects.push(Effect::Join(room_id, user_id));
    }

    /// From here on the user no longer hears what the room is told.
    pub fn leave(&mut self, room_id: RoomId, user_id: UserId) {
        self.effects.push(Effect::Leave(room_id, user_id));
    }

    /// From here on nobody hears what the room is told.
    pub fn disband(&mut self, room_id: RoomId) {
        self.effects.push(Effect::Disband(room_id));
    }

    /// Ends the watching of each other's presence: both see the other go offline.
    pub fn part(&mut self, one: UserId, other: UserId) {
        self.effects.push(Effect::Part(one, other));
    }

    /// Ends the watching of a user's presence for everyone but these.
    pub fn hide_presence(&mut self, user_id: UserId, but: HashSet<UserId>) {
        self.effects.push(Effect::HidePresence(user_id, but));
    }

    /// Tells everyone who shares one of these rooms with a user, or shows their card.
    pub fn emit_around(&mut self, user_id: UserId, rooms: Vec<RoomId>, event: Event) {
        self.effects.push(Effect::TellAround(user_id, rooms, event));
    }

    /// Tells each of these users of the same thing.
    pub fn emit_each(&mut self, users: Vec<UserId>, event: Event) {
        self.effects.push(Effect::TellEach(users, event));
    }

    /// Closes the connections of a session that has ended.
    pub fn close_session(&mut self, user_id: UserId, session_id: SessionId) {
        self.effects.push(Effect::CloseSession(user_id, session_id));
    }

    /// Closes all connections of a user, telling them why.
    pub fn close_user(&mut self, user_id: UserId, reason: CloseReason) {
        self.effects.push(Effect::CloseUser(user_id, reason));
    }

    /// Puts a new connection through, which hears these rooms.
    pub fn connect(&mut self, line: Line, rooms: Vec<RoomId>) {
        self.effects.push(Effect::Connect(line, rooms));
    }
}
