//! The lines of a feed, and what is said of them aloud.

use leptos::prelude::*;
use sapa_model::{MessageBody, UserId};

use super::super::carried::carried_words;
use super::super::layout::{Line, Sketch, lay_out};
use super::{Goal, Opened};
use crate::i18n::use_t;
use crate::live::log::{Log, Row, RowKey};
use crate::live::{RoomLog, live};
use crate::reactive::memo;
use crate::ui::kit::use_day;

/// The log's rows with their days, runs and the unread line.
pub fn lines(log: StoredValue<RoomLog>, opened: Opened, me: UserId) -> Memo<Vec<Line<RowKey>>> {
    let day = use_day();
    let read = (opened.unread > 0).then_some(opened.read);
    memo(move || {
        let log = log.get_value();
        let keys = log.rows.get();
        let sketches = log.read(|log| {
            let sketch = |key: RowKey| {
                let (author, at, number) = match log.row(&key)? {
                    Row::Sent(message) => (message.author.id, message.created_at, Some(message.number)),
                    Row::Pending(draft) | Row::Failed(draft, _) => (me, draft.at, None),
                };
                let text = matches!(key, RowKey::Text(..));
                Some(Sketch { key, author, at, day: 0, number, text })
            };
            keys.into_iter().filter_map(sketch).collect::<Vec<_>>()
        });
        let sketches = sketches.into_iter().map(|sketch| Sketch { day: day(sketch.at), ..sketch });
        lay_out(sketches, read, me)
    })
}

/// What is said aloud: each message of the others as it comes, once.
pub fn announcements(
    log: StoredValue<RoomLog>,
    lines: Memo<Vec<Line<RowKey>>>,
    me: UserId,
    placed: StoredValue<Option<Goal>>,
) -> RwSignal<String> {
    let t = use_t();
    let live = live();
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<u64>| {
        lines.track();
        let log = log.get_value();
        let newest = log.read(Log::last_number);
        if placed.get_value().is_some() && before.is_some_and(|before| newest > before) {
            let words = log.read(|log| {
                let last = log.keys().into_iter().rev().find_map(|key| log.message(&key).cloned())?;
                match last.body {
                    MessageBody::Text { text, attachments, .. } if last.author.id != me => {
                        let said = if text.is_empty() { carried_words(t, &attachments) } else { text };
                        Some(format!("{}: {said}", live.newest(&last.author).nickname))
                    }
                    _ => None,
                }
            });
            if let Some(words) = words {
                said.set(words);
            }
        }
        newest
    });
    said
}
