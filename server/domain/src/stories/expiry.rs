//! The end of stories: their rows, what was noted of them, and their files, also from the write-ahead log.

use sapa_model::AppResult;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::ties;
use crate::chat::Chat;
use crate::entity::{attachment, story};
use crate::fault::OrFault;
use crate::writer::Work;
use crate::{attachments, clock};

/// Stories purged in one transaction.
const BATCH: u64 = 100;

/// Purges every story whose day is over.
pub async fn expire(chat: &Chat) -> AppResult<()> {
    loop {
        let over = story::Entity::find()
            .filter(story::Column::ExpiresAt.lte(clock::now().0))
            .limit(BATCH)
            .all(chat.db())
            .await
            .or_fault()?;
        if over.is_empty() {
            return Ok(());
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
        chat.erasure().dirty();
        chat.write(async move |w| {
            attachment::Entity::delete_many().filter(shows).exec(w.db()).await.or_fault()?;
            purge(w, over).await
        })
        .await?;
    }
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
