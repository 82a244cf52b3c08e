//! Editing a text, and what it said before.

use sapa_model::message::MessageVersion;
use sapa_model::text::MessageText;
use sapa_model::{AppError, AppResult, Event, Message, MessageId, RoomId, Timestamp, TokenScope, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};

use super::{correct, next_seq, row, visible_to, wire};
use crate::attachments;
use crate::chat::Chat;
use crate::entity::words::MessageKind;
use crate::entity::{message, message_version};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::rooms::access::{self, Place};
use crate::rooms::{ties, you_blocked_them};
use crate::scope::Scope;
use crate::writer::Work;

/// Gives an own message another text. Its earlier ones are kept, for whoever may see the message.
///
/// Errors: those of [`MessageText::parse`]; `not_found`, also for what is deleted; `forbidden` for
/// what somebody else wrote, and for a post of somebody who is no admin of the channel any more; `blocked` as for sending; `limit_reached` beyond
/// [`limits::MESSAGE_EDITS_MAX`]. Where the other of a pair has blocked the asker, only the asker
/// ever sees the new text.
pub async fn edit(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    id: MessageId,
    text: &str,
) -> AppResult<Message> {
    let text = MessageText::parse_caption(text)?;
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let place = access::place(w.db(), room_id, me).await?;
        let before = row(w.db(), room_id, id, visible_to(me)).await?;
        if before.sender_id != me.0 || before.kind != MessageKind::Text {
            return Err(AppError::forbidden("Only its author can edit a message."));
        }
        access::check_post(&place)?;
        if before.deleted_at.is_some() {
            return Err(AppError::not_found("message"));
        }
        if text.as_str().is_empty() && attachments::of_messages(w.db(), &[before.id]).await?.is_empty() {
            return Err(AppError::required("text"));
        }
        let text = String::from(text);
        if before.shadow_body.as_ref().unwrap_or(&before.body) == &text {
            return wire::for_sender(w.db(), before).await;
        }
        // They were of what it said.
        correct::forget(w, &[before.id], false).await?;
        rewrite(w, &place, before, text).await
    })
    .await
}

/// Gives a message of the member's own another text and tells of it. What it said is kept.
pub(super) async fn rewrite(
    w: &mut Work,
    place: &Place,
    before: message::Model,
    text: String,
) -> AppResult<Message> {
    let room_id = RoomId(place.room.id);
    let ties = ties::ties(w.db(), place).await?;
    if ties.as_ref().is_some_and(|ties| ties.i_block) {
        return Err(you_blocked_them());
    }
    let across_block = ties.is_some_and(|ties| ties.blocks_me) && !before.shadowed;
    let is_private = across_block || before.shadowed;
    let seq = next_seq(w, room_id).await?;
    let mut row = before.clone().into_active_model();
    row.seq = Set(seq);
    if across_block {
        row.shadow_body = Set(Some(text));
    } else {
        keep_version(w, &before).await?;
        row.body = Set(text);
        row.shadow_body = Set(None);
        row.edited_at = Set(Some(w.now().0));
    }
    let row = row.update(w.db()).await.or_fault()?;
    let message = wire::for_sender(w.db(), row.clone()).await?;
    if is_private {
        w.emit(Audience::User(message.author.id), Event::Message(message.clone()));
    } else {
        wire::emit(w, row).await?;
    }
    Ok(message)
}

/// Keeps what a message says now, and what its sender alone has seen of it.
async fn keep_version(w: &Work, before: &message::Model) -> AppResult<()> {
    let of_this = message_version::Column::MessageId.eq(before.id);
    let kept = message_version::Entity::find().filter(of_this).count(w.db()).await.or_fault()?;
    if kept >= limits::MESSAGE_EDITS_MAX as u64 {
        return Err(AppError::limit_reached("edits", limits::MESSAGE_EDITS_MAX));
    }
    let last = i32::try_from(kept).unwrap_or(i32::MAX);
    let version = |number: i32, body: &str, shadowed| message_version::ActiveModel {
        message_id: Set(before.id),
        version: Set(last.saturating_add(number)),
        body: Set(body.to_owned()),
        shadowed: Set(shadowed),
        written_at: Set(before.edited_at.unwrap_or(before.created_at)),
    };
    let shadow = before.shadow_body.as_deref().map(|shadow| version(2, shadow, true));
    let versions = [version(1, &before.body, false)].into_iter().chain(shadow);
    message_version::Entity::insert_many(versions).exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

/// What a message said before, oldest first; empty where it was never edited. `not_found` for what
/// the asker may not see, and for what is deleted.
pub async fn versions(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    id: MessageId,
) -> AppResult<Vec<MessageVersion>> {
    scope.may(TokenScope::Read)?;
    let (db, viewer) = (chat.db(), scope.user_id);
    access::place(db, room_id, viewer).await?;
    let message = row(db, room_id, id, visible_to(viewer)).await?;
    if message.deleted_at.is_some() {
        return Err(AppError::not_found("message"));
    }
    let is_sender = message.sender_id == viewer.0;
    let rows = message_version::Entity::find()
        .filter(message_version::Column::MessageId.eq(id.0))
        .order_by_asc(message_version::Column::Version)
        .all(db)
        .await
        .or_fault()?;
    let mut versions: Vec<_> = rows
        .into_iter()
        .filter(|row| is_sender || !row.shadowed)
        .map(|row| MessageVersion { text: row.body, written_at: Timestamp(row.written_at) })
        .collect();
    if is_sender && message.shadow_body.is_some() {
        let written_at = Timestamp(message.edited_at.unwrap_or(message.created_at));
        versions.push(MessageVersion { text: message.body, written_at });
    }
    Ok(versions)
}
