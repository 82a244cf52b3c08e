//! Taking a file in.

use std::io::Write;
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt};
use sapa_model::attachment::FileName;
use sapa_model::{
    AppError, AppResult, Attachment, AttachmentId, ErrorCode, NewUpload, TokenScope, UserId, Variant, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use tempfile::NamedTempFile;

use super::inspect::{self, Content, Inspected};
use super::picture::Square;
use super::read::read;
use super::{FileLimits, blob_key, delete_blobs, to_wire, unsent};
use crate::chat::Chat;
use crate::entity::attachment;
use crate::entity::words::{MediaKind, UploadState};
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::storage::io_fault;
use crate::token;

/// How long the next bytes of an upload may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Announces an upload, and keeps room for it.
///
/// Errors: `required` for an empty file and `too_large` for one beyond the limits, field `file`;
/// `invalid` for a recording's form; `quota_reached`; `limit_reached` with too many files that wait to
/// be sent.
pub async fn announce(chat: &Chat, scope: &Scope, new: NewUpload) -> AppResult<AttachmentId> {
    scope.may(TokenScope::Write)?;
    if new.size == 0 {
        return Err(AppError::required("file"));
    }
    let allowed = chat.file_limits();
    if new.size > allowed.file.max(allowed.picture) {
        return Err(AppError::too_large(allowed.file.max(allowed.picture)));
    }
    if let Some(voice) = &new.voice {
        voice.check()?;
    }
    let voice =
        new.voice.as_ref().map(serde_json::to_string).transpose().map_err(|_| AppError::internal())?;
    let (name, key) = (FileName::clean(&new.name), token::new()?);
    let size = i64::try_from(new.size).unwrap_or(i64::MAX);
    let me = scope.user_id;
    chat.write(async move |w| {
        let mine = || attachment::Entity::find().filter(attachment::Column::OwnerId.eq(me.0));
        let open = mine().filter(unsent()).count(w.db()).await.or_fault()?;
        if open >= limits::UPLOADS_OPEN_MAX as u64 {
            return Err(AppError::limit_reached("files that wait to be sent", limits::UPLOADS_OPEN_MAX));
        }
        if used(w.db(), me).await?.saturating_add(new.size) > allowed.quota {
            return Err(quota_reached());
        }
        let row = attachment::ActiveModel {
            owner_id: Set(me.0),
            ordinal: Set(0),
            key: Set(key),
            state: Set(UploadState::Waiting),
            // Until it is looked at.
            kind: Set(MediaKind::File),
            media_type: Set(String::new()),
            name: Set(name.into()),
            size: Set(size),
            animated: Set(false),
            voice: Set(voice),
            created_at: Set(w.now().0),
            ..Default::default()
        };
        Ok(AttachmentId(attachment::Entity::insert(row).exec(w.db()).await.or_fault()?.last_insert_id))
    })
    .await
}

/// What the files of somebody take, also those that are announced.
async fn used<C: ConnectionTrait>(db: &C, owner: UserId) -> AppResult<u64> {
    let used: Option<Option<i64>> = attachment::Entity::find()
        .filter(attachment::Column::OwnerId.eq(owner.0))
        .select_only()
        .column_as(attachment::Column::Size.sum(), "used")
        .into_tuple()
        .one(db)
        .await
        .or_fault()?;
    Ok(used.flatten().unwrap_or_default().unsigned_abs())
}

fn quota_reached() -> AppError {
    AppError::new(ErrorCode::QuotaReached, "Your files have used all their room.")
}

/// Receives the bytes of an announced upload, looks at them and stores them. However it ends but
/// well, nothing stays behind, and the upload must be announced anew.
///
/// Errors: `not_found` for what the asker has not announced; `invalid`, field `file`, where the size
/// is not the announced one or the bytes stop coming; `too_large` for what it turns out to be; `storage_full`;
/// `too_many` where its owner brings too much at once, and `unavailable` where all do.
pub async fn receive<E: std::fmt::Display>(
    chat: &Chat,
    scope: &Scope,
    id: AttachmentId,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> AppResult<Attachment> {
    scope.may(TokenScope::Write)?;
    let turn = chat.intake().file(scope).await?;
    take_over(chat, scope, id, async |size| {
        // Until its bytes are in.
        let _turn = turn;
        let spool = chat.storage().spool_file()?;
        let writer = chat.storage().spool_writer(&spool)?;
        let admit = at_most(size, || wrong("The file is larger than announced."));
        let received = spool_bytes(writer, admit, bytes).await?;
        if received < size { Err(wrong("The file was cut off.")) } else { Ok(spool) }
    })
    .await
}

/// Takes over an announced upload, whose bytes `spooled` brings, given how many they are.
async fn take_over(
    chat: &Chat,
    scope: &Scope,
    id: AttachmentId,
    spooled: impl AsyncFnOnce(u64) -> AppResult<NamedTempFile>,
) -> AppResult<Attachment> {
    let me = scope.may(TokenScope::Write)?;
    // Taken in the same step, so that it is received once.
    let row = chat
        .write(async move |w| {
            let taken = attachment::Entity::update_many()
                .set(attachment::ActiveModel { state: Set(UploadState::Coming), ..Default::default() })
                .filter(attachment::Column::Id.eq(id.0))
                .filter(attachment::Column::OwnerId.eq(me.0))
                .filter(attachment::Column::State.eq(UploadState::Waiting))
                .exec_with_returning(w.db())
                .await
                .or_fault()?
                .pop();
            taken.ok_or_else(|| AppError::not_found("upload"))
        })
        .await?;
    let mut cleaner = Cleaner { chat: chat.clone(), row: Some(row.clone()) };

    let spool = spooled(row.size.unsigned_abs()).await?;
    let (is_voice, allowed) = (row.voice.is_some(), chat.file_limits());
    let inspection = move |path: &Path| inspect::inspect(path, is_voice, allowed);
    let inspected = look(chat, scope, &spool, inspect::weight_of_any, inspection).await?;

    let stored = store(chat, row, spool.path(), inspected).await?;
    cleaner.row = None;
    to_wire(&stored)
}

/// Takes in a file whose size nobody has told: announces it once it is all there. What is on its way takes of
/// its owner's room as it comes. Errors as for [`announce`] and [`receive`].
pub async fn take_in<E: std::fmt::Display>(
    chat: &Chat,
    scope: &Scope,
    name: &str,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> AppResult<Attachment> {
    let me = scope.may(TokenScope::Write)?;
    let allowed = chat.file_limits();
    let most = allowed.file.max(allowed.picture);
    let left = allowed.quota.saturating_sub(used(chat.db(), me).await?);
    let mut arrival = chat.intake().arrival(me);
    let mut not_too_large = at_most(most, || AppError::too_large(most));
    let admit = |bytes| {
        not_too_large(bytes)?;
        if arrival.grow(bytes) > left { Err(quota_reached()) } else { Ok(()) }
    };
    let (spool, size) = spool(chat, scope, admit, bytes).await?;
    let id = announce(chat, scope, NewUpload { name: name.to_owned(), size, voice: None }).await?;
    // From here on its row counts.
    drop(arrival);
    take_over(chat, scope, id, async |_| Ok(spool)).await
}

/// Takes files of the asker's away that were received and will not be sent.
pub async fn discard(chat: &Chat, scope: &Scope, ids: Vec<AttachmentId>) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    // From here on they cannot be sent, and if all else fails the next start takes them away.
    let given_up = chat
        .write(async move |w| {
            attachment::Entity::update_many()
                .set(attachment::ActiveModel { state: Set(UploadState::Coming), ..Default::default() })
                .filter(attachment::Column::Id.is_in(ids.iter().map(|id| id.0)))
                .filter(attachment::Column::OwnerId.eq(me.0))
                .filter(attachment::Column::State.eq(UploadState::Ready))
                .filter(unsent())
                .exec_with_returning(w.db())
                .await
                .or_fault()
        })
        .await?;
    if given_up.is_empty() {
        return Ok(());
    }
    let (ids, keys): (Vec<i64>, Vec<String>) = given_up.into_iter().map(|row| (row.id, row.key)).unzip();
    delete_blobs(chat, keys).await?;
    chat.write(async move |w| {
        let gone = attachment::Entity::delete_many().filter(attachment::Column::Id.is_in(ids));
        gone.exec(w.db()).await.or_fault()?;
        Ok(())
    })
    .await
}

/// Receives a picture, of at most the size that pictures may have, and makes a square of it.
///
/// Errors: `required` where nothing comes; `not_a_picture`; `too_large`,
/// `too_many_pixels` and `damaged_picture`; field `file`.
pub(crate) async fn receive_square<E: std::fmt::Display>(
    chat: &Chat,
    scope: &Scope,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> AppResult<Square> {
    let most = chat.file_limits().picture;
    let (spool, size) = spool(chat, scope, at_most(most, || AppError::too_large(most)), bytes).await?;
    if size == 0 {
        return Err(AppError::required("file"));
    }
    look(chat, scope, &spool, inspect::weight, inspect::square).await
}

/// Says why a file of the asker's was not taken for a picture, if it is meant to be one: where only pictures are
/// shown, it is looked at once more.
///
/// Errors: those of [`receive_square`] but `not_a_picture`, field `attachmentId`.
pub(crate) async fn check_picture(chat: &Chat, scope: &Scope, id: AttachmentId) -> AppResult<()> {
    let row = attachment::Entity::find_by_id(id.0)
        .filter(attachment::Column::OwnerId.eq(scope.user_id.0))
        .filter(attachment::Column::State.eq(UploadState::Ready))
        .filter(attachment::Column::Kind.eq(MediaKind::File))
        .filter(unsent())
        .one(chat.db())
        .await
        .or_fault()?;
    let most = chat.file_limits().picture;
    let Some(row) = row.filter(|row| row.size.unsigned_abs() <= most) else { return Ok(()) };
    let bytes = read(chat, row, Variant::Original, |_| None).await?.bytes;
    let (spool, _) = spool(chat, scope, at_most(most, || AppError::too_large(most)), bytes).await?;
    match look(chat, scope, &spool, inspect::weight, inspect::square).await {
        Err(error) if error.code != ErrorCode::NotAPicture => Err(error.renamed("file", "attachmentId")),
        _ => Ok(()),
    }
}

/// Looks at a file of somebody's where that holds up nobody else; at a picture, when it is its turn.
async fn look<T: Send + 'static>(
    chat: &Chat,
    scope: &Scope,
    spool: &NamedTempFile,
    weight: fn(&Path, FileLimits) -> AppResult<Option<u64>>,
    inspection: impl FnOnce(&Path) -> AppResult<T> + Send + 'static,
) -> AppResult<T> {
    let path = spool.path().to_owned();
    let (measured, allowed) = (path.clone(), chat.file_limits());
    let bytes = apart(move || weight(&measured, allowed)).await?;
    let turn = match bytes {
        Some(bytes) => Some(chat.intake().picture(scope, bytes).await?),
        None => None,
    };
    apart(move || {
        // It is looked at to its end, also when whoever has brought it is gone.
        let _turn = turn;
        inspection(&path)
    })
    .await
}

/// Does what takes its time on a thread that nobody else waits for.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> AppResult<T> + Send + 'static) -> AppResult<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::internal())?
}

/// Takes in a file of somebody's whose size nobody has told, as far as its bytes are admitted.
async fn spool<E: std::fmt::Display>(
    chat: &Chat,
    scope: &Scope,
    admit: impl FnMut(u64) -> AppResult<()>,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> AppResult<(NamedTempFile, u64)> {
    let _turn = chat.intake().file(scope).await?;
    let spool = chat.storage().spool_file()?;
    let writer = chat.storage().spool_writer(&spool)?;
    let size = spool_bytes(writer, admit, bytes).await?;
    Ok((spool, size))
}

/// Admits so many bytes, and answers what comes beyond.
fn at_most(most: u64, too_many: impl Fn() -> AppError) -> impl FnMut(u64) -> AppResult<()> {
    let mut left = most;
    move |bytes| {
        left = left.checked_sub(bytes).ok_or_else(&too_many)?;
        Ok(())
    }
}

/// Writes to the spool as the bytes come, and tells how many they were. `admit` is asked for each piece before it
/// is written.
async fn spool_bytes<E: std::fmt::Display>(
    writer: impl Write + Send + 'static,
    mut admit: impl FnMut(u64) -> AppResult<()>,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> AppResult<u64> {
    let mut writer = Some(std::io::BufWriter::with_capacity(1 << 18, writer));
    let mut bytes = pin!(bytes);
    let mut received = 0_u64;
    loop {
        let next = tokio::time::timeout(PATIENCE, bytes.next()).await;
        let Some(piece) = next.map_err(|_| wrong("The file stopped coming."))? else { break };
        let piece = piece.map_err(|_| wrong("The file was cut off."))?;
        admit(piece.len() as u64)?;
        received += piece.len() as u64;
        // A write to the disk may take its time, and must not hold up anything else.
        let mut file = writer.take().ok_or_else(AppError::internal)?;
        let written = tokio::task::spawn_blocking(move || file.write_all(&piece).map(|()| file)).await;
        writer = Some(written.map_err(|_| AppError::internal())?.map_err(|error| io_fault(&error))?);
    }
    let mut file = writer.ok_or_else(AppError::internal)?;
    let flushed = tokio::task::spawn_blocking(move || file.flush()).await;
    flushed.map_err(|_| AppError::internal())?.map_err(|error| io_fault(&error))?;
    Ok(received)
}

fn wrong(why: &'static str) -> AppError {
    AppError::invalid("file", why)
}

/// Stores the file and its variants, then the row that says it is there.
async fn store(
    chat: &Chat,
    row: attachment::Model,
    spool: &Path,
    inspected: Inspected,
) -> AppResult<attachment::Model> {
    let Inspected { kind, media_type, content } = inspected;
    let original = blob_key(&row.key, Variant::Original);
    let pixels = |side: u32| Set(i32::try_from(side).ok());
    let mut ready = row.clone().into_active_model();
    ready.state = Set(UploadState::Ready);
    ready.kind = Set(kind);
    ready.media_type = Set(media_type.to_owned());
    if let Content::Still(still) = &content {
        (ready.width, ready.height) = (pixels(still.width), pixels(still.height));
        ready.animated = Set(still.animated);
    }
    let size = match content {
        Content::Still(_) | Content::Spooled => {
            chat.storage().put_file(&original, spool).await?;
            tokio::fs::metadata(spool).await.map_err(|error| io_fault(&error))?.len()
        }
        Content::Picture(picture) => {
            (ready.width, ready.height) = (pixels(picture.width), pixels(picture.height));
            ready.animated = Set(picture.animated);
            ready.preview = Set(Some(picture.preview));
            ready.thumbnail_type = Set(picture.thumbnails.as_ref().map(|made| made.media_type.to_owned()));
            let size = picture.original.len() as u64;
            chat.storage().put(&original, picture.original).await?;
            if let Some(made) = picture.thumbnails {
                chat.storage().put(&blob_key(&row.key, Variant::Large), made.large).await?;
                chat.storage().put(&blob_key(&row.key, Variant::Small), made.small).await?;
            }
            size
        }
    };
    ready.size = Set(i64::try_from(size).unwrap_or(i64::MAX));
    chat.write(async move |w| ready.update(w.db()).await.or_fault()).await
}

/// Takes an upload away that did not end well, also when whoever received it was dropped.
struct Cleaner {
    chat: Chat,
    row: Option<attachment::Model>,
}

impl Drop for Cleaner {
    fn drop(&mut self) {
        let Some(row) = self.row.take() else { return };
        let chat = self.chat.clone();
        tokio::spawn(async move {
            let cleaned = async {
                delete_blobs(&chat, [row.key]).await?;
                chat.write(async move |w| {
                    attachment::Entity::delete_by_id(row.id).exec(w.db()).await.or_fault()
                })
                .await
            };
            if let Err(error) = cleaned.await {
                tracing::warn!(%error, "a broken upload could not be taken away; the next start does it");
            }
        });
    }
}
