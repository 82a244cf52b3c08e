//! From rows to the messages that members see.

use sapa_model::{AppError, AppResult, ClientId, Message, MessageBody, MessageId, RoomId, Timestamp};
use sapa_model::{UserCard, UserId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};

use crate::cards;
use crate::entity::message;
use crate::entity::words::MessageKind;

/// What `user_id` may see of a room's log.
pub fn visible_to(user_id: UserId) -> Condition {
    Condition::any().add(message::Column::Shadowed.eq(false)).add(message::Column::SenderId.eq(user_id.0))
}

/// These rows as members see them, in the same order.
pub async fn to_wire<C: ConnectionTrait>(db: &C, rows: Vec<message::Model>) -> AppResult<Vec<Message>> {
    let mut authors: Vec<_> = rows.iter().map(|row| UserId(row.sender_id)).collect();
    authors.sort_unstable();
    authors.dedup();
    let cards = cards::load(db, &authors).await?;
    rows.into_iter()
        .map(|row| {
            let author = cards.get(&UserId(row.sender_id)).cloned().ok_or_else(AppError::internal)?;
            message(row, author)
        })
        .collect()
}

/// One row as members see it.
pub fn message(row: message::Model, author: UserCard) -> AppResult<Message> {
    let body = match row.kind {
        MessageKind::Text => MessageBody::Text { text: row.body },
        MessageKind::System => {
            let line = serde_json::from_str(&row.body).map_err(|error| {
                tracing::error!(%error, id = row.id, "a system line cannot be read");
                AppError::internal()
            })?;
            MessageBody::System { line }
        }
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
