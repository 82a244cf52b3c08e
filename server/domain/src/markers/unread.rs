//! What is deleted does not count as unread.
//!
//! A membership counts what is deleted after its read marker, for everyone or for the member alone. A deletion
//! moves the count by one; a marker that comes to the end sets it to nothing, one that stops before has it counted
//! anew.

use sapa_model::{AppResult, Event, RoomId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter};

use crate::entity::words::MessageKind;
use crate::entity::{membership, message, message_hide, room};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::rooms::access::Place;
use crate::writer::Work;

/// Within a select over `memberships` and `rooms`: how many messages are unread.
pub fn unread() -> SimpleExpr {
    room::Column::LastNumber
        .into_expr()
        .sub(membership::Column::ReadNumber.into_expr())
        .sub(membership::Column::UnreadDeleted.into_expr())
}

/// Which way a count goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A message has been deleted.
    Deleted,
    /// Its deletion has been taken back.
    Restored,
}

/// Counts a message that `only` one member, else everyone, can no longer see or can see again, for those who have
/// not come to it. Whoever had put it out of their own sight has it counted already. Of all these are told; the only
/// one hears of the room as a whole.
pub(crate) async fn count(
    w: &mut Work,
    row: &message::Model,
    only: Option<UserId>,
    step: Step,
) -> AppResult<()> {
    use membership::Column::{ReadNumber, RoomId as Room, UnreadDeleted, UserId as User};
    if row.kind != MessageKind::Text || (only.is_some() && row.deleted_at.is_some()) {
        return Ok(());
    }
    let by = match step {
        Step::Deleted => 1,
        Step::Restored => -1,
    };
    let whose = match only {
        Some(user_id) => User.eq(user_id.0),
        None => User.not_in_subquery(hiders(row.id)),
    };
    let moved = membership::Entity::update_many()
        .col_expr(UnreadDeleted, Expr::col(UnreadDeleted).add(by))
        .filter(Room.eq(row.room_id))
        .filter(ReadNumber.lt(row.number))
        .filter(whose)
        .exec_with_returning(w.db())
        .await
        .or_fault()?;
    for member in moved.iter().filter(|member| member.active && only.is_none()) {
        tell(w, member);
    }
    Ok(())
}

/// Counts anew after the read marker has moved on, and tells where it cannot be told from the marker.
pub(super) async fn recount(w: &mut Work, place: &mut Place) -> AppResult<()> {
    use message::Column::{DeletedAt, Id, Kind, Number, Position, RoomId as Room};
    let me = &mut place.me;
    if me.unread_deleted == 0 {
        return Ok(());
    }
    if me.read_number >= place.room.last_number {
        me.unread_deleted = 0;
        return Ok(());
    }
    let hidden = Query::select()
        .column(message_hide::Column::MessageId)
        .from(message_hide::Entity)
        .and_where(message_hide::Column::UserId.eq(me.user_id))
        .and_where(message_hide::Column::RoomId.eq(me.room_id))
        .to_owned();
    let left = message::Entity::find()
        .filter(Room.eq(me.room_id))
        // A position is never below its number: this is where the index can begin.
        .filter(Position.gt(me.read_number))
        .filter(Number.gt(me.read_number))
        .filter(Kind.eq(MessageKind::Text))
        .filter(Condition::any().add(DeletedAt.is_not_null()).add(Id.in_subquery(hidden)))
        .count(w.db())
        .await
        .or_fault()?;
    me.unread_deleted = i64::try_from(left).unwrap_or(i64::MAX);
    tell(w, me);
    Ok(())
}

fn tell(w: &mut Work, member: &membership::Model) {
    let event = Event::Unread {
        room_id: RoomId(member.room_id),
        read: member.read_number.unsigned_abs(),
        deleted: member.unread_deleted.unsigned_abs(),
    };
    w.emit(Audience::User(UserId(member.user_id)), event);
}

/// Who has put a message out of their own sight.
fn hiders(message_id: i64) -> SelectStatement {
    Query::select()
        .column(message_hide::Column::UserId)
        .from(message_hide::Entity)
        .and_where(message_hide::Column::MessageId.eq(message_id))
        .to_owned()
}
