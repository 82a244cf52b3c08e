//! Corrections: what a partner would have written instead, for the author to take over.

use std::collections::HashMap;

use sapa_model::message::Correction;
use sapa_model::text::MessageText;
use sapa_model::{
    AppError, AppResult, Event, Message, MessageId, RoomId, Timestamp, TokenScope, UserId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};

use super::edit::rewrite;
use super::{next_seq, row, visible_to, wire};
use crate::cards;
use crate::chat::Chat;
use crate::entity::words::MessageKind;
use crate::entity::{correction, message};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::rooms::access::{self, Place};
use crate::rooms::{ties, you_blocked_them};
use crate::scope::Scope;
use crate::writer::Work;

/// Corrects what somebody else wrote; in place of an earlier correction of the asker's.
///
/// Errors: those of [`MessageText::parse`], and `invalid` for the same text, field `text`; `not_found`,
/// also for what is deleted; `forbidden` for an own message and in a channel; `blocked`; `limit_reached` with too many
/// corrections. Where the author has blocked the asker, only the asker ever sees it.
pub async fn correct(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    id: MessageId,
    text: &str,
) -> AppResult<Message> {
    let text = MessageText::parse(text)?;
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let place = access::place(w.db(), room_id, me).await?;
        let before = text_of_another(w, &place, id).await?;
        if before.body == text.as_str() {
            return Err(AppError::invalid("text", "Nothing is changed in it."));
        }
        let ties = ties::ties(w.db(), &place).await?;
        if ties.as_ref().is_some_and(|ties| ties.i_block) {
            return Err(you_blocked_them());
        }
        let of_others = Condition::all()
            .add(correction::Column::MessageId.eq(id.0))
            .add(correction::Column::AuthorId.ne(me.0));
        let others = correction::Entity::find().filter(of_others).count(w.db()).await.or_fault()?;
        if others >= limits::CORRECTIONS_MAX as u64 {
            return Err(AppError::limit_reached("corrections", limits::CORRECTIONS_MAX));
        }
        let shadowed = ties.is_some_and(|ties| ties.blocks_me);
        let made = correction::ActiveModel {
            message_id: Set(id.0),
            author_id: Set(me.0),
            original: Set(before.body.clone()),
            body: Set(text.into()),
            accepted: Set(false),
            shadowed: Set(shadowed),
            created_at: Set(w.now().0),
        };
        let in_place = OnConflict::columns([correction::Column::MessageId, correction::Column::AuthorId])
            .update_columns([
                correction::Column::Original,
                correction::Column::Body,
                correction::Column::Accepted,
                correction::Column::Shadowed,
                correction::Column::CreatedAt,
            ])
            .to_owned();
        let insert = correction::Entity::insert(made).on_conflict(in_place);
        insert.exec_without_returning(w.db()).await.or_fault()?;
        tell(w, me, before, shadowed).await
    })
    .await
}

/// Takes an own correction back; without one nothing changes.
pub async fn take_back_correction(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    id: MessageId,
) -> AppResult<Message> {
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let place = access::place(w.db(), room_id, me).await?;
        let before = text_of_another(w, &place, id).await?;
        let found = correction::Entity::find_by_id((id.0, me.0)).one(w.db()).await.or_fault()?;
        let shadowed = found.is_none_or(|correction| correction.shadowed);
        correction::Entity::delete_by_id((id.0, me.0)).exec(w.db()).await.or_fault()?;
        tell(w, me, before, shadowed).await
    })
    .await
}

/// Takes a correction of an own message over: from here on it says that, its earlier text is kept as a
/// version, and other corrections are gone.
///
/// `not_found` where there is no such correction (any more); otherwise as for [`super::edit`].
pub async fn accept_correction(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    id: MessageId,
    by: UserId,
) -> AppResult<Message> {
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let place = access::place(w.db(), room_id, me).await?;
        let before = row(w.db(), room_id, id, visible_to(me)).await?;
        if before.sender_id != me.0 {
            return Err(AppError::forbidden("Only its author can accept a correction."));
        }
        let found = correction::Entity::find_by_id((id.0, by.0)).one(w.db()).await.or_fault()?;
        let found = found.filter(|found| !found.shadowed && before.deleted_at.is_none());
        let found = found.ok_or_else(|| AppError::not_found("correction"))?;
        let text = found.body.clone();
        let others = Condition::all()
            .add(correction::Column::MessageId.eq(id.0))
            .add(correction::Column::AuthorId.ne(by.0));
        correction::Entity::delete_many().filter(others).exec(w.db()).await.or_fault()?;
        let mut accepted = found.into_active_model();
        accepted.accepted = Set(true);
        accepted.update(w.db()).await.or_fault()?;
        rewrite(w, &place, before, text).await
    })
    .await
}

/// A message of the asker's room that somebody else wrote in words.
async fn text_of_another(w: &Work, place: &Place, id: MessageId) -> AppResult<message::Model> {
    access::check_members_meet(place)?;
    let me = UserId(place.me.user_id);
    let found = row(w.db(), RoomId(place.room.id), id, visible_to(me)).await?;
    if found.deleted_at.is_some() || found.kind != MessageKind::Text || found.body.is_empty() {
        return Err(AppError::not_found("message"));
    }
    if found.sender_id == me.0 {
        return Err(AppError::forbidden("An own message is edited, not corrected."));
    }
    Ok(found)
}

/// Tells the room of a message that carries something else than before (corrections, answers), or where
/// that is between the asker and themselves, the asker alone. Answers with it as the asker sees it.
pub(crate) async fn tell(
    w: &mut Work,
    me: UserId,
    before: message::Model,
    shadowed: bool,
) -> AppResult<Message> {
    let room_id = RoomId(before.room_id);
    let mut changed = before.into_active_model();
    changed.seq = Set(next_seq(w, room_id).await?);
    let row = changed.update(w.db()).await.or_fault()?;
    let mine = wire::to_wire(w.db(), me, vec![row.clone()]).await?.pop().ok_or_else(AppError::internal)?;
    if shadowed {
        w.emit(Audience::User(me), Event::Message(mine.clone()));
    } else {
        wire::emit(w, row).await?;
    }
    Ok(mine)
}

/// The corrections of these messages that `viewer` may see, the earliest first.
pub(super) async fn of_messages<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    message_ids: &[i64],
) -> AppResult<HashMap<i64, Vec<Correction>>> {
    let mut corrections: HashMap<i64, Vec<Correction>> = HashMap::new();
    if message_ids.is_empty() {
        return Ok(corrections);
    }
    let seen = Condition::any()
        .add(correction::Column::Shadowed.eq(false))
        .add(correction::Column::AuthorId.eq(viewer.0));
    let rows = correction::Entity::find()
        .filter(correction::Column::MessageId.is_in(message_ids.iter().copied()))
        .filter(seen)
        .order_by_asc(correction::Column::CreatedAt)
        .all(db)
        .await
        .or_fault()?;
    let authors: Vec<_> = rows.iter().map(|row| UserId(row.author_id)).collect();
    let cards = cards::load(db, &authors).await?;
    for row in rows {
        let Some(author) = cards.get(&UserId(row.author_id)).cloned() else { continue };
        corrections.entry(row.message_id).or_default().push(Correction {
            author,
            original: row.original,
            text: row.body,
            accepted: row.accepted,
            created_at: Timestamp(row.created_at),
        });
    }
    Ok(corrections)
}

/// Who has corrected a message for their own eyes alone.
pub(super) async fn shadowed_of<C: ConnectionTrait>(db: &C, message_id: i64) -> AppResult<Vec<UserId>> {
    let such = Condition::all()
        .add(correction::Column::MessageId.eq(message_id))
        .add(correction::Column::Shadowed.eq(true));
    let rows = correction::Entity::find().filter(such).all(db).await.or_fault()?;
    Ok(rows.into_iter().map(|row| UserId(row.author_id)).collect())
}

/// Takes the corrections of a text away that is there no longer.
pub(super) async fn forget(w: &Work, ids: &[i64], but_accepted: bool) -> AppResult<()> {
    let mut such = Condition::all().add(correction::Column::MessageId.is_in(ids.iter().copied()));
    if but_accepted {
        such = such.add(correction::Column::Accepted.eq(false));
    }
    correction::Entity::delete_many().filter(such).exec(w.db()).await.or_fault()?;
    Ok(())
}
