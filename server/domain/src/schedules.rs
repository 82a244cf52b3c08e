//! Schedules: sessions that people propose in a room, answer, and are reminded of.
//!
//! A session is carried by a message, whose text is its topic: it has its place in the room's log, and
//! every answer is a change of that message.

use std::collections::HashMap;
use std::time::Duration;

use sapa_model::message::Content;
use sapa_model::schedule::{NewSchedule, Schedule, ScheduleAnswer};
use sapa_model::text::Topic;
use sapa_model::{
    AppError, AppResult, ErrorCode, Event, Message, MessageBody, MessageId, Role, RoomId, ScheduleId,
    Timestamp, TokenScope, UserId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict, Query, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use crate::chat::Chat;
use crate::entity::{membership, message, schedule, schedule_answer};
use crate::fault::{OrFault, Refused};
use crate::hub::Audience;
use crate::rooms::{access, ties, you_blocked_them};
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, clock, messages, standing};

/// How often to look for what begins soon.
const EVERY: Duration = Duration::from_secs(15);

/// When a session is, parsed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    starts_at: Timestamp,
    minutes: u32,
}

/// Proposes a session in a room of the asker's, who comes. Proposed again under the same `client_id`, it
/// is the first one.
///
/// Errors: `required`, `too_long` or `bad_characters`, field `topic`; `invalid`, field `startsAt` or
/// `minutes`; otherwise as for [`messages::send`].
pub async fn propose(chat: &Chat, scope: &Scope, room_id: RoomId, new: NewSchedule) -> AppResult<Message> {
    scope.may(TokenScope::Write)?;
    let topic = Topic::parse(&new.topic)?;
    let ahead = new.starts_at.since(clock::now());
    if ahead <= 0 || ahead > limits::SCHEDULE_AHEAD_MS {
        return Err(AppError::invalid("startsAt", "startsAt must be in the future, within a year."));
    }
    if !(limits::SCHEDULE_MINUTES_MIN..=limits::SCHEDULE_MINUTES_MAX).contains(&new.minutes) {
        return Err(AppError::invalid("minutes", "minutes must be from 5 to 720."));
    }
    let plan = Plan { starts_at: new.starts_at, minutes: new.minutes };
    let content = Content { text: topic.into(), attachments: Vec::new() };
    let about = messages::About::Session(plan);
    messages::send_with(chat, scope, room_id, new.client_id, content, Some(about)).await
}

/// Says whether the asker comes; the last answer counts.
///
/// `not_found` for what the asker may not see; `conflict` for what is called off or over; `blocked`.
/// Where the proposer has blocked the asker, only the asker ever sees the answer.
pub async fn answer(chat: &Chat, scope: &Scope, id: ScheduleId, accepts: bool) -> AppResult<Message> {
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let (session, message) = find_row(w.db(), me, id).await?;
        let ends_at = session.starts_at + i64::from(session.minutes) * 60_000;
        if session.cancelled_at.is_some() || ends_at <= w.now().0 {
            return Err(AppError::new(ErrorCode::Conflict, "This session is called off or over."));
        }
        let place = access::place(w.db(), RoomId(message.room_id), me).await?;
        let ties = ties::ties(w.db(), &place).await?;
        if ties.as_ref().is_some_and(|ties| ties.i_block) {
            return Err(you_blocked_them());
        }
        let shadowed = ties.is_some_and(|ties| ties.blocks_me);
        put_answer(w, id, me, accepts, shadowed).await?;
        messages::tell_changed(w, me, message, shadowed).await
    })
    .await
}

/// Calls a session off: its proposer, or an admin of the group. Again, nothing changes.
pub async fn cancel(chat: &Chat, scope: &Scope, id: ScheduleId) -> AppResult<Message> {
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let (_, message) = find_row(w.db(), me, id).await?;
        let place = access::place(w.db(), RoomId(message.room_id), me).await?;
        let is_admin = Role::from(place.me.role).may_delete_messages();
        if message.sender_id != me.0 && !is_admin {
            return Err(AppError::forbidden("Only who has proposed it or an admin can call it off."));
        }
        let off = schedule::ActiveModel { cancelled_at: Set(Some(w.now().0)), ..Default::default() };
        let update = schedule::Entity::update_many()
            .set(off)
            .filter(schedule::Column::Id.eq(id.0))
            .filter(schedule::Column::CancelledAt.is_null());
        update.exec(w.db()).await.or_fault()?;
        let shadowed = message.shadowed;
        messages::tell_changed(w, me, message, shadowed).await
    })
    .await
}

/// A session with the message that carries it, for whoever may see that.
pub async fn find(chat: &Chat, scope: &Scope, id: ScheduleId) -> AppResult<(Schedule, Message)> {
    scope.may(TokenScope::Read)?;
    let (_, row) = find_row(chat.db(), scope.user_id, id).await?;
    let message = messages::to_wire(chat.db(), scope.user_id, vec![row]).await?.pop();
    let message = message.ok_or_else(AppError::internal)?;
    match &message.body {
        MessageBody::Text { schedule: Some(schedule), .. } => Ok((schedule.clone(), message)),
        _ => Err(AppError::not_found("schedule")),
    }
}

async fn find_row<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    id: ScheduleId,
) -> AppResult<(schedule::Model, message::Model)> {
    let missing = || AppError::not_found("schedule");
    let session = schedule::Entity::find_by_id(id.0).one(db).await.or_fault()?.ok_or_else(missing)?;
    let message = message::Entity::find_by_id(session.message_id)
        .filter(messages::visible_to(viewer))
        .filter(message::Column::DeletedAt.is_null())
        .one(db)
        .await
        .or_fault()?
        .ok_or_else(missing)?;
    access::place(db, RoomId(message.room_id), viewer).await.told_as(missing)?;
    Ok((session, message))
}

async fn put_answer(
    w: &Work,
    id: ScheduleId,
    user_id: UserId,
    accepts: bool,
    shadowed: bool,
) -> AppResult<()> {
    use schedule_answer::Column::{Accepts, AnsweredAt, ScheduleId as Session, Shadowed, UserId as Who};
    let row = schedule_answer::ActiveModel {
        schedule_id: Set(id.0),
        user_id: Set(user_id.0),
        accepts: Set(accepts),
        shadowed: Set(shadowed),
        answered_at: Set(w.now().0),
    };
    let in_place =
        OnConflict::columns([Session, Who]).update_columns([Accepts, AnsweredAt, Shadowed]).to_owned();
    let insert = schedule_answer::Entity::insert(row).on_conflict(in_place);
    insert.exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

/// Gives a session to the message that proposes it; its author comes.
pub(crate) async fn bind(w: &Work, message_id: MessageId, author: UserId, plan: Plan) -> AppResult<()> {
    let row = schedule::ActiveModel {
        message_id: Set(message_id.0),
        starts_at: Set(plan.starts_at.0),
        minutes: Set(plan.minutes.cast_signed()),
        cancelled_at: Set(None),
        reminded_at: Set(None),
        ..Default::default()
    };
    let id = schedule::Entity::insert(row).exec(w.db()).await.or_fault()?.last_insert_id;
    put_answer(w, ScheduleId(id), author, true, false).await
}

/// The sessions that these messages carry, with the answers that `viewer` may see.
pub(crate) async fn of_messages<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    message_ids: &[i64],
) -> AppResult<HashMap<i64, Schedule>> {
    if message_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sessions = schedule::Entity::find()
        .filter(schedule::Column::MessageId.is_in(message_ids.iter().copied()))
        .all(db)
        .await
        .or_fault()?;
    if sessions.is_empty() {
        return Ok(HashMap::new());
    }
    let seen = Condition::any()
        .add(schedule_answer::Column::Shadowed.eq(false))
        .add(schedule_answer::Column::UserId.eq(viewer.0));
    let rows = schedule_answer::Entity::find()
        .filter(schedule_answer::Column::ScheduleId.is_in(sessions.iter().map(|session| session.id)))
        .filter(seen)
        .order_by_asc(schedule_answer::Column::AnsweredAt)
        .order_by_asc(schedule_answer::Column::UserId)
        .all(db)
        .await
        .or_fault()?;
    let people: Vec<_> = rows.iter().map(|row| UserId(row.user_id)).collect();
    let cards = cards::load(db, &people).await?;
    let mut answers: HashMap<i64, Vec<ScheduleAnswer>> = HashMap::new();
    for row in rows {
        let Some(user) = cards.get(&UserId(row.user_id)).cloned() else { continue };
        answers.entry(row.schedule_id).or_default().push(ScheduleAnswer { user, accepts: row.accepts });
    }
    let schedule = |session: schedule::Model| {
        let schedule = Schedule {
            id: ScheduleId(session.id),
            starts_at: Timestamp(session.starts_at),
            minutes: session.minutes.unsigned_abs(),
            cancelled: session.cancelled_at.is_some(),
            answers: answers.remove(&session.id).unwrap_or_default(),
        };
        (session.message_id, schedule)
    };
    Ok(sessions.into_iter().map(schedule).collect())
}

/// Takes the sessions of messages away that are purged.
pub(crate) async fn forget(w: &Work, message_ids: &[i64]) -> AppResult<()> {
    let gone = schedule::Column::MessageId.is_in(message_ids.iter().copied());
    schedule::Entity::delete_many().filter(gone).exec(w.db()).await.or_fault()?;
    Ok(())
}

/// Reminds of what begins soon, for ever.
pub async fn run(chat: Chat) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = remind(&chat).await {
            tracing::warn!(%error, "nobody can be reminded now");
        }
    }
}

/// Reminds those who come to a session that begins within [`limits::REMIND_AHEAD_MS`], once.
pub async fn remind(chat: &Chat) -> AppResult<()> {
    let now = clock::now().0;
    let soon = Condition::all()
        .add(schedule::Column::RemindedAt.is_null())
        .add(schedule::Column::CancelledAt.is_null())
        .add(schedule::Column::StartsAt.gt(now))
        .add(schedule::Column::StartsAt.lte(now + limits::REMIND_AHEAD_MS));
    let sessions = schedule::Entity::find().filter(soon).filter(proposer_may_act());
    for session in sessions.all(chat.db()).await.or_fault()? {
        chat.write(async move |w| remind_of(w, session).await).await?;
    }
    Ok(())
}

/// Reminds somebody who has just come of what begins soon: they may have been away when the others were.
pub(crate) async fn remind_newcomer(w: &mut Work, user_id: UserId) -> AppResult<()> {
    let now = w.now().0;
    let soon = Condition::all()
        .add(schedule::Column::RemindedAt.is_not_null())
        .add(schedule::Column::CancelledAt.is_null())
        .add(schedule::Column::StartsAt.gt(now))
        .add(schedule::Column::StartsAt.lte(now + limits::REMIND_AHEAD_MS));
    let sessions = schedule::Entity::find().filter(soon).filter(proposer_may_act());
    for session in sessions.all(w.db()).await.or_fault()? {
        remind_those(w, &session, Some(user_id)).await?;
    }
    Ok(())
}

/// Sessions of whom the host has sent away are not gone, but nobody is reminded of them.
fn proposer_may_act() -> SimpleExpr {
    let carrier = Query::select()
        .expr(Expr::val(1))
        .from(message::Entity)
        .and_where(message::Column::Id.into_expr().equals((schedule::Entity, schedule::Column::MessageId)))
        .and_where(standing::may_act((message::Entity, message::Column::SenderId)))
        .to_owned();
    Expr::exists(carrier)
}

async fn remind_of(w: &mut Work, session: schedule::Model) -> AppResult<()> {
    let done = schedule::ActiveModel { reminded_at: Set(Some(w.now().0)), ..Default::default() };
    let update = schedule::Entity::update_many().set(done).filter(schedule::Column::Id.eq(session.id));
    update.exec(w.db()).await.or_fault()?;
    remind_those(w, &session, None).await
}

/// Reminds those who come to a session, or only one of them.
async fn remind_those(w: &mut Work, session: &schedule::Model, only: Option<UserId>) -> AppResult<()> {
    let row = message::Entity::find_by_id(session.message_id).one(w.db()).await.or_fault()?;
    let Some(row) = row.filter(|row| row.deleted_at.is_none()) else { return Ok(()) };
    let mut coming = schedule_answer::Entity::find()
        .filter(schedule_answer::Column::ScheduleId.eq(session.id))
        .filter(schedule_answer::Column::Accepts.eq(true));
    if let Some(only) = only {
        coming = coming.filter(schedule_answer::Column::UserId.eq(only.0));
    }
    let coming = coming.all(w.db()).await.or_fault()?;
    if coming.is_empty() {
        return Ok(());
    }
    let members = membership::Entity::find()
        .filter(membership::Column::RoomId.eq(row.room_id))
        .filter(membership::Column::UserId.is_in(coming.iter().map(|answer| answer.user_id)))
        .filter(membership::Column::Active.eq(true))
        .all(w.db())
        .await
        .or_fault()?;
    let message = messages::for_others(w.db(), row).await?;
    for member in members {
        w.emit(Audience::User(UserId(member.user_id)), Event::Reminder(message.clone()));
    }
    Ok(())
}
