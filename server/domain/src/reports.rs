//! Reports: what people tell the host, with what they have seen.

use sapa_model::report::{NewReport, Quoted};
use sapa_model::text::Note;
use sapa_model::{AppError, AppResult, Message, MessageBody, MessageId, RoomId, TokenScope, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::report;
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::{cards, messages, people};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Messages that are kept before the reported one, and after it.
const AROUND: usize = 5;

/// Tells the host of somebody, or of a message of theirs with those around it; blocks them too where
/// that is wanted. They are not told.
///
/// Errors: `invalid`, field `userId`, for oneself; `not_found` for nobody and for a message that the asker
/// cannot see or that is not theirs; `too_long` or `bad_characters`, field `note`; `limit_reached` with
/// too many reports in a day.
pub async fn report(chat: &Chat, scope: &Scope, new: NewReport) -> AppResult<()> {
    let me = scope.may(TokenScope::People)?;
    if new.user_id == me {
        return Err(AppError::invalid("userId", "This is you."));
    }
    let note = Note::parse(&new.note)?;
    cards::one(chat.db(), new.user_id).await?;
    let excerpt = match new.message {
        Some((room_id, id)) => excerpt(chat, scope, &new, room_id, id).await?,
        None => Vec::new(),
    };
    let excerpt = serde_json::to_string(&excerpt).map_err(|_| AppError::internal())?;
    chat.write(async move |w| {
        let today = report::Entity::find()
            .filter(report::Column::ReporterId.eq(me.0))
            .filter(report::Column::CreatedAt.gt(w.now().0 - DAY_MS))
            .count(w.db())
            .await
            .or_fault()?;
        if today >= limits::REPORTS_A_DAY as u64 {
            return Err(AppError::limit_reached("reports in a day", limits::REPORTS_A_DAY));
        }
        let row = report::ActiveModel {
            reporter_id: Set(me.0),
            user_id: Set(new.user_id.0),
            reason: Set(new.reason.into()),
            note: Set(note.into()),
            excerpt: Set(excerpt),
            created_at: Set(w.now().0),
            closed_at: Set(None),
            ..Default::default()
        };
        report::Entity::insert(row).exec_without_returning(w.db()).await.or_fault()?;
        Ok(())
    })
    .await?;
    if new.block {
        people::block(chat, scope, new.user_id).await?;
    }
    Ok(())
}

/// A message and those around it, as the asker sees them.
async fn excerpt(
    chat: &Chat,
    scope: &Scope,
    new: &NewReport,
    room_id: RoomId,
    id: MessageId,
) -> AppResult<Vec<Quoted>> {
    let message = messages::find(chat, scope, room_id, id).await?;
    if message.author.id != new.user_id {
        return Err(AppError::not_found("message"));
    }
    let around = messages::around(chat, scope, &message, AROUND).await?;
    Ok(around.into_iter().filter_map(|other| quote(other, id)).collect())
}

fn quote(message: Message, reported: MessageId) -> Option<Quoted> {
    let MessageBody::Text { text, attachments, .. } = message.body else { return None };
    Some(Quoted {
        author: message.author.username,
        text,
        files: attachments.into_iter().map(|file| file.name.into()).collect(),
        created_at: message.created_at,
        reported: message.id == reported,
    })
}
