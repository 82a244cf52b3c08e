//! Rooms: finding them, seeing them, and what each member settles for themselves.

use sapa_model::ids::MessageId;
use sapa_model::room::{DialogFilter, DialogPage, RoomView};
use sapa_model::{AppResult, Dialog, Event, Room, RoomId, TokenScope, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::membership;
use crate::entity::words::Role;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::scope::Scope;
use crate::writer::Work;

pub(crate) mod access;
mod counts;
pub(crate) mod direct;
mod list;
mod open;
pub(crate) mod requests;
pub(crate) mod ties;
pub(crate) mod view;

pub(crate) use access::{heard_by, seen_in};
pub(crate) use counts::counts;
pub(crate) use list::listed;
pub use open::open_direct;
pub(crate) use open::you_blocked_them;
pub use requests::answer_request;

/// A page of the asker's dialogs, newest activity first.
///
/// `query` narrows to those whose group name, or whose other person's names, contain it. `before`
/// is the `last.id` of the page before.
pub async fn dialogs(
    chat: &Chat,
    scope: &Scope,
    filter: DialogFilter,
    query: &str,
    before: Option<MessageId>,
) -> AppResult<DialogPage> {
    scope.may(TokenScope::Read)?;
    list::dialogs(chat.db(), scope.user_id, filter, query, before).await
}

/// A room opened: the asker's view of it and everyone in it.
pub async fn room(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<RoomView> {
    scope.may(TokenScope::Read)?;
    let db = chat.db();
    let members = view::members(db, scope.user_id, room_id).await?;
    Ok(RoomView { dialog: view::dialog(db, scope.user_id, room_id).await?, members })
}

/// The shared part of a room of the asker's.
pub async fn shared(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<Room> {
    let me = scope.user_id;
    access::place(chat.db(), room_id, me).await?;
    view::room(chat.db(), room_id).await
}

/// Mutes a room for the asker, or lets it sound again.
pub async fn set_muted(chat: &Chat, scope: &Scope, room_id: RoomId, muted: bool) -> AppResult<Dialog> {
    let me = scope.may(TokenScope::Rooms)?;
    chat.write(async move |w| {
        access::place(w.db(), room_id, me).await?;
        membership::Entity::update_many()
            .set(membership::ActiveModel { muted: Set(muted), ..Default::default() })
            .filter(membership::Column::RoomId.eq(room_id.0))
            .filter(membership::Column::UserId.eq(me.0))
            .exec(w.db())
            .await
            .or_fault()?;
        let dialog = view::dialog(w.db(), me, room_id).await?;
        w.emit(Audience::User(me), Event::Dialog(dialog.clone()));
        Ok(dialog)
    })
    .await
}

/// A new member's row, with nothing read yet. For an existing room, fill `seq` and the markers.
pub(crate) fn member_row(w: &Work, room_id: RoomId, user_id: UserId, role: Role) -> membership::ActiveModel {
    membership::ActiveModel {
        room_id: Set(room_id.0),
        user_id: Set(user_id.0),
        role: Set(role),
        active: Set(true),
        muted: Set(false),
        request: Set(false),
        hidden: Set(false),
        read_number: Set(0),
        unread_deleted: Set(0),
        delivered_number: Set(0),
        seq: Set(0),
        joined_at: Set(w.now().0),
        fetched_position: Set(0),
        removed_invite: Set(None),
    }
}
