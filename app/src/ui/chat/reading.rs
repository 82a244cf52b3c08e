//! What a line of the feed shows of its message, each part on its own: what has not changed is not drawn
//! again.

use leptos::prelude::*;
use sapa_model::message::{Correction, Post};
use sapa_model::schedule::Schedule;
use sapa_model::{AppError, Message, MessageBody, MessageId, StoryRef};

use super::carried::Carried;
use super::reactions::Reacted;
use super::ticks::Station;
use crate::i18n::Messages;
use crate::live::RoomLog;
use crate::live::log::{Row, ticks};
use crate::reactive::memo;

/// What has become of a text since it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    #[default]
    Kept,
    /// It says something else now.
    Edited,
    /// It was deleted for everyone.
    Deleted {
        /// By whoever wrote it; else by an admin.
        by_author: bool,
    },
}

impl Fate {
    /// Nothing of it is left.
    pub fn is_deleted(self) -> bool {
        matches!(self, Self::Deleted { .. })
    }
}

/// What stands in place of the words of a deleted message.
pub fn tombstone(t: &Messages, by_author: bool) -> &'static str {
    if by_author { t.message.was_deleted } else { t.message.was_removed }
}

/// The parts of a message. A line that has just gone keeps what it showed until it has left the page.
#[derive(Clone, Copy)]
pub struct Reading {
    /// Its words.
    pub text: Memo<String>,
    /// Whether they are still those.
    pub fate: Memo<Fate>,
    /// The files that it carries.
    pub carried: Memo<Carried>,
    /// What partners would have written.
    pub corrections: Memo<Vec<Correction>>,
    /// The session that it proposes.
    pub schedule: Memo<Option<Schedule>>,
    /// The story that it answers.
    pub story: Memo<Option<StoryRef>>,
    /// How people have reacted to it.
    pub reacted: Memo<Reacted>,
    /// What has become of it as a channel's post.
    pub post: Memo<Option<Post>>,
    /// None while it is not sent.
    pub id: Memo<Option<MessageId>>,
    /// None while it is not sent.
    pub number: Memo<Option<u64>>,
    /// How far it has come.
    pub station: Memo<Station>,
    /// Why it was not sent.
    pub failure: Memo<Option<AppError>>,
}

impl Reading {
    /// Reads a row of this log.
    pub fn of(row: Signal<Option<Row>>, log: StoredValue<RoomLog>) -> Self {
        let members = log.with_value(|log| log.members.clone());
        Self {
            text: kept(row, text),
            fate: kept(row, fate),
            carried: kept(row, carried),
            corrections: kept(row, corrections),
            schedule: kept(row, schedule),
            story: kept(row, story),
            reacted: kept(row, reacted),
            post: kept(row, post),
            id: memo(move || row.with(|row| sent(row.as_ref()).map(|message| message.id))),
            number: memo(move || row.with(|row| sent(row.as_ref()).map(|message| message.number))),
            station: memo(move || {
                row.with(|row| match row {
                    Some(Row::Sent(message)) => ticks(message, &members.read()).into(),
                    Some(Row::Failed(..)) => Station::Failed,
                    Some(Row::Pending(_)) | None => Station::Pending,
                })
            }),
            failure: memo(move || {
                row.with(|row| match row {
                    Some(Row::Failed(_, error)) => Some(error.clone()),
                    _ => None,
                })
            }),
        }
    }
}

fn kept<T: Clone + Default + PartialEq + Send + Sync + 'static>(
    row: Signal<Option<Row>>,
    read: fn(&Row) -> T,
) -> Memo<T> {
    Memo::new(move |before: Option<&T>| {
        let now = row.with(|row| row.as_ref().map(read));
        now.or_else(|| before.cloned()).unwrap_or_default()
    })
}

/// The message, once it is sent.
pub fn sent(row: Option<&Row>) -> Option<&Message> {
    match row {
        Some(Row::Sent(message)) => Some(message),
        _ => None,
    }
}

fn text(row: &Row) -> String {
    match row {
        Row::Sent(message) => match &message.body {
            MessageBody::Text { text, .. } => text.clone(),
            MessageBody::System { .. } | MessageBody::Deleted { .. } | MessageBody::Call(_) => String::new(),
        },
        Row::Pending(draft) | Row::Failed(draft, _) => draft.text.clone(),
    }
}

fn fate(row: &Row) -> Fate {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Deleted { by_author }) => Fate::Deleted { by_author: *by_author },
        Some(MessageBody::Text { edited_at: Some(_), .. }) => Fate::Edited,
        _ => Fate::Kept,
    }
}

fn corrections(row: &Row) -> Vec<Correction> {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { corrections, .. }) => corrections.clone(),
        _ => Vec::new(),
    }
}

fn schedule(row: &Row) -> Option<Schedule> {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { schedule, .. }) => schedule.clone(),
        _ => None,
    }
}

fn story(row: &Row) -> Option<StoryRef> {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { story, .. }) => *story,
        _ => None,
    }
}

fn reacted(row: &Row) -> Reacted {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { reactions, reacted, .. }) => {
            Reacted { counts: reactions.clone(), own: reacted.clone() }
        }
        _ => Reacted::default(),
    }
}

fn post(row: &Row) -> Option<Post> {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { post, .. }) => *post,
        _ => None,
    }
}

fn carried(row: &Row) -> Carried {
    let attachments = match row {
        Row::Sent(message) => match &message.body {
            MessageBody::Text { attachments, .. } => attachments,
            _ => return Carried::Nothing,
        },
        Row::Pending(draft) | Row::Failed(draft, _) if !draft.files.is_empty() => {
            return Carried::Local(draft.files.clone());
        }
        Row::Pending(draft) | Row::Failed(draft, _) => &draft.attachments,
    };
    if attachments.is_empty() { Carried::Nothing } else { Carried::Stored(attachments.clone()) }
}
