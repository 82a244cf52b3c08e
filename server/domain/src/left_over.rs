//! What the program was in the middle of when it ended last: it is noted at the start and settled as soon as
//! something can be written, for new things of the same kind begin meanwhile.

use std::time::Duration;

use sapa_model::{AppResult, AttachmentId, CallId};

use crate::chat::{Chat, WeakChat};
use crate::{attachments, avatars, calls};

/// How long after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(5);

/// See the module.
pub struct LeftOver {
    /// Of uploads up to this one those that have not come.
    uploads: Option<AttachmentId>,
    /// Keys of pictures of nobody.
    pictures: Vec<String>,
    calls: Vec<CallId>,
}

impl LeftOver {
    /// Notes what there is.
    pub async fn note(chat: &Chat) -> AppResult<Self> {
        Ok(Self {
            uploads: attachments::newest(chat).await?,
            pictures: avatars::loose(chat).await?,
            calls: calls::unfinished(chat).await?,
        })
    }

    /// Takes uploads and pictures away, and writes the lines of calls. What it has done is not there to be done
    /// again.
    pub async fn settle(&self, chat: &Chat) -> AppResult<()> {
        if let Some(newest) = self.uploads {
            attachments::forget_waiting(chat, newest).await?;
        }
        avatars::delete(chat, self.pictures.clone()).await?;
        calls::settle(chat, &self.calls).await
    }

    /// The same until it is done.
    pub async fn settle_later(self, chat: WeakChat) {
        loop {
            tokio::time::sleep(RETRY).await;
            let Some(chat) = chat.upgrade() else { return };
            match self.settle(&chat).await {
                Ok(()) => return,
                Err(error) => tracing::warn!(%error, "what the last run has left is tidied up later"),
            }
        }
    }
}
