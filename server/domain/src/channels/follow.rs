//! Following a channel, and leaving it: neither leaves a line in its log, nor does anybody else hear of it.

use sapa_model::{AppError, AppResult, Dialog, ErrorCode, Event, RoomId, TokenScope, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::Expr;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use super::explore::public;
use super::own;
use crate::chat::Chat;
use crate::entity::words::Role;
use crate::entity::{channel, membership, room};
use crate::fault::{OrFault, Refused};
use crate::groups;
use crate::hub::Audience;
use crate::messages;
use crate::rooms::access::{self, Place};
use crate::rooms::{member_row, view};
use crate::scope::Scope;
use crate::writer::Work;

/// Follows a public channel. Whoever follows it already stays as they are.
///
/// `not_found` for a channel that is private; `forbidden` for whoever an admin has removed; `limit_reached` in too
/// many rooms.
pub async fn follow(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<Dialog> {
    let me = scope.may(TokenScope::Rooms)?;
    chat.write(async move |w| {
        if own(w.db(), room_id, me).await.if_allowed()?.is_none() {
            let found = channel::Entity::find_by_id(room_id.0).filter(public());
            found.one(w.db()).await.or_fault()?.ok_or_else(|| AppError::not_found("channel"))?;
            let before = membership::Entity::find_by_id((room_id.0, me.0)).one(w.db()).await.or_fault()?;
            if before.is_some_and(|before| before.removed_invite.is_some()) {
                return Err(AppError::forbidden("An admin has removed you. Ask for a new invite link."));
            }
            enter(w, room_id, me).await?;
        }
        view::dialog(w.db(), me, room_id).await
    })
    .await
}

/// Follows a channel no more. `not_found` for one that the asker does not follow; `owner_must_hand_over` for its
/// owner, who can also end it.
pub async fn unfollow(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    chat.write(async move |w| {
        let (place, _) = own(w.db(), room_id, me).await?;
        leave(w, place).await
    })
    .await
}

/// Lets somebody in, however they found the way; false if the room is no channel. Everything so far counts as
/// read.
pub(crate) async fn enter(w: &mut Work, room_id: RoomId, me: UserId) -> AppResult<bool> {
    use membership::Column;
    let counted = channel::Entity::update_many()
        .col_expr(channel::Column::Followers, Expr::col(channel::Column::Followers).add(1))
        .filter(channel::Column::RoomId.eq(room_id.0));
    if counted.exec(w.db()).await.or_fault()?.rows_affected == 0 {
        return Ok(false);
    }
    access::check_rooms(w.db(), &[me]).await?;
    let room = room::Entity::find_by_id(room_id.0).one(w.db()).await.or_fault()?;
    let room = room.ok_or_else(AppError::internal)?;
    let row = membership::ActiveModel {
        read_number: Set(room.last_number),
        delivered_number: Set(room.last_number),
        fetched_position: Set(room.last_seq),
        ..member_row(w, room_id, me, Role::Member)
    };
    // The number of an earlier change of the membership stays: others may still have to learn of that.
    let again = OnConflict::columns([Column::RoomId, Column::UserId])
        .update_columns([
            Column::Role,
            Column::Active,
            Column::Muted,
            Column::ReadNumber,
            Column::UnreadDeleted,
            Column::DeliveredNumber,
            Column::JoinedAt,
            Column::FetchedPosition,
            Column::RemovedInvite,
        ])
        .to_owned();
    let insert = membership::Entity::insert(row).on_conflict(again);
    insert.exec_without_returning(w.db()).await.or_fault()?;
    w.join(room_id, me);
    let dialog = view::dialog(w.db(), me, room_id).await?;
    w.emit(Audience::User(me), Event::Dialog(dialog));
    Ok(true)
}

/// Lets somebody go who wants to.
pub(crate) async fn leave(w: &mut Work, place: Place) -> AppResult<()> {
    if place.me.role == Role::Owner {
        let message = "Hand the channel over to somebody before you leave it, or end it.";
        return Err(AppError::new(ErrorCode::OwnerMustHandOver, message));
    }
    part(w, place).await
}

/// Lets somebody go. Of an admin who goes all learn.
pub(crate) async fn part(w: &mut Work, place: Place) -> AppResult<()> {
    let (room_id, user_id) = (RoomId(place.room.id), UserId(place.me.user_id));
    let was_admin = place.me.role != Role::Member;
    let mut gone =
        membership::ActiveModel { active: Set(false), role: Set(Role::Member), ..Default::default() };
    if was_admin {
        gone.seq = Set(messages::next_seq(w, room_id).await?);
    }
    groups::update(w, room_id, user_id, gone).await?;
    channel::Entity::update_many()
        .col_expr(channel::Column::Followers, Expr::col(channel::Column::Followers).sub(1))
        .filter(channel::Column::RoomId.eq(room_id.0))
        .exec(w.db())
        .await
        .or_fault()?;
    w.leave(room_id, user_id);
    w.emit(Audience::User(user_id), Event::DialogGone { room_id });
    if was_admin {
        groups::tell_member(w, room_id, user_id).await?;
    }
    Ok(())
}
