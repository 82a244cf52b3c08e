//! Comments on a channel's posts.
//!
//! They have pages of their own, beside the channel's log, and nothing of them counts as unread. A comment that
//! comes or goes is a change of its post: everyone learns of it by the post's `seq`, and whoever has the comments
//! open reads their newest page again. Nobody is shown what those have written whom they have blocked, but for a
//! channel's admins, who answer for what stands there. Where an admin turns comments off, those that are there are closed to
//! followers until they are turned on again; admins still see and delete them.

use sapa_model::comment::{Comment, CommentPage, CommentsFrom};
use sapa_model::text::CommentText;
use sapa_model::{
    AppError, AppResult, ClientId, CommentId, MessageId, Role, RoomId, Timestamp, TokenScope, UserId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, SelectExt,
};

use crate::channels;
use crate::chat::Chat;
use crate::entity::{channel, comment, message};
use crate::fault::{OrFault, Refused};
use crate::rooms::access::Place;
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, messages, people};

const MINUTE_MS: i64 = 60_000;

/// A page of a post's comments, the oldest first.
///
/// `not_found` for what the asker may not see and for what is no post; `forbidden` where comments are off.
pub async fn list(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    post: MessageId,
    from: CommentsFrom,
) -> AppResult<CommentPage> {
    let me = scope.may(TokenScope::Read)?;
    let db = chat.db();
    let (place, own) = channel_of(db, room_id, me).await?;
    find_post(db, room_id, post, me).await?;
    check_open(&place, &own)?;
    let mut such = Condition::all().add(comment::Column::MessageId.eq(post.0)).add(shown(&place, me));
    if let CommentsFrom::Before(before) = from {
        such = such.add(comment::Column::Id.lt(before.0));
    }
    let mut rows = comment::Entity::find()
        .filter(such)
        .order_by_desc(comment::Column::Id)
        .limit(limits::COMMENT_PAGE as u64 + 1)
        .all(db)
        .await
        .or_fault()?;
    let more = rows.len() > limits::COMMENT_PAGE;
    rows.truncate(limits::COMMENT_PAGE);
    rows.reverse();
    Ok(CommentPage { comments: to_wire(db, rows).await?, more })
}

/// Comments on a post. Sent again under the same `client_id`, it is the first one.
///
/// Errors: those of [`CommentText::parse`]; `not_found` and `forbidden` as for [`list`]; `too_many` within a
/// minute.
pub async fn add(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    post: MessageId,
    client_id: ClientId,
    text: &str,
) -> AppResult<Comment> {
    let text = CommentText::parse(text)?;
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let (_, own) = channel_of(w.db(), room_id, me).await?;
        let message = find_post(w.db(), room_id, post, me).await?;
        if !own.comments {
            return Err(comments_are_off());
        }
        let row = if let Some(first) = sent_before(w, post, me, &client_id).await? {
            first
        } else {
            check_pace(w, me).await?;
            let row = comment::ActiveModel {
                message_id: Set(post.0),
                author_id: Set(me.0),
                client_id: Set(client_id.into()),
                body: Set(text.into()),
                created_at: Set(w.now().0),
                ..Default::default()
            };
            let row = comment::Entity::insert(row).exec_with_returning(w.db()).await.or_fault()?;
            tell(w, me, message, 1).await?;
            row
        };
        to_wire(w.db(), vec![row]).await?.pop().ok_or_else(AppError::internal)
    })
    .await
}

/// A comment, with the room of its post. `not_found` for what the asker may not see.
pub(crate) async fn find(chat: &Chat, scope: &Scope, id: CommentId) -> AppResult<(RoomId, Comment)> {
    let me = scope.may(TokenScope::Read)?;
    let (row, place, _) = reach(chat.db(), id, me).await?;
    let comment = to_wire(chat.db(), vec![row]).await?.pop().ok_or_else(AppError::internal)?;
    Ok((RoomId(place.room.id), comment))
}

/// Deletes a comment: its author, or an admin of the channel. It is gone from the database at once.
///
/// `not_found` for what the asker may not see; `forbidden` for what somebody else wrote.
pub async fn delete(chat: &Chat, scope: &Scope, id: CommentId) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    // Also where the caller is gone before the answer.
    chat.erasure().dirty();
    chat.write(async move |w| {
        let (row, place, message) = reach(w.db(), id, me).await?;
        if row.author_id != me.0 && !Role::from(place.me.role).may_delete_messages() {
            return Err(AppError::forbidden("Only its author or an admin can delete a comment."));
        }
        comment::Entity::delete_by_id(id.0).exec(w.db()).await.or_fault()?;
        tell(w, me, message, -1).await
    })
    .await?;
    chat.erasure().dirty();
    Ok(())
}

/// Takes the comments on posts away that are purged.
pub(crate) async fn forget(w: &Work, message_ids: &[i64]) -> AppResult<()> {
    let gone = comment::Column::MessageId.is_in(message_ids.iter().copied());
    comment::Entity::delete_many().filter(gone).exec(w.db()).await.or_fault()?;
    Ok(())
}

/// Counts a comment more or less, and tells of the post.
async fn tell(w: &mut Work, me: UserId, post: message::Model, change: i64) -> AppResult<()> {
    message::Entity::update_many()
        .col_expr(message::Column::Comments, Expr::col(message::Column::Comments).add(change))
        .filter(message::Column::Id.eq(post.id))
        .exec(w.db())
        .await
        .or_fault()?;
    let post = message::Model { comments: post.comments + change, ..post };
    messages::tell_changed(w, me, post, false).await?;
    Ok(())
}

/// A comment that the asker sees, where it is, and its post.
async fn reach<C: ConnectionTrait>(
    db: &C,
    id: CommentId,
    me: UserId,
) -> AppResult<(comment::Model, Place, message::Model)> {
    let missing = || AppError::not_found("comment");
    let row = comment::Entity::find_by_id(id.0).one(db).await.or_fault()?.ok_or_else(missing)?;
    let post = message::Entity::find_by_id(row.message_id).one(db).await.or_fault()?;
    let room_id = RoomId(post.ok_or_else(missing)?.room_id);
    let (place, own) = channel_of(db, room_id, me).await.told_as(missing)?;
    let post = find_post(db, room_id, MessageId(row.message_id), me).await.told_as(missing)?;
    check_open(&place, &own).told_as(missing)?;
    let is_shown = comment::Entity::find_by_id(id.0).filter(shown(&place, me)).exists(db).await.or_fault()?;
    if !is_shown {
        return Err(missing());
    }
    Ok((row, place, post))
}

/// What somebody is shown of a channel's comments.
fn shown(place: &Place, me: UserId) -> Condition {
    let all = Condition::all();
    if Role::from(place.me.role).may_delete_messages() {
        return all;
    }
    all.add(comment::Column::AuthorId.not_in_subquery(people::blocked_ids(me)))
}

async fn channel_of<C: ConnectionTrait>(
    db: &C,
    room_id: RoomId,
    me: UserId,
) -> AppResult<(Place, channel::Model)> {
    channels::own(db, room_id, me).await.told_as(|| AppError::not_found("post"))
}

/// A post that is still there.
async fn find_post<C: ConnectionTrait>(
    db: &C,
    room_id: RoomId,
    id: MessageId,
    me: UserId,
) -> AppResult<message::Model> {
    let missing = || AppError::not_found("post");
    let row = messages::row(db, room_id, id, messages::visible_to(me)).await.told_as(missing)?;
    if row.views.is_none() || row.deleted_at.is_some() { Err(missing()) } else { Ok(row) }
}

fn check_open(place: &Place, own: &channel::Model) -> AppResult<()> {
    let is_admin = Role::from(place.me.role).may_delete_messages();
    if own.comments || is_admin { Ok(()) } else { Err(comments_are_off()) }
}

fn comments_are_off() -> AppError {
    AppError::forbidden("Comments are off in this channel.")
}

async fn check_pace(w: &Work, me: UserId) -> AppResult<()> {
    let within = Condition::all()
        .add(comment::Column::AuthorId.eq(me.0))
        .add(comment::Column::CreatedAt.gt(w.now().0 - MINUTE_MS));
    let written = comment::Entity::find().filter(within).count(w.db()).await.or_fault()?;
    if written >= limits::COMMENTS_A_MINUTE as u64 {
        let wait = std::time::Duration::from_secs(60);
        return Err(AppError::too_many("These are many comments. Wait a moment.", wait));
    }
    Ok(())
}

async fn sent_before(
    w: &Work,
    post: MessageId,
    author: UserId,
    client_id: &ClientId,
) -> AppResult<Option<comment::Model>> {
    comment::Entity::find()
        .filter(comment::Column::MessageId.eq(post.0))
        .filter(comment::Column::AuthorId.eq(author.0))
        .filter(comment::Column::ClientId.eq(client_id.as_str()))
        .one(w.db())
        .await
        .or_fault()
}

async fn to_wire<C: ConnectionTrait>(db: &C, rows: Vec<comment::Model>) -> AppResult<Vec<Comment>> {
    let mut authors: Vec<_> = rows.iter().map(|row| UserId(row.author_id)).collect();
    authors.sort_unstable();
    authors.dedup();
    let cards = cards::load(db, &authors).await?;
    let comment = |row: comment::Model| {
        let author = cards.get(&UserId(row.author_id)).cloned().ok_or_else(AppError::internal)?;
        Ok(Comment {
            id: CommentId(row.id),
            message_id: MessageId(row.message_id),
            author,
            text: row.body,
            created_at: Timestamp(row.created_at),
        })
    };
    rows.into_iter().map(comment).collect()
}
