//! From rows to the messages that members see.

use sapa_model::message::{Correction, Post};
use sapa_model::schedule::Schedule;
use sapa_model::{
    AppError, AppResult, Attachment, ClientId, Message, MessageBody, MessageId, RoomId, StoryRef, Timestamp,
};
use sapa_model::{Event, UserCard, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};
use serde::de::DeserializeOwned;

use super::correct;
use super::reactions::{self, Reactions};
use crate::attachments;
use crate::cards;
use crate::entity::words::MessageKind;
use crate::entity::{message, message_hide};
use crate::hub::Audience;
use crate::schedules;
use crate::stories;
use crate::writer::Work;

/// What `user_id` may see of a room's log, and has not deleted for themselves.
pub fn visible_to(user_id: UserId) -> Condition {
    let hidden = Query::select()
        .expr(Expr::val(1))
        .from(message_hide::Entity)
        .and_where(message_hide::Column::UserId.eq(user_id.0))
        .and_where(message_hide::Column::MessageId.into_expr().equals((message::Entity, message::Column::Id)))
        .to_owned();
    shared_with(user_id).add(Expr::exists(hidden).not())
}

/// What `user_id` could ever see of a room's log.
pub fn shared_with(user_id: UserId) -> Condition {
    let open = message::Column::Shadowed.eq(false).or(message::Column::SenderId.eq(user_id.0));
    Condition::all().add(open)
}

/// These rows as `viewer` sees them, in the same order.
pub async fn to_wire<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    rows: Vec<message::Model>,
) -> AppResult<Vec<Message>> {
    let mut authors: Vec<_> = rows.iter().map(|row| UserId(row.sender_id)).collect();
    authors.sort_unstable();
    authors.dedup();
    let cards = cards::load(db, &authors).await?;
    let carriers: Vec<i64> = rows
        .iter()
        .filter(|row| row.deleted_at.is_none() && row.kind == MessageKind::Text)
        .map(|row| row.id)
        .collect();
    let mut carried = attachments::of_messages(db, &carriers).await?;
    let mut scheduled = schedules::of_messages(db, viewer, &carriers).await?;
    let mut answered = stories::of_messages(db, &carriers).await?;
    let mut corrected = correct::of_messages(db, viewer, &carriers).await?;
    let mut reacted = reactions::of_messages(db, viewer, &carriers).await?;
    rows.into_iter()
        .map(|row| {
            let author = cards.get(&UserId(row.sender_id)).cloned().ok_or_else(AppError::internal)?;
            let shadow = if row.sender_id == viewer.0 { row.shadow_body.clone() } else { None };
            let attachments = carried.remove(&row.id).unwrap_or_default();
            let corrections = corrected.remove(&row.id).unwrap_or_default();
            let (schedule, story) = (scheduled.remove(&row.id), answered.remove(&row.id));
            let reactions = reacted.remove(&row.id).unwrap_or_default();
            message(row, author, Inner { shadow, attachments, corrections, schedule, story, reactions })
        })
        .collect()
}

/// What a message's own row does not hold, or not for everyone.
#[derive(Default)]
pub struct Inner {
    /// What its sender sees in place of the body.
    pub shadow: Option<String>,
    /// What it carries.
    pub attachments: Vec<Attachment>,
    /// What partners would have written.
    pub corrections: Vec<Correction>,
    /// The session that it proposes.
    pub schedule: Option<Schedule>,
    /// The story that it answers.
    pub story: Option<StoryRef>,
    /// How people have reacted.
    pub reactions: Reactions,
}

/// One row as members see it, or with its shadow as its sender does.
pub fn message(row: message::Model, author: UserCard, inner: Inner) -> AppResult<Message> {
    let Inner { shadow, attachments, corrections, schedule, story, reactions } = inner;
    let count = |count: i64| u32::try_from(count).unwrap_or(0);
    let body = match row.kind {
        MessageKind::Text if row.deleted_at.is_some() => {
            MessageBody::Deleted { by_author: row.deleted_by == Some(row.sender_id) }
        }
        MessageKind::Text => {
            let edited_at =
                if shadow.is_some() { Some(row.edited_at.unwrap_or(row.created_at)) } else { row.edited_at };
            MessageBody::Text {
                text: shadow.unwrap_or(row.body),
                edited_at: edited_at.map(Timestamp),
                attachments,
                corrections,
                schedule,
                story,
                reactions: reactions.counts,
                reacted: reactions.own,
                post: row.views.map(|views| Post { views: count(views), comments: count(row.comments) }),
            }
        }
        MessageKind::System => MessageBody::System { line: told(&row)? },
        MessageKind::Call => MessageBody::Call(told(&row)?),
    };
    Ok(Message {
        id: MessageId(row.id),
        room_id: RoomId(row.room_id),
        seq: row.seq.unsigned_abs(),
        position: row.position.unsigned_abs(),
        number: row.number.unsigned_abs(),
        author,
        client_id: row.client_id.as_deref().map(ClientId::parse).transpose()?,
        body,
        created_at: Timestamp(row.created_at),
    })
}

/// What a line tells that nobody has typed.
fn told<T: DeserializeOwned>(row: &message::Model) -> AppResult<T> {
    serde_json::from_str(&row.body).map_err(|error| {
        tracing::error!(%error, id = row.id, "a line cannot be read");
        AppError::internal()
    })
}

/// One row as its sender sees it.
pub async fn for_sender<C: ConnectionTrait>(db: &C, row: message::Model) -> AppResult<Message> {
    let sender = UserId(row.sender_id);
    to_wire(db, sender, vec![row]).await?.pop().ok_or_else(AppError::internal)
}

/// One row as everyone else sees it.
pub async fn for_others<C: ConnectionTrait>(db: &C, row: message::Model) -> AppResult<Message> {
    for_sender(db, message::Model { shadow_body: None, ..row }).await
}

/// Tells everyone who may see a message how it is now. Those who see something of their own in it, which is so
/// only across a block, are told that instead of what the others are told.
pub async fn emit(w: &mut Work, row: message::Model) -> AppResult<()> {
    let (room_id, sender) = (RoomId(row.room_id), UserId(row.sender_id));
    if row.shadowed {
        let message = for_sender(w.db(), row).await?;
        w.emit(Audience::User(sender), Event::Message(message));
        return Ok(());
    }
    let mut apart = reactions::shadowed_of(w.db(), row.id).await?;
    apart.extend(correct::shadowed_of(w.db(), row.id).await?);
    if row.shadow_body.is_some() {
        apart.push(sender);
    }
    apart.sort_unstable();
    apart.dedup();
    let for_others = for_others(w.db(), row.clone()).await?;
    match apart[..] {
        [] => w.emit(Audience::Room(room_id), Event::Message(for_others)),
        [one] => w.emit(Audience::RoomBut(room_id, one), Event::Message(for_others)),
        // A direct room has no others.
        _ => {}
    }
    for user_id in apart {
        let message = to_wire(w.db(), user_id, vec![row.clone()]).await?.pop();
        w.emit(Audience::User(user_id), Event::Message(message.ok_or_else(AppError::internal)?));
    }
    Ok(())
}
