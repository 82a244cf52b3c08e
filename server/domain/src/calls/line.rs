//! What a call leaves in the database: its row while it lasts, and its line in the room's history.

use sapa_model::call::{Call, CallLine, CallOutcome};
use sapa_model::ids::CallId;
use sapa_model::{AppResult, Event, RoomId, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::{call, membership};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::messages::{self, Draft};
use crate::writer::Work;
use crate::{cards, markers};

/// Somebody has come in.
pub async fn answered(w: &Work, id: CallId, at: Timestamp) -> AppResult<()> {
    update(w, id, call::ActiveModel { answered_at: Set(Some(at.0)), ..Default::default() }).await
}

/// It is over: its line is written, and its room told.
pub async fn ended(w: &mut Work, call: &Call, shadowed: bool) -> AppResult<()> {
    let seconds = call.answered_at.map(|at| u32::try_from(w.now().since(at) / 1_000).unwrap_or(0));
    let outcome = call.outcome.unwrap_or(CallOutcome::Missed);
    let line = CallLine { media: call.media, outcome, seconds };
    write(w, call.id, call.room_id, call.caller.id, line, shadowed).await
}

/// The calls that go on, as far as the database knows.
pub async fn unfinished(chat: &Chat) -> AppResult<Vec<CallId>> {
    let rows =
        call::Entity::find().filter(call::Column::EndedAt.is_null()).all(chat.db()).await.or_fault()?;
    Ok(rows.into_iter().map(|row| CallId(row.id)).collect())
}

/// Ends those of these calls that were going on when the program ended last, and writes their lines.
pub async fn settle(chat: &Chat, calls: &[CallId]) -> AppResult<()> {
    if calls.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = calls.iter().map(|id| id.0).collect();
    chat.write(async move |w| {
        let left_over =
            call::Entity::find().filter(call::Column::EndedAt.is_null()).filter(call::Column::Id.is_in(ids));
        for row in left_over.all(w.db()).await.or_fault()? {
            let outcome = if row.answered_at.is_some() { CallOutcome::Answered } else { CallOutcome::Missed };
            let line = CallLine { media: row.media.into(), outcome, seconds: None };
            let (room_id, caller) = (RoomId(row.room_id), UserId(row.caller_id));
            write(w, CallId(row.id), room_id, caller, line, row.shadowed).await?;
        }
        Ok(())
    })
    .await
}

async fn write(
    w: &mut Work,
    id: CallId,
    room_id: RoomId,
    caller: UserId,
    line: CallLine,
    shadowed: bool,
) -> AppResult<()> {
    update(w, id, call::ActiveModel { ended_at: Set(Some(w.now().0)), ..Default::default() }).await?;
    if !is_read(w, room_id).await? {
        return Ok(());
    }
    let author = cards::one(w.db(), caller).await?;
    let message = messages::append(w, room_id, &author, Draft::Call { line, shadowed }).await?;
    let hearers = if shadowed { Audience::User(caller) } else { Audience::Room(room_id) };
    let number = message.number.cast_signed();
    w.emit(hearers, Event::Message(message));
    if line.outcome.is_missed() {
        // The caller has not missed it; nor has anybody who never hears of it.
        for user_id in readers(w, room_id, caller, shadowed).await? {
            markers::pass_over(w, room_id, user_id, number).await?;
        }
    }
    Ok(())
}

/// Whether anybody is left to read it: a room that has ended has no members.
async fn is_read(w: &Work, room_id: RoomId) -> AppResult<bool> {
    let member = membership::Entity::find()
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::Active.eq(true));
    Ok(member.one(w.db()).await.or_fault()?.is_some())
}

/// For whom the line does not count.
async fn readers(w: &Work, room_id: RoomId, caller: UserId, shadowed: bool) -> AppResult<Vec<UserId>> {
    if !shadowed {
        return Ok(vec![caller]);
    }
    let both = membership::Entity::find().filter(membership::Column::RoomId.eq(room_id.0));
    Ok(both.all(w.db()).await.or_fault()?.iter().map(|row| UserId(row.user_id)).collect())
}

async fn update(w: &Work, id: CallId, row: call::ActiveModel) -> AppResult<()> {
    let update = call::Entity::update_many().set(row).filter(call::Column::Id.eq(id.0));
    update.exec(w.db()).await.or_fault()?;
    Ok(())
}
