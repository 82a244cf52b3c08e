//! Whether a message was read.

use std::collections::HashSet;

use sapa_model::{AppResult, Message, MessageBody, MessageId, UserId};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use crate::chat::Chat;
use crate::entity::{membership, message};
use crate::fault::OrFault;
use crate::rooms::view;
use crate::scope::Scope;

/// Those of these messages, of rooms of the asker's, that somebody else than their author has read, as far as the
/// asker may know it.
///
/// Of a channel's post its views say so; for all others together there is one query. What is deleted, and a line
/// that nobody wrote, is never among them. It goes with messages that the asker has been given, whatever their token
/// was made for.
pub async fn read_by_others(
    chat: &Chat,
    scope: &Scope,
    messages: &[&Message],
) -> AppResult<HashSet<MessageId>> {
    let (mut read, mut to_find) = (HashSet::new(), Vec::new());
    for message in messages {
        match &message.body {
            MessageBody::Text { post: Some(post), .. } if post.views > 0 => {
                read.insert(message.id);
            }
            MessageBody::Text { post: None, .. } => to_find.push(message.id.0),
            MessageBody::Text { .. }
            | MessageBody::Deleted { .. }
            | MessageBody::System { .. }
            | MessageBody::Call(_) => {}
        }
    }
    if !to_find.is_empty() {
        let found: Vec<i64> = message::Entity::find()
            .select_only()
            .column(message::Column::Id)
            .filter(message::Column::Id.is_in(to_find))
            .filter(Expr::exists(place_of(scope.user_id)))
            .filter(Expr::exists(readers(scope.user_id)))
            .into_tuple()
            .all(chat.db())
            .await
            .or_fault()?;
        read.extend(found.into_iter().map(MessageId));
    }
    Ok(read)
}

/// Within a select over `messages`: the memberships of whoever else has read one, as far as `viewer` sees that.
/// Whoever came later has not: all that was there before counts as read by them.
fn readers(viewer: UserId) -> SelectStatement {
    use membership::Column::{JoinedAt, UserId as Member};
    members()
        .and_where(Member.into_expr().ne(message::Column::SenderId.into_expr()))
        .and_where(JoinedAt.into_expr().lte(message::Column::CreatedAt.into_expr()))
        .cond_where(view::shown_as_read(viewer, message::Column::Number.into_expr()))
        .to_owned()
}

/// Within a select over `messages`: the membership of somebody who is in the room.
fn place_of(user_id: UserId) -> SelectStatement {
    members()
        .and_where(membership::Column::UserId.eq(user_id.0))
        .and_where(membership::Column::Active.eq(true))
        .to_owned()
}

/// Within a select over `messages`: the memberships of the room.
fn members() -> SelectStatement {
    let room_id = membership::Column::RoomId.into_expr();
    Query::select()
        .expr(Expr::val(1))
        .from(membership::Entity)
        .and_where(room_id.equals((message::Entity, message::Column::RoomId)))
        .to_owned()
}
