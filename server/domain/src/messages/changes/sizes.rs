//! How large changes are, asked of the database before any is read.

use sapa_model::{AppResult, UserId, limits};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::super::visible_to;
use super::budget::{MEMBER_BYTES, Part, Steps, rows};
use crate::entity::{
    attachment, correction, membership, message, message_hide, reaction_count, schedule, schedule_answer,
};
use crate::fault::OrFault;

use membership::Column as MemberIn;
use message_hide::Column as Hide;

/// What a message takes besides its text and what it carries: its author's card, times and numbers.
const MESSAGE_BYTES: usize = 500;
/// What a file, a correction and an answer take besides their texts.
const CARRIED_BYTES: i64 = 400;
/// What a reaction takes.
const REACTION_BYTES: i64 = 64;
/// What the mark of a deletion takes, generously.
const HIDE_BYTES: usize = 64;

/// The changes that these parts tell, and what each takes in bytes: at least as many of them as one answer holds.
pub async fn steps(db: &DatabaseConnection, viewer: UserId, parts: &[Part]) -> AppResult<Steps> {
    let mut steps = Steps::new();
    if !parts.iter().any(Part::tells) {
        return Ok(steps);
    }
    for (room_id, seq, bytes) in messages(db, viewer, parts).await? {
        let bytes = usize::try_from(bytes).unwrap_or(0) + MESSAGE_BYTES;
        steps.entry(room_id).or_default().push((seq, bytes));
    }
    let members = membership::Entity::find();
    let members = places(db, members, parts, (MemberIn::RoomId, MemberIn::Seq), MEMBER_BYTES).await?;
    let hides = message_hide::Entity::find().filter(Hide::UserId.eq(viewer.0));
    let hides = places(db, hides, parts, (Hide::RoomId, Hide::Seq), HIDE_BYTES).await?;
    for (room_id, seq, bytes) in members.into_iter().chain(hides) {
        steps.entry(room_id).or_default().push((seq, bytes));
    }
    for of_room in steps.values_mut() {
        of_room.sort_unstable();
    }
    Ok(steps)
}

async fn messages(
    db: &DatabaseConnection,
    viewer: UserId,
    parts: &[Part],
) -> AppResult<Vec<(i64, i64, i64)>> {
    use message::Column::{RoomId, Seq};
    let messages = message::Entity::find()
        .filter(rows(parts, RoomId, Seq))
        .filter(visible_to(viewer))
        .select_only()
        .columns([RoomId, Seq])
        .column_as(message_bytes(), "bytes")
        .order_by_asc(RoomId)
        .order_by_asc(Seq);
    first(messages, MESSAGE_BYTES).into_tuple().all(db).await.or_fault()
}

/// Where rows stand that take so many bytes each.
async fn places<E: EntityTrait, C: ColumnTrait>(
    db: &DatabaseConnection,
    such: Select<E>,
    parts: &[Part],
    (room_id, seq): (C, C),
    bytes: usize,
) -> AppResult<Vec<(i64, i64, usize)>> {
    let such = such.filter(rows(parts, room_id, seq)).select_only().columns([room_id, seq]);
    let such = first(such.order_by_asc(room_id).order_by_asc(seq), bytes);
    let places: Vec<(i64, i64)> = such.into_tuple().all(db).await.or_fault()?;
    Ok(places.into_iter().map(|(room_id, seq)| (room_id, seq, bytes)).collect())
}

/// As many as fit into an answer if each is as small as can be, and one more.
fn first<E: EntityTrait>(rows: Select<E>, least: usize) -> Select<E> {
    rows.limit((limits::RESUME_BYTES / least + 1) as u64)
}

/// What a message's text takes, and what it carries.
fn message_bytes() -> Expr {
    use attachment::Column as File;
    use correction::Column as Fix;
    let file = length(File::Name).add(length(File::Preview)).add(length(File::Voice)).add(CARRIED_BYTES);
    let fix = length(Fix::Original).add(length(Fix::Body)).add(CARRIED_BYTES);
    let of_session =
        schedule_answer::Column::ScheduleId.into_expr().equals((schedule::Entity, schedule::Column::Id));
    let mut answers = total(Expr::val(CARRIED_BYTES), schedule::Entity, schedule::Column::MessageId);
    answers.inner_join(schedule_answer::Entity, of_session);
    let texts = length(message::Column::Body).add(length(message::Column::ShadowBody));
    let carried = [
        total(file, attachment::Entity, File::MessageId),
        total(fix, correction::Entity, Fix::MessageId),
        total(Expr::val(REACTION_BYTES), reaction_count::Entity, reaction_count::Column::MessageId),
        answers,
    ];
    let bytes = carried.into_iter().fold(texts, |bytes, carried| bytes.add(Expr::from(carried)));
    bytes.cast_as("BIGINT")
}

/// The bytes of a text; none where there is none.
fn length<C: ColumnTrait>(text: C) -> Expr {
    Func::coalesce([Func::cust("OCTET_LENGTH").arg(text.into_expr()).into(), Expr::val(0)]).into()
}

/// The sum over the rows of a table that belong to a message.
fn total<E: EntityTrait, C: ColumnTrait>(each: Expr, of: E, message_id: C) -> SelectStatement {
    Query::select()
        .expr(Func::coalesce([Func::sum(each).into(), Expr::val(0)]))
        .from(of)
        .and_where(message_id.into_expr().equals((message::Entity, message::Column::Id)))
        .to_owned()
}
