//! Purging: what was deleted for everyone is really gone once that can no longer be undone.

use std::time::Duration;

use sapa_model::{AppResult, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{correct, reactions};
use crate::chat::Chat;
use crate::entity::{attachment, message, message_purge, message_version};
use crate::fault::OrFault;
use crate::writer::Work;
use crate::{attachments, clock, comments, database, schedules, stories};

/// Messages purged in one transaction.
const BATCH: u64 = 200;

/// Purges, a moment after a deletion can no longer be undone, all that is due by then.
pub fn purge_soon(chat: &Chat) {
    let chat = chat.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(limits::DELETE_UNDO_MS.unsigned_abs() + 100)).await;
        if let Err(error) = purge_due(&chat).await {
            tracing::warn!(%error, "deleted messages could not be purged; the next start tries again");
        }
    });
}

/// Purges what an earlier run of the program has left.
pub(crate) fn purge_left_over(chat: &Chat) {
    purge_soon(chat);
}

async fn purge_due(chat: &Chat) -> AppResult<()> {
    let mut purged = false;
    loop {
        let due = due(chat).await?;
        if due.is_empty() {
            break;
        }
        // Files before rows: what fails in between is found again.
        let keys = attachment::Entity::find()
            .select_only()
            .column(attachment::Column::Key)
            .filter(attachment::Column::MessageId.is_in(due.iter().copied()))
            .into_tuple::<String>()
            .all(chat.db())
            .await
            .or_fault()?;
        attachments::delete_blobs(chat, keys).await?;
        chat.write(async move |w| purge(w, &due).await).await?;
        purged = true;
    }
    if purged {
        database::scrub(chat.db()).await.or_fault()?;
    }
    Ok(())
}

/// Some of what is due.
async fn due(chat: &Chat) -> AppResult<Vec<i64>> {
    message_purge::Entity::find()
        .select_only()
        .column(message_purge::Column::MessageId)
        .filter(message_purge::Column::DueAt.lte(clock::now().0))
        .limit(BATCH)
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()
}

async fn purge(w: &mut Work, ids: &[i64]) -> AppResult<()> {
    let emptied =
        message::ActiveModel { body: Set(String::new()), shadow_body: Set(None), ..Default::default() };
    message::Entity::update_many()
        .set(emptied)
        .filter(message::Column::Id.is_in(ids.iter().copied()))
        .exec(w.db())
        .await
        .or_fault()?;
    attachment::Entity::delete_many()
        .filter(attachment::Column::MessageId.is_in(ids.iter().copied()))
        .exec(w.db())
        .await
        .or_fault()?;
    correct::forget(w, ids, false).await?;
    schedules::forget(w, ids).await?;
    stories::forget(w, ids).await?;
    reactions::forget(w, ids).await?;
    comments::forget(w, ids).await?;
    message_version::Entity::delete_many()
        .filter(message_version::Column::MessageId.is_in(ids.iter().copied()))
        .exec(w.db())
        .await
        .or_fault()?;
    message_purge::Entity::delete_many()
        .filter(message_purge::Column::MessageId.is_in(ids.iter().copied()))
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}
