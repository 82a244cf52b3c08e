//! Purging: what was deleted for everyone is really gone once that can no longer be undone.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use sapa_model::{AppResult, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{correct, reactions};
use crate::chat::Chat;
use crate::entity::{attachment, message, message_purge, message_version};
use crate::fault::OrFault;
use crate::writer::Work;
use crate::{attachments, clock, comments, schedules, stories};

/// Messages purged in one transaction.
const BATCH: usize = 200;
/// Messages looked at together, those that are due first.
const LOOKED_AT: u64 = 1_000;

/// Purges all that is due. `seen` holds what waits, with when this process first saw it: what was deleted here
/// goes after [`limits::DELETE_UNDO_MS`] also where the clock is set back meanwhile.
pub(crate) async fn purge_due(chat: &Chat, seen: &mut HashMap<i64, Instant>) -> AppResult<()> {
    loop {
        let due = due(chat, seen).await?;
        if due.is_empty() {
            return Ok(());
        }
        // From here on none of them can be taken back; of those that were meanwhile nothing is touched.
        let due = chat.write(async move |w| claim(w, &due).await).await?;
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
        chat.erasure().dirty();
        chat.write(async move |w| purge(w, &due).await).await?;
    }
}

/// Some of what is due.
async fn due(chat: &Chat, seen: &mut HashMap<i64, Instant>) -> AppResult<Vec<i64>> {
    let waiting = message_purge::Entity::find()
        .order_by_asc(message_purge::Column::DueAt)
        .limit(LOOKED_AT)
        .all(chat.db())
        .await
        .or_fault()?;
    let (now, undo) = (clock::now().0, Duration::from_millis(limits::DELETE_UNDO_MS.unsigned_abs()));
    let still: HashSet<i64> = waiting.iter().map(|row| row.message_id).collect();
    seen.retain(|id, _| still.contains(id));
    let is_due = |row: &message_purge::Model| {
        let waits = seen.entry(row.message_id).or_insert_with(Instant::now).elapsed();
        row.due_at <= now || waits >= undo
    };
    let mut due: Vec<_> = waiting.into_iter().filter(is_due).map(|row| row.message_id).collect();
    due.truncate(BATCH);
    Ok(due)
}

/// Makes these due whatever the clock says, and gives those that still wait.
async fn claim(w: &Work, ids: &[i64]) -> AppResult<Vec<i64>> {
    let claimed = message_purge::Entity::update_many()
        .set(message_purge::ActiveModel { due_at: Set(0), ..Default::default() })
        .filter(message_purge::Column::MessageId.is_in(ids.iter().copied()))
        .exec_with_returning(w.db())
        .await
        .or_fault()?;
    Ok(claimed.into_iter().map(|row| row.message_id).collect())
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
