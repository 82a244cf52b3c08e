//! Giving files out, to those who may see their message or story.

use std::ops::Range;

use futures::{StreamExt as _, stream};
use sapa_model::attachment::FileName;
use sapa_model::{AppError, AppResult, AttachmentId, RoomId, StoryId, TokenScope, Variant};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::blob_key;
use crate::channels;
use crate::chat::Chat;
use crate::entity::words::{MediaKind, UploadState};
use crate::entity::{attachment, message};
use crate::fault::{OrFault, Refused};
use crate::messages::visible_to;
use crate::rooms::access;
use crate::scope::Scope;
use crate::storage::Bytestream;
use crate::stories;

/// A file, or a part of it, on its way out.
pub struct Blob {
    /// What its sender calls it.
    pub name: FileName,
    /// What a browser is told that it is.
    pub media_type: String,
    /// To be gone on a day that is known: nobody may keep it.
    pub passing: bool,
    /// May be shown in a page; all else is to be downloaded.
    pub inline: bool,
    /// The size of the whole, in bytes.
    pub size: u64,
    /// The bytes of it that follow.
    pub part: Range<u64>,
    /// The bytes themselves.
    pub bytes: Bytestream,
}

/// Opens a file; `part` picks bytes out of it, given its size, and perhaps none.
///
/// `not_found` for everyone who may not see its message or story, and for what is deleted. Before it is sent,
/// its owner alone may see it.
pub async fn open(
    chat: &Chat,
    scope: &Scope,
    id: AttachmentId,
    key: &str,
    variant: Variant,
    part: impl FnOnce(u64) -> Option<Range<u64>>,
) -> AppResult<Blob> {
    scope.may(TokenScope::Read)?;
    let missing = || AppError::not_found("file");
    let row = ready(chat, id, key).await?;
    match (row.message_id, row.story_id) {
        (None, None) if row.owner_id == scope.user_id.0 => {}
        (None, None) => return Err(missing()),
        (None, Some(story_id)) => {
            stories::check(chat, scope.user_id, StoryId(story_id)).await.told_as(missing)?;
        }
        (Some(message_id), _) => {
            let message = message::Entity::find_by_id(message_id)
                .filter(visible_to(scope.user_id))
                .filter(message::Column::DeletedAt.is_null())
                .one(chat.db())
                .await
                .or_fault()?
                .ok_or_else(missing)?;
            access::place(chat.db(), RoomId(message.room_id), scope.user_id).await.told_as(missing)?;
        }
    }
    read(chat, row, variant, part).await
}

/// Opens a file for nobody in particular: one that a post of a public channel carries, while both are there.
pub async fn open_public(
    chat: &Chat,
    handle: &str,
    id: AttachmentId,
    key: &str,
    variant: Variant,
    part: impl FnOnce(u64) -> Option<Range<u64>>,
) -> AppResult<Blob> {
    let missing = || AppError::not_found("file");
    let row = ready(chat, id, key).await?;
    let message_id = row.message_id.ok_or_else(missing)?;
    if !channels::is_public_post(chat.db(), handle, message_id).await? {
        return Err(missing());
    }
    read(chat, row, variant, part).await
}

/// A file that is stored whole, by its key.
async fn ready(chat: &Chat, id: AttachmentId, key: &str) -> AppResult<attachment::Model> {
    attachment::Entity::find_by_id(id.0)
        .filter(attachment::Column::Key.eq(key))
        .filter(attachment::Column::State.eq(UploadState::Ready))
        .one(chat.db())
        .await
        .or_fault()?
        .ok_or_else(|| AppError::not_found("file"))
}

/// The same for a file that the asker was found to see.
pub(super) async fn read(
    chat: &Chat,
    row: attachment::Model,
    variant: Variant,
    part: impl FnOnce(u64) -> Option<Range<u64>>,
) -> AppResult<Blob> {
    let (variant, media_type) = match (variant, row.thumbnail_type) {
        (Variant::Large | Variant::Small, Some(media_type)) => (variant, media_type),
        _ => (Variant::Original, row.media_type),
    };
    let stored = blob_key(&row.key, variant);
    // Only what is stored knows its size, but of the original.
    let known = (variant == Variant::Original).then_some(row.size.unsigned_abs());
    let (size, part, bytes) = match (known, known.and_then(part)) {
        (Some(size), Some(nothing)) if nothing.is_empty() => (size, nothing, stream::empty().boxed()),
        (_, part) => chat.storage().get(&stored, known, part).await?,
    };
    let (inline, passing) = (row.kind != MediaKind::File, row.story_id.is_some());
    Ok(Blob { name: FileName::clean(&row.name), media_type, passing, inline, size, part, bytes })
}
