//! Purging: what was deleted for everyone is really gone once that can no longer be undone.

use std::time::Duration;

use sapa_model::{AppResult, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::chat::Chat;
use crate::database;
use crate::entity::{message, message_purge, message_version};
use crate::fault::OrFault;
use crate::writer::Work;

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
    let mut purged = 0;
    loop {
        let batch = chat.write(purge_batch).await?;
        purged += batch;
        if batch < BATCH {
            break;
        }
    }
    if purged > 0 {
        database::scrub(chat.db()).await.or_fault()?;
    }
    Ok(())
}

/// Purges some of what is due, and tells how many.
async fn purge_batch(w: &mut Work) -> AppResult<u64> {
    let ids: Vec<i64> = message_purge::Entity::find()
        .select_only()
        .column(message_purge::Column::MessageId)
        .filter(message_purge::Column::DueAt.lte(w.now().0))
        .limit(BATCH)
        .into_tuple()
        .all(w.db())
        .await
        .or_fault()?;
    if ids.is_empty() {
        return Ok(0);
    }
    let emptied =
        message::ActiveModel { body: Set(String::new()), shadow_body: Set(None), ..Default::default() };
    message::Entity::update_many()
        .set(emptied)
        .filter(message::Column::Id.is_in(ids.iter().copied()))
        .exec(w.db())
        .await
        .or_fault()?;
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
    Ok(ids.len() as u64)
}
