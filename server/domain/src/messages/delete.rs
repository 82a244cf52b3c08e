//! Deleting a message, for oneself or for everyone, and taking that back.

use sapa_model::message::DeleteFor;
use sapa_model::{AppError, AppResult, Event, MessageId, Role, RoomId, RoomKind, TokenScope, UserId, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::{next_seq, row, visible_to, wire};
use crate::chat::Chat;
use crate::entity::words::MessageKind;
use crate::entity::{message, message_hide, message_purge};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::markers::unread::{self, Step};
use crate::rooms::access::{self, Place};
use crate::rooms::view;
use crate::scope::Scope;
use crate::writer::Work;

/// Deletes a message. Done again it changes nothing.
///
/// For everyone it is gone from every eye at once, and from the database when it can no longer be
/// undone, [`limits::DELETE_UNDO_MS`] later; a tombstone stays. Errors: `not_found`; `forbidden` for
/// a system line, and for what somebody else wrote, but to an admin of the group or channel.
pub async fn delete(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    id: MessageId,
    whom: DeleteFor,
) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let place = access::place(w.db(), room_id, me).await?;
        match whom {
            DeleteFor::Me => hide(w, me, room_id, id).await,
            DeleteFor::Everyone => bury(w, &place, id).await,
        }
    })
    .await
}

/// Takes a deletion back: one's own view of it at any time, the deletion for everyone while it can
/// be undone. `not_found` where there is nothing to take back.
pub async fn restore(chat: &Chat, scope: &Scope, room_id: RoomId, id: MessageId) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        access::place(w.db(), room_id, me).await?;
        let row = row(w.db(), room_id, id, wire::shared_with(me)).await?;
        let hide = message_hide::Entity::delete_by_id((me.0, id.0)).exec(w.db()).await.or_fault()?;
        if hide.rows_affected > 0 {
            unread::count(w, &row, Some(me), Step::Restored).await?;
            // With a new number, so that a device that was away learns of it.
            return tell(w, row, Audience::User(me)).await;
        }
        let due = message_purge::Entity::find_by_id(id.0).one(w.db()).await.or_fault()?;
        let in_time = due.is_some_and(|purge| purge.due_at > w.now().0);
        if row.deleted_by != Some(me.0) || !in_time {
            return Err(AppError::not_found("deletion"));
        }
        message_purge::Entity::delete_by_id(id.0).exec(w.db()).await.or_fault()?;
        let hearers = hearers(&row);
        let row = message::Model { deleted_at: None, deleted_by: None, ..row };
        unread::count(w, &row, None, Step::Restored).await?;
        tell(w, row, hearers).await
    })
    .await
}

async fn hide(w: &mut Work, me: UserId, room_id: RoomId, id: MessageId) -> AppResult<()> {
    let row = row(w.db(), room_id, id, wire::shared_with(me)).await?;
    let before = message_hide::Entity::find_by_id((me.0, id.0)).one(w.db()).await.or_fault()?;
    if before.is_some() {
        return Ok(());
    }
    let seq = next_seq(w, room_id).await?;
    let hide = message_hide::ActiveModel {
        user_id: Set(me.0),
        message_id: Set(row.id),
        room_id: Set(room_id.0),
        seq: Set(seq),
    };
    message_hide::Entity::insert(hide).exec_without_returning(w.db()).await.or_fault()?;
    unread::count(w, &row, Some(me), Step::Deleted).await?;
    w.emit(Audience::User(me), Event::Hidden { room_id, message_id: id, seq: seq.unsigned_abs() });
    // It may have been the last line of the list.
    let dialog = view::dialog(w.db(), me, room_id).await?;
    w.emit(Audience::User(me), Event::Dialog(dialog));
    Ok(())
}

async fn bury(w: &mut Work, place: &Place, id: MessageId) -> AppResult<()> {
    let me = UserId(place.me.user_id);
    let row = row(w.db(), RoomId(place.room.id), id, visible_to(me)).await?;
    let is_admin =
        RoomKind::from(place.room.kind).has_admins() && Role::from(place.me.role).may_delete_messages();
    if row.kind != MessageKind::Text || (row.sender_id != me.0 && !is_admin) {
        return Err(AppError::forbidden("Only its author or an admin can delete this for everyone."));
    }
    if row.deleted_at.is_some() {
        return Ok(());
    }
    let purge = message_purge::ActiveModel {
        message_id: Set(row.id),
        due_at: Set(w.now().0.saturating_add(limits::DELETE_UNDO_MS)),
    };
    message_purge::Entity::insert(purge).exec_without_returning(w.db()).await.or_fault()?;
    let hearers = hearers(&row);
    let row = message::Model { deleted_at: Some(w.now().0), deleted_by: Some(me.0), ..row };
    unread::count(w, &row, None, Step::Deleted).await?;
    tell(w, row, hearers).await
}

/// Who may see a message.
fn hearers(row: &message::Model) -> Audience {
    if row.shadowed { Audience::User(UserId(row.sender_id)) } else { Audience::Room(RoomId(row.room_id)) }
}

/// Stores a message as a change of its room, and tells of it.
async fn tell(w: &mut Work, row: message::Model, hearers: Audience) -> AppResult<()> {
    let seq = next_seq(w, RoomId(row.room_id)).await?;
    let changed = message::ActiveModel {
        seq: Set(seq),
        deleted_at: Set(row.deleted_at),
        deleted_by: Set(row.deleted_by),
        ..row.into_active_model()
    };
    let row = changed.update(w.db()).await.or_fault()?;
    let room_id = RoomId(row.room_id);
    match hearers {
        Audience::User(only) => {
            let message = wire::to_wire(w.db(), only, vec![row]).await?.pop();
            w.emit(hearers, Event::Message(message.ok_or_else(AppError::internal)?));
        }
        _ => wire::emit(w, row).await?,
    }
    if let Audience::User(only) = hearers {
        let dialog = view::dialog(w.db(), only, room_id).await?;
        w.emit(Audience::User(only), Event::Dialog(dialog));
    }
    Ok(())
}
