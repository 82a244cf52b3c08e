//! Files by their names, for those who have nothing else to call them by.

use sapa_model::attachment::FileName;
use sapa_model::{AppError, AppResult, Attachment, NewUpload, TokenScope, UserId, Variant, limits};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select};
use unicode_normalization::UnicodeNormalization as _;

use super::read::{Blob, read};
use super::{announce, receive};
use crate::chat::Chat;
use crate::entity::words::UploadState;
use crate::entity::{attachment, membership, message, user};
use crate::fault::OrFault;
use crate::messages::visible_to;
use crate::rooms::listed;
use crate::scope::Scope;

/// The names of files in the rooms of the asker's list, one's own too, each with the username of who sent
/// it: at most [`limits::FILE_NAMES_LISTED`], the newest, in the order in which they came.
pub async fn names(chat: &Chat, scope: &Scope) -> AppResult<Vec<(String, FileName)>> {
    let me = scope.may(TokenScope::Read)?;
    let sender =
        message::Entity::belongs_to(user::Entity).from(message::Column::SenderId).to(user::Column::Id);
    let mut rows: Vec<(String, String)> = seen(me)
        .select_only()
        .column(user::Column::Username)
        .column(attachment::Column::Name)
        .join(JoinType::InnerJoin, sender.into())
        .group_by(user::Column::Username)
        .group_by(attachment::Column::Name)
        .order_by_desc(attachment::Column::Id.max())
        .limit(limits::FILE_NAMES_LISTED as u64)
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()?;
    rows.reverse();
    Ok(rows.into_iter().map(|(username, name)| (username, FileName::from(name))).collect())
}

/// Opens the newest file of this name that somebody has sent where the asker sees it. `not_found`, field
/// `file`, where there is none.
pub async fn open_named(chat: &Chat, scope: &Scope, sender: UserId, name: &str) -> AppResult<Blob> {
    let me = scope.may(TokenScope::Read)?;
    let theirs = seen(me).filter(message::Column::SenderId.eq(sender.0));
    let row = newest(chat, theirs, name).await?;
    read(chat, row, Variant::Original, |_| None).await
}

/// Copies the newest file of this name that the asker has sent or received, to be sent anew: the copy is
/// the asker's own and counts in their quota. `not_found`, field `file`, where there is none; else as
/// [`announce`] and [`receive`].
pub async fn copy_named(chat: &Chat, scope: &Scope, name: &str) -> AppResult<Attachment> {
    scope.may(TokenScope::Read)?;
    let me = scope.may(TokenScope::Write)?;
    let row = newest(chat, seen(me), name).await?;
    let voice =
        row.voice.as_deref().map(serde_json::from_str).transpose().map_err(|_| AppError::internal())?;
    let new = NewUpload { name: row.name.clone(), size: row.size.unsigned_abs(), voice };
    let blob = read(chat, row, Variant::Original, |_| None).await?;
    let id = announce(chat, scope, new).await?;
    receive(chat, scope, id, blob.bytes).await
}

/// The files of messages that a user sees, in the rooms of their list.
fn seen(me: UserId) -> Select<attachment::Entity> {
    use message::Column::{DeletedAt, Id, RoomId};
    let carrier = attachment::Entity::belongs_to(message::Entity).from(attachment::Column::MessageId).to(Id);
    let member = message::Entity::belongs_to(membership::Entity).from(RoomId).to(membership::Column::RoomId);
    attachment::Entity::find()
        .join(JoinType::InnerJoin, carrier.into())
        .join(JoinType::InnerJoin, member.into())
        .filter(listed(me))
        .filter(attachment::Column::State.eq(UploadState::Ready))
        .filter(DeletedAt.is_null())
        .filter(visible_to(me))
}

async fn newest(chat: &Chat, files: Select<attachment::Entity>, name: &str) -> AppResult<attachment::Model> {
    let name = FileName::clean(name);
    let forms: [String; 3] =
        [name.as_str().to_owned(), name.as_str().nfc().collect(), name.as_str().nfd().collect()];
    files
        // Names are kept as they were given: some systems compose them, some do not.
        .filter(attachment::Column::Name.is_in(forms))
        .order_by_desc(attachment::Column::MessageId)
        .order_by_desc(attachment::Column::Ordinal)
        .one(chat.db())
        .await
        .or_fault()?
        .ok_or_else(|| AppError::not_found("file").on("file"))
}
