//! How many followers have seen a channel's posts.
//!
//! A read marker only ever grows, so a follower passes each post once: every step of theirs adds one view to each
//! post between where it was and where it is now, in the same batch. Nobody is written down as a viewer, and
//! nothing has to be looked up. A step over more than [`limits::VIEWS_SPAN_MAX`] posts counts for the newest of
//! them: nobody has seen the others. What stood there before somebody came does not count them, nor do authors
//! view their own posts. No event tells of a view alone, or each post would be told of as often as it has
//! readers: the count comes with the post, when that is loaded or changes.

use sapa_model::{AppResult, limits};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::words::{MessageKind, RoomKind};
use crate::entity::{message, room};
use crate::fault::OrFault;
use crate::writer::Work;

/// A member's read marker has gone from one number to another: in a channel, the posts in between have been
/// seen once more.
pub async fn count(w: &Work, room: &room::Model, from: i64, to: i64) -> AppResult<()> {
    if room.kind != RoomKind::Channel || to <= from {
        return Ok(());
    }
    let from = Ord::max(from, to - limits::VIEWS_SPAN_MAX.cast_signed());
    // Positions are what the index knows. Backwards from the end, the first one that was read is near.
    let last_read: Option<i64> = message::Entity::find()
        .select_only()
        .column(message::Column::Position)
        .filter(message::Column::RoomId.eq(room.id))
        .filter(message::Column::Number.lte(from))
        .order_by_desc(message::Column::Position)
        .into_tuple()
        .one(w.db())
        .await
        .or_fault()?;
    message::Entity::update_many()
        .col_expr(message::Column::Views, Expr::col(message::Column::Views).add(1))
        .filter(message::Column::RoomId.eq(room.id))
        .filter(message::Column::Position.gt(last_read.unwrap_or(0)))
        .filter(message::Column::Kind.eq(MessageKind::Text))
        .filter(message::Column::Number.gt(from))
        .filter(message::Column::Number.lte(to))
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}
