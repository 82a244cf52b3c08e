//! What the browser holds of a room's log: plain data, no signals.
//!
//! Everything here may be told twice and in any order. A message is taken when its `seq` is newer
//! than what is held, markers only grow. What is still to be sent stands at the end, what was refused where it was
//! written.

use std::collections::HashMap;

use sapa_model::message::MessageBody;
use sapa_model::room::Member;
use sapa_model::{AppError, Attachment, ClientId, Emoji, Message, MessageId, Timestamp, UserId};

use super::local_file::LocalFile;

/// Rows that a log holds at most; beyond, the far end is let go and loaded again when needed.
pub const WINDOW: usize = 300;

/// Which row. A text keeps the name that its sender gave it, so that a bubble stays the same one
/// when it turns from pending to sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    /// A text, by its sender and the sender's own name for it.
    Text(UserId, ClientId),
    /// A system line.
    Line(MessageId),
}

/// How far a row has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// In the room's log.
    Sent(Message),
    /// On its way, or waiting for a connection.
    Pending(Draft),
    /// Refused; it stays until sent again or discarded.
    Failed(Draft, AppError),
}

/// A text that is not in the room's log yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The sender's own name for it.
    pub client_id: ClientId,
    /// What it says.
    pub text: String,
    /// When it was typed.
    pub at: Timestamp,
    /// The position of the last message above it; none where that is not known.
    pub after: Option<u64>,
    /// What it will carry, as far as this page still has it.
    pub files: Vec<LocalFile>,
    /// What it will carry, as the server has it.
    pub attachments: Vec<Attachment>,
}

/// What a change did to the list of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing new.
    None,
    /// This row is another now; the list is the same.
    Row(RowKey),
    /// The list has changed; this row with it.
    Rows(RowKey),
}

/// A window of a room's log, with what is not in the log yet.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The rows by their keys.
    rows: HashMap<RowKey, Row>,
    /// Keys of messages in the log, by position.
    sent: Vec<(u64, RowKey)>,
    /// Keys of drafts, by the time they were typed.
    waiting: Vec<RowKey>,
    /// Everything up to this change is held, as far as the window reaches.
    pub seq: u64,
    /// Nothing has been missed: what is heard next is the next change.
    in_step: bool,
    /// Older messages can be loaded.
    pub more_before: bool,
    /// Newer messages can be loaded: the window does not reach the end.
    pub more_after: bool,
}

impl RowKey {
    /// The key of a message.
    pub fn of(message: &Message) -> Self {
        match &message.client_id {
            Some(client_id) => Self::Text(message.author.id, client_id.clone()),
            None => Self::Line(message.id),
        }
    }
}

impl Log {
    /// The rows in the order in which they are shown. What was refused stands where it was written, also when
    /// others have come since; what waits will come last, so it stands there.
    pub fn keys(&self) -> Vec<RowKey> {
        let refused: Vec<_> = self.waiting.iter().filter_map(|key| Some((self.place(key)?, key))).collect();
        let mut keys = Vec::with_capacity(self.rows.len());
        for place in 0..=self.sent.len() {
            keys.extend(refused.iter().filter(|(at, _)| *at == place).map(|(_, key)| (*key).clone()));
            keys.extend(self.sent.get(place).map(|(_, key)| key.clone()));
        }
        let pending = |key: &&RowKey| matches!(self.rows.get(key), Some(Row::Pending(_)));
        keys.extend(self.waiting.iter().filter(pending).cloned());
        keys
    }

    /// How many messages of the window stand above a refused one; none where it is not in the window.
    fn place(&self, key: &RowKey) -> Option<usize> {
        let Some(Row::Failed(draft, _)) = self.rows.get(key) else { return None };
        let (Some(after), Some((first, last))) = (draft.after, self.edges()) else {
            return Some(self.sent.len());
        };
        let is_outside = (self.more_before && after < first) || (self.more_after && after > last);
        (!is_outside).then(|| self.sent.partition_point(|(position, _)| *position <= after))
    }

    /// The position of the newest message of this author that is held.
    pub fn last_position_of(&self, author: UserId) -> Option<u64> {
        let is_theirs = |key: &RowKey| self.message(key).is_some_and(|message| message.author.id == author);
        self.sent.iter().rev().find(|(_, key)| is_theirs(key)).map(|(position, _)| *position)
    }

    /// One row.
    pub fn row(&self, key: &RowKey) -> Option<&Row> {
        self.rows.get(key)
    }

    /// The first and the last position that are held.
    pub fn edges(&self) -> Option<(u64, u64)> {
        Some((self.sent.first()?.0, self.sent.last()?.0))
    }

    /// Number of the newest text that is held.
    pub fn last_number(&self) -> u64 {
        self.sent.last().and_then(|(_, key)| self.message(key)).map_or(0, |message| message.number)
    }

    /// The message under a key, if it is in the room's log.
    pub fn message(&self, key: &RowKey) -> Option<&Message> {
        match self.rows.get(key)? {
            Row::Sent(message) => Some(message),
            Row::Pending(_) | Row::Failed(..) => None,
        }
    }

    /// Takes a message that is new or has changed.
    ///
    /// One that lies beyond a window that does not reach the end is left to be loaded later.
    pub fn take(&mut self, message: Message) -> Change {
        let key = RowKey::of(&message);
        if let Some(Row::Sent(held)) = self.rows.get(&key) {
            if held.seq >= message.seq {
                return Change::None;
            }
            self.rows.insert(key.clone(), Row::Sent(message));
            return Change::Row(key);
        }
        let (first, last) = self.edges().unwrap_or((0, u64::MAX));
        let beyond =
            (self.more_after && message.position > last) || (self.more_before && message.position < first);
        if beyond && !self.rows.contains_key(&key) {
            return Change::None;
        }
        self.waiting.retain(|waiting| *waiting != key);
        let place = self.sent.partition_point(|(position, _)| *position < message.position);
        self.sent.insert(place, (message.position, key.clone()));
        self.rows.insert(key.clone(), Row::Sent(message));
        Change::Rows(key)
    }

    /// Takes a draft: typed now, or found in the outbox.
    pub fn take_draft(&mut self, author: UserId, draft: Draft) -> Change {
        let key = RowKey::Text(author, draft.client_id.clone());
        match self.rows.get(&key) {
            Some(Row::Sent(_)) => Change::None,
            Some(_) => {
                self.rows.insert(key.clone(), Row::Pending(draft));
                Change::Rows(key)
            }
            None => {
                self.rows.insert(key.clone(), Row::Pending(draft));
                self.waiting.push(key.clone());
                Change::Rows(key)
            }
        }
    }

    /// Marks a draft as refused.
    pub fn refuse(&mut self, key: &RowKey, error: AppError) -> Change {
        match self.rows.get_mut(key) {
            Some(row @ Row::Pending(_)) => {
                if let Row::Pending(draft) = row.clone() {
                    *row = Row::Failed(draft, error);
                }
                Change::Rows(key.clone())
            }
            _ => Change::None,
        }
    }

    /// Takes a draft away.
    pub fn discard(&mut self, key: &RowKey) -> Change {
        if matches!(self.rows.get(key), Some(Row::Sent(_)) | None) {
            return Change::None;
        }
        self.rows.remove(key);
        self.waiting.retain(|waiting| waiting != key);
        Change::Rows(key.clone())
    }

    /// Takes a change that was heard just now. What goes to many leaves the reader's own reaction as it is.
    pub fn hear(&mut self, mut message: Message) -> Change {
        if self.in_step {
            self.seq = self.seq.max(message.seq);
        }
        let held = self.message(&RowKey::of(&message)).and_then(own_reaction);
        if let (MessageBody::Text { reacted: reacted @ None, .. }, Some(own)) = (&mut message.body, held) {
            *reacted = Some(own);
        }
        self.take(message)
    }

    /// The reader has reacted to a message, or taken that back.
    pub fn react(&mut self, id: MessageId, emoji: Option<Emoji>) -> Change {
        let Some(key) = self.key_of(id) else { return Change::None };
        if let Some(Row::Sent(message)) = self.rows.get_mut(&key)
            && let MessageBody::Text { reacted, .. } = &mut message.body
        {
            *reacted = emoji;
        }
        Change::Row(key)
    }

    /// A message by its id, if it is held.
    pub fn find(&self, id: MessageId) -> Option<&Message> {
        self.key_of(id).and_then(|key| self.message(&key))
    }

    fn key_of(&self, id: MessageId) -> Option<RowKey> {
        let is_it = |key: &&RowKey| self.message(key).is_some_and(|message| message.id == id);
        self.sent.iter().map(|(_, key)| key).find(is_it).cloned()
    }

    /// Nothing up to this change is missing any more.
    pub fn catch_up(&mut self, seq: u64) {
        self.seq = self.seq.max(seq);
        self.in_step = true;
    }

    /// Nothing up to this change is missing any more, but something after it may be.
    pub fn come_to(&mut self, seq: u64) {
        self.seq = self.seq.max(seq);
    }

    /// Something after this change may be missing, until [`Log::catch_up`].
    pub fn fall_behind(&mut self, seq: u64) {
        self.seq = self.seq.min(seq);
        self.in_step = false;
    }

    /// Takes away a message that the reader has deleted for themselves.
    pub fn hide(&mut self, id: MessageId, seq: u64) -> Change {
        if self.in_step {
            self.seq = self.seq.max(seq);
        }
        let Some(key) = self.key_of(id) else { return Change::None };
        self.sent.retain(|(_, held)| *held != key);
        self.rows.remove(&key);
        Change::Rows(key)
    }

    /// The newest text of this author that may still be edited.
    pub fn last_text_of(&self, author: UserId) -> Option<&Message> {
        let mut newest_first = self.sent.iter().rev().filter_map(|(_, key)| self.message(key));
        newest_first.find(|m| m.author.id == author && matches!(m.body, MessageBody::Text { .. }))
    }

    /// Forgets what is in the room's log, to be loaded anew as of the change `seq`; drafts stay.
    pub fn reset(&mut self, seq: u64) {
        for (_, key) in self.sent.drain(..) {
            self.rows.remove(&key);
        }
        self.seq = seq;
        self.in_step = true;
        self.more_before = false;
        self.more_after = false;
    }

    /// Lets go of the newest rows beyond the window, after older ones were loaded.
    pub fn trim_newest(&mut self) {
        while self.sent.len() > WINDOW {
            if let Some((_, key)) = self.sent.pop() {
                self.rows.remove(&key);
            }
            self.more_after = true;
        }
    }

    /// Lets go of the oldest rows beyond the window, after newer ones came.
    pub fn trim_oldest(&mut self) {
        let excess = self.sent.len().saturating_sub(WINDOW);
        for (_, key) in self.sent.drain(..excess) {
            self.rows.remove(&key);
        }
        self.more_before |= excess > 0;
    }
}

fn own_reaction(message: &Message) -> Option<Emoji> {
    match &message.body {
        MessageBody::Text { reacted, .. } => reacted.clone(),
        MessageBody::System { .. } | MessageBody::Deleted { .. } | MessageBody::Call(_) => None,
    }
}

/// Takes a membership that is new or has changed; its markers only ever grow.
pub fn take_member(members: &mut Vec<Member>, member: Member) {
    match members.iter_mut().find(|held| held.user.id == member.user.id) {
        Some(held) => {
            let (delivered, read) = (held.delivered.max(member.delivered), held.read.max(member.read));
            if member.seq >= held.seq {
                *held = member;
            }
            held.delivered = delivered;
            held.read = read;
        }
        None => members.push(member),
    }
}

/// What the ticks of an own message say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ticks {
    /// In the room's log.
    Sent,
    /// On a device of every other member.
    Delivered,
    /// Read by every other member.
    Read,
}

/// How far an own message has come with the other members.
pub fn ticks(message: &Message, members: &[Member]) -> Ticks {
    let others = || members.iter().filter(|member| member.active && member.user.id != message.author.id);
    let all = |reached: fn(&Member) -> u64| {
        others().next().is_some() && others().all(|m| reached(m) >= message.number)
    };
    if !matches!(message.body, MessageBody::Text { .. }) {
        Ticks::Sent
    } else if all(|member| member.read) {
        Ticks::Read
    } else if all(|member| member.delivered) {
        Ticks::Delivered
    } else {
        Ticks::Sent
    }
}

#[cfg(test)]
mod tests;
