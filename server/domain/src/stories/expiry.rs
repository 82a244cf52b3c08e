//! The end of stories: their rows, what was noted of them, and their files, also from the write-ahead log.

use std::time::Duration;

use sapa_model::AppResult;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::ties;
use crate::chat::Chat;
use crate::entity::{attachment, story};
use crate::fault::OrFault;
use crate::writer::Work;
use crate::{attachments, clock, database};

/// How often to look for stories whose day is over. Nobody sees them meanwhile.
const EVERY: Duration = Duration::from_secs(15);
/// Stories purged in one transaction.
const BATCH: u64 = 100;

/// Purges stories whose day is over, for ever.
pub async fn run(chat: Chat) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = expire(&chat).await {
            tracing::warn!(%error, "stories could not be purged; they will be tried again");
        }
    }
}

/// Purges deleted stories without letting anyone wait; if that fails, [`run`] does it.
pub(super) fn expire_soon(chat: &Chat) {
    let chat = chat.clone();
    tokio::spawn(async move {
        if let Err(error) = expire(&chat).await {
            tracing::warn!(%error, "a deleted story could not be purged; it will be tried again");
        }
    });
}

/// Purges every story whose day is over.
pub async fn expire(chat: &Chat) -> AppResult<()> {
    let mut purged = false;
    loop {
        let over = story::Entity::find()
            .filter(story::Column::ExpiresAt.lte(clock::now().0))
            .limit(BATCH)
            .all(chat.db())
            .await
            .or_fault()?;
        if over.is_empty() {
            break;
        }
        let shows = attachment::Column::StoryId.is_in(over.iter().map(|row| row.id));
        let keys = attachment::Entity::find()
            .select_only()
            .column(attachment::Column::Key)
            .filter(shows.clone())
            .into_tuple::<String>()
            .all(chat.db())
            .await
            .or_fault()?;
        // Files before rows: what fails in between is found again.
        attachments::delete_blobs(chat, keys).await?;
        chat.write(async move |w| {
            attachment::Entity::delete_many().filter(shows).exec(w.db()).await.or_fault()?;
            purge(w, over).await
        })
        .await?;
        purged = true;
    }
    if purged {
        database::scrub(chat.db()).await.or_fault()?;
    }
    Ok(())
}

/// Takes rows away, and with them whom they named and who has seen them.
async fn purge(w: &mut Work, over: Vec<story::Model>) -> AppResult<()> {
    for row in &over {
        ties::tell_gone(w, row).await?;
    }
    let gone = story::Column::Id.is_in(over.iter().map(|row| row.id));
    story::Entity::delete_many().filter(gone).exec(w.db()).await.or_fault()?;
    Ok(())
}
