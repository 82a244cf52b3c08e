//! A room's log as signals: the thin reactive layer over [`Log`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use sapa_model::live::Cursor;
use sapa_model::message::{HistoryFrom, MessagePage};
use sapa_model::room::Member;
use sapa_model::{Message, RoomId, UserId};

use super::log::{Change, Log, Row, RowKey};

/// A room's log: cheap to clone, the same log behind every clone.
#[derive(Clone)]
pub struct RoomLog {
    /// Which room.
    pub room_id: RoomId,
    /// Keys of the rows, in the order in which they are shown.
    pub rows: ArcRwSignal<Vec<RowKey>>,
    /// Everyone in the room, with their markers.
    pub members: ArcRwSignal<Vec<Member>>,
    /// Who is typing now, the reader left out.
    pub typing: ArcRwSignal<Vec<UserId>>,
    /// Older messages can be loaded.
    pub more_before: ArcRwSignal<bool>,
    /// Newer messages can be loaded: the window does not reach the end.
    pub more_after: ArcRwSignal<bool>,
    /// A page is being loaded.
    pub loading: ArcRwSignal<bool>,
    /// The first page has come.
    pub ready: ArcRwSignal<bool>,
    /// Counts the changes that were told or loaded, also of what the window does not hold.
    pub changes: ArcRwSignal<u64>,
    /// Why the room cannot be shown.
    pub fault: ArcRwSignal<Option<sapa_model::AppError>>,
    /// Counts the loads: an answer to one that was overtaken is dropped.
    turn: ArcRwSignal<u32>,
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    log: Log,
    /// The newest typing sign of each, so that an older one's end does not end it.
    signs: HashMap<UserId, u32>,
    cells: HashMap<RowKey, ArcRwSignal<Option<Row>>>,
}

impl RoomLog {
    pub(super) fn new(room_id: RoomId) -> Self {
        Self {
            room_id,
            rows: ArcRwSignal::default(),
            members: ArcRwSignal::default(),
            typing: ArcRwSignal::default(),
            more_before: ArcRwSignal::default(),
            more_after: ArcRwSignal::default(),
            loading: ArcRwSignal::default(),
            ready: ArcRwSignal::default(),
            changes: ArcRwSignal::default(),
            fault: ArcRwSignal::default(),
            turn: ArcRwSignal::default(),
            held: Arc::default(),
        }
    }

    /// Begins a load; the number is its own.
    pub(super) fn next_turn(&self) -> u32 {
        self.turn.update_untracked(|turn| *turn += 1);
        self.turn.get_untracked()
    }

    /// Whether this load is still the last one begun.
    pub(super) fn is_turn(&self, turn: u32) -> bool {
        self.turn.get_untracked() == turn
    }

    fn with<T>(&self, read: impl FnOnce(&mut Held) -> T) -> T {
        read(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A row, as a signal; `None` once it has left the window.
    pub fn row(&self, key: &RowKey) -> ArcRwSignal<Option<Row>> {
        self.with(|held| {
            let Held { log, cells, .. } = held;
            cells.entry(key.clone()).or_insert_with(|| ArcRwSignal::new(log.row(key).cloned())).clone()
        })
    }

    /// Looks at the plain log.
    pub fn read<T>(&self, read: impl FnOnce(&Log) -> T) -> T {
        self.with(|held| read(&held.log))
    }

    /// Changes one row.
    pub(super) fn change(&self, change: impl FnOnce(&mut Log) -> Change) {
        let change = self.with(|held| change(&mut held.log));
        self.changes.update(|changes| *changes += 1);
        match change {
            Change::None => {}
            Change::Row(key) => self.show_row(&key),
            Change::Rows(key) => {
                self.show_row(&key);
                self.show();
            }
        }
    }

    /// Takes many messages with one change of the list.
    pub(super) fn change_many(&self, messages: Vec<Message>, then: impl FnOnce(&mut Log)) {
        let changed = self.with(|held| {
            let mut changed = Vec::new();
            for message in messages {
                if let Change::Row(key) | Change::Rows(key) = held.log.take(message) {
                    changed.push(key);
                }
            }
            then(&mut held.log);
            changed
        });
        for key in &changed {
            self.show_row(key);
        }
        self.changes.update(|changes| *changes += 1);
        self.show();
    }

    /// Takes a page of history: `anew` in place of what is held, for a page in the middle must not be joined to
    /// rows that do not touch it; else at the edge at which it was asked for.
    pub(super) fn take_page(&self, page: MessagePage, from: HistoryFrom, anew: bool) {
        let older = matches!(from, HistoryFrom::Before(_));
        let newer = matches!(from, HistoryFrom::After(_));
        self.with(|held| {
            if anew {
                held.log.reset(page.seq);
            }
            // It touches the window from outside.
            (held.log.more_before, held.log.more_after) = (false, false);
        });
        self.change_many(page.messages, |log| {
            if !newer {
                log.more_before = page.more_before;
            }
            if !older {
                log.more_after = page.more_after;
            }
            if older { log.trim_newest() } else { log.trim_oldest() }
        });
    }

    /// Something after the change `seq` may have been missed.
    pub(super) fn fall_behind(&self, seq: u64) {
        self.with(|held| held.log.fall_behind(seq));
    }

    /// Up to where nothing is missing.
    pub(super) fn cursor(&self) -> Cursor {
        Cursor { room_id: self.room_id, seq: self.read(|log| log.seq) }
    }

    /// Counts a typing sign of somebody and tells its number.
    pub(super) fn typing_sign(&self, user: UserId) -> u32 {
        self.with(|held| {
            let sign = held.signs.entry(user).or_default();
            *sign = sign.wrapping_add(1);
            *sign
        })
    }

    /// Whether no sign of somebody has come after this one.
    pub(super) fn is_last_sign(&self, user: UserId, sign: u32) -> bool {
        self.with(|held| held.signs.get(&user) == Some(&sign))
    }

    fn show_row(&self, key: &RowKey) {
        let shown = self.with(|held| Some((held.cells.get(key)?.clone(), held.log.row(key).cloned())));
        if let Some((cell, row)) = shown {
            cell.set(row);
        }
    }

    /// Shows the list and the edges as they are now, and forgets the cells of rows that have gone.
    pub(super) fn show(&self) {
        let (keys, before, after) = self.with(|held| {
            let Held { log, cells, .. } = held;
            cells.retain(|key, _| log.row(key).is_some());
            (log.keys(), log.more_before, log.more_after)
        });
        if *self.rows.read_untracked() != keys {
            self.rows.set(keys);
        }
        set_if_other(&self.more_before, before);
        set_if_other(&self.more_after, after);
    }
}

fn set_if_other(signal: &ArcRwSignal<bool>, value: bool) {
    if signal.get_untracked() != value {
        signal.set(value);
    }
}
