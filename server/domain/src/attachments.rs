//! Attachments: taking files in, reading what they are, and giving them to those who may see them.
//!
//! An upload is announced ([`announce`]), which checks it against the limits and keeps room for it,
//! and then received ([`receive`]): spooled to a file, looked at, stored. From then on its owner may
//! send it with a message. What is not sent within a day is swept away, like what was cut off.

use std::collections::HashMap;

use sapa_model::attachment::{FileName, Media};
use sapa_model::{
    AppError, AppResult, Attachment, AttachmentId, MessageId, StoryId, UserId, Variant, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::attachment;
use crate::entity::words::{MediaKind, UploadState};
use crate::fault::OrFault;
use crate::writer::Work;

mod colours;
mod decode;
mod inspect;
mod intake;
mod named;
mod picture;
mod read;
mod strip;
mod sweep;
mod upload;
mod upright;
mod weigh;

pub(crate) use intake::Intake;
pub use named::{copy_named, names, open_named};
pub use read::{Blob, open, open_public};
pub use sweep::sweep;
pub(crate) use sweep::{delete_blobs, forget_waiting, newest};
pub use upload::{announce, discard, receive, take_in};
pub(crate) use upload::{check_picture, receive_square};

/// How much files may take. Sizes are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    /// The largest picture.
    pub picture: u64,
    /// The largest file of any other kind.
    pub file: u64,
    /// All files of one person together.
    pub quota: u64,
    /// What they leave of the disk, so that texts, deletions and the host's own commands go on.
    pub reserve: u64,
}

impl Default for FileLimits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self { picture: 25 * MIB, file: 100 * MIB, quota: 2048 * MIB, reserve: 64 * MIB }
    }
}

/// Files that nobody has sent: no message carries them, and no story shows them.
fn unsent() -> Condition {
    Condition::all().add(attachment::Column::MessageId.is_null()).add(attachment::Column::StoryId.is_null())
}

/// Where the storage has a variant.
fn blob_key(key: &str, variant: Variant) -> String {
    format!("{key}/{variant}")
}

/// A stored file as people see it.
fn to_wire(row: &attachment::Model) -> AppResult<Attachment> {
    let side = |side: Option<i32>| side.and_then(|side| u32::try_from(side).ok()).unwrap_or_default();
    let media = match row.kind {
        MediaKind::Picture => Media::Picture {
            width: side(row.width),
            height: side(row.height),
            animated: row.animated,
            preview: row.preview.clone().unwrap_or_default(),
        },
        MediaKind::Video => Media::Video,
        MediaKind::Audio => Media::Audio,
        MediaKind::Voice => {
            let voice = row.voice.as_deref().and_then(|json| serde_json::from_str(json).ok());
            Media::Voice(voice.ok_or_else(AppError::internal)?)
        }
        MediaKind::File => Media::File,
    };
    Ok(Attachment {
        id: AttachmentId(row.id),
        key: row.key.clone(),
        name: FileName::clean(&row.name),
        size: row.size.unsigned_abs(),
        media,
    })
}

/// What these messages carry, each in its order.
pub(crate) async fn of_messages<C: ConnectionTrait>(
    db: &C,
    message_ids: &[i64],
) -> AppResult<HashMap<i64, Vec<Attachment>>> {
    let mut carried: HashMap<i64, Vec<Attachment>> = HashMap::new();
    if message_ids.is_empty() {
        return Ok(carried);
    }
    let rows = attachment::Entity::find()
        .filter(attachment::Column::MessageId.is_in(message_ids.iter().copied()))
        .order_by_asc(attachment::Column::MessageId)
        .order_by_asc(attachment::Column::Ordinal)
        .all(db)
        .await
        .or_fault()?;
    for row in rows {
        if let Some(message_id) = row.message_id {
            carried.entry(message_id).or_default().push(to_wire(&row)?);
        }
    }
    Ok(carried)
}

/// These files of their owner's, ready to be sent and not sent yet; field `attachments` otherwise.
pub(crate) async fn to_send(w: &Work, owner: UserId, ids: &[AttachmentId]) -> AppResult<Vec<Attachment>> {
    const FIELD: &str = "attachments";
    if ids.len() > limits::ATTACHMENTS_MAX {
        return Err(AppError::limit_reached("files in a message", limits::ATTACHMENTS_MAX).on(FIELD));
    }
    let rows = attachment::Entity::find()
        .filter(attachment::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(attachment::Column::OwnerId.eq(owner.0))
        .filter(unsent())
        .filter(attachment::Column::State.eq(UploadState::Ready))
        .all(w.db())
        .await
        .or_fault()?;
    let mut by_id: HashMap<i64, attachment::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let take = |id: &AttachmentId| {
        let row = by_id.remove(&id.0).ok_or_else(|| AppError::not_found("file").on(FIELD))?;
        to_wire(&row)
    };
    ids.iter().map(take).collect()
}

/// What these stories show.
pub(crate) async fn of_stories<C: ConnectionTrait>(
    db: &C,
    story_ids: &[i64],
) -> AppResult<HashMap<i64, Attachment>> {
    let rows = attachment::Entity::find()
        .filter(attachment::Column::StoryId.is_in(story_ids.iter().copied()))
        .all(db)
        .await
        .or_fault()?;
    rows.iter()
        .filter_map(|row| Some((row.story_id?, row)))
        .map(|(id, row)| Ok((id, to_wire(row)?)))
        .collect()
}

/// Gives a file to the story that shows it.
pub(crate) async fn bind_to_story(w: &Work, story_id: StoryId, id: AttachmentId) -> AppResult<()> {
    let bound = attachment::ActiveModel { story_id: Set(Some(story_id.0)), ..Default::default() };
    let update = attachment::Entity::update_many().set(bound).filter(attachment::Column::Id.eq(id.0));
    update.exec(w.db()).await.or_fault()?;
    Ok(())
}

/// Gives files to the message that carries them.
pub(crate) async fn bind(w: &Work, message_id: MessageId, attachments: &[Attachment]) -> AppResult<()> {
    for (ordinal, attachment) in attachments.iter().enumerate() {
        let bound = attachment::ActiveModel {
            message_id: Set(Some(message_id.0)),
            ordinal: Set(i32::try_from(ordinal).unwrap_or(i32::MAX)),
            ..Default::default()
        };
        attachment::Entity::update_many()
            .set(bound)
            .filter(attachment::Column::Id.eq(attachment.id.0))
            .exec(w.db())
            .await
            .or_fault()?;
    }
    Ok(())
}
