//! The room log: each change of a room takes the room's next sequence number.

use sapa_model::call::CallLine;
use sapa_model::{
    AppError, AppResult, Attachment, ClientId, Message, MessageId, RoomId, StoryRef, SystemLine, UserCard,
};
use sea_orm::prelude::Expr;
use sea_orm::{ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};
use serde::Serialize;

use super::wire;
use crate::attachments;
use crate::entity::words::{MessageKind, RoomKind};
use crate::entity::{message, room};
use crate::fault::OrFault;
use crate::schedules::{self, Plan};
use crate::stories;
use crate::writer::Work;

/// A message before it has its place.
pub enum Draft {
    /// Something that a person wrote.
    Text {
        /// The sender's own name for it.
        client_id: ClientId,
        /// See [`sapa_model::text::MessageText`].
        text: String,
        /// What it carries.
        attachments: Vec<Attachment>,
        /// What stands behind it.
        about: Option<About>,
        /// For the sender's eyes only.
        shadowed: bool,
    },
    /// Something that happened to the room.
    Line(SystemLine),
    /// A call that has ended.
    Call {
        /// How.
        line: CallLine,
        /// For the caller's eyes only.
        shadowed: bool,
    },
}

/// What a text is about, beyond what it says.
#[derive(Clone, Copy, Debug)]
pub enum About {
    /// The session that it proposes.
    Session(Plan),
    /// The story that it answers.
    Story(StoryRef),
}

/// Takes the room's next sequence number for a change that is not a message: of the room itself,
/// or of a membership, whose row must then carry it.
pub async fn next_seq(w: &Work, room_id: RoomId) -> AppResult<i64> {
    Ok(advance(w, room_id, 0).await?.last_seq)
}

/// Appends a message to the room's log. Tells nobody: the caller knows who may hear of it.
pub async fn append(w: &Work, room_id: RoomId, author: &UserCard, draft: Draft) -> AppResult<Message> {
    let counts = match &draft {
        Draft::Text { .. } => true,
        Draft::Line(_) => false,
        Draft::Call { line, .. } => line.outcome.is_missed(),
    };
    let room = advance(w, room_id, counts.into()).await?;
    let (client_id, kind, body, attachments, about, shadowed) = match draft {
        Draft::Text { client_id, text, attachments, about, shadowed } => {
            (Some(client_id.into()), MessageKind::Text, text, attachments, about, shadowed)
        }
        Draft::Line(line) => (None, MessageKind::System, json(&line)?, Vec::new(), None, false),
        Draft::Call { line, shadowed } => (None, MessageKind::Call, json(&line)?, Vec::new(), None, shadowed),
    };
    let row = message::ActiveModel {
        id: NotSet,
        room_id: Set(room_id.0),
        sender_id: Set(author.id.0),
        client_id: Set(client_id),
        seq: Set(room.last_seq),
        position: Set(room.last_seq),
        number: Set(room.last_number),
        kind: Set(kind),
        body: Set(body),
        shadowed: Set(shadowed),
        created_at: Set(w.now().0),
        views: Set((counts && room.kind == RoomKind::Channel).then_some(0)),
        ..Default::default()
    };
    let row = message::Entity::insert(row).exec_with_returning(w.db()).await.or_fault()?;
    attachments::bind(w, MessageId(row.id), &attachments).await?;
    if let Some(about) = about {
        let id = MessageId(row.id);
        match about {
            About::Session(plan) => schedules::bind(w, id, author.id, plan).await?,
            About::Story(story) => stories::bind(w, id, story).await?,
        }
        return wire::for_sender(w.db(), row).await;
    }
    wire::message(row, author.clone(), wire::Inner { attachments, ..Default::default() })
}

fn json(told: &impl Serialize) -> AppResult<String> {
    serde_json::to_string(told).map_err(|_| AppError::internal())
}

/// Moves the heads of the log, and answers with the room as it is then.
async fn advance(w: &Work, room_id: RoomId, counted: i64) -> AppResult<room::Model> {
    room::Entity::update_many()
        .col_expr(room::Column::LastSeq, Expr::col(room::Column::LastSeq).add(1))
        .col_expr(room::Column::LastNumber, Expr::col(room::Column::LastNumber).add(counted))
        .filter(room::Column::Id.eq(room_id.0))
        .exec_with_returning(w.db())
        .await
        .or_fault()?
        .pop()
        .ok_or_else(|| AppError::not_found("room"))
}
