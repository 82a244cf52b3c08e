//! Taking away what nobody will send.

use sapa_model::{AppResult, AttachmentId, Variant};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use super::{blob_key, unsent};
use crate::chat::Chat;
use crate::clock;
use crate::entity::attachment;
use crate::entity::words::UploadState;
use crate::fault::OrFault;

/// How long a file may wait to be sent, in milliseconds.
const WAIT: i64 = 24 * 60 * 60 * 1_000;
/// Files taken away at a time.
const BATCH: u64 = 200;

/// Takes away uploads that were not sent within a day.
pub async fn sweep(chat: &Chat) -> AppResult<()> {
    let too_old = attachment::Column::CreatedAt.lt(clock::now().0 - WAIT);
    let unsent = unsent().add(too_old);
    let such = unsent.clone();
    // From here on they cannot be sent any more.
    chat.write(async move |w| {
        attachment::Entity::update_many()
            .set(attachment::ActiveModel { state: Set(UploadState::Waiting), ..Default::default() })
            .filter(such)
            .exec(w.db())
            .await
            .or_fault()
    })
    .await?;
    take_away(chat, unsent.add(attachment::Column::State.eq(UploadState::Waiting))).await
}

/// The upload that was announced last.
pub async fn newest(chat: &Chat) -> AppResult<Option<AttachmentId>> {
    let newest: Option<Option<i64>> = attachment::Entity::find()
        .select_only()
        .column_as(attachment::Column::Id.max(), "newest")
        .into_tuple()
        .one(chat.db())
        .await
        .or_fault()?;
    Ok(newest.flatten().map(AttachmentId))
}

/// Takes away uploads that were on their way when the program ended: of those up to `newest` all that have not
/// come.
pub async fn forget_waiting(chat: &Chat, newest: AttachmentId) -> AppResult<()> {
    let such = Condition::all()
        .add(attachment::Column::State.ne(UploadState::Ready))
        .add(attachment::Column::Id.lte(newest.0));
    take_away(chat, such).await
}

async fn take_away(chat: &Chat, such: Condition) -> AppResult<()> {
    loop {
        let rows =
            attachment::Entity::find().filter(such.clone()).limit(BATCH).all(chat.db()).await.or_fault()?;
        if rows.is_empty() {
            return Ok(());
        }
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        // Files before rows: what fails in between is found again.
        delete_blobs(chat, rows.into_iter().map(|row| row.key)).await?;
        chat.write(async move |w| {
            attachment::Entity::delete_many()
                .filter(attachment::Column::Id.is_in(ids))
                .exec(w.db())
                .await
                .or_fault()
        })
        .await?;
    }
}

/// Deletes the files under these keys, in all sizes.
pub async fn delete_blobs(chat: &Chat, keys: impl IntoIterator<Item = String>) -> AppResult<()> {
    let variants = [Variant::Original, Variant::Large, Variant::Small];
    let blobs = keys.into_iter().flat_map(|key| variants.map(|variant| blob_key(&key, variant)));
    chat.storage().delete(blobs).await
}
