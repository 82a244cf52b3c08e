//! What the program does by itself, by the hour.

use std::time::Duration;

use sapa_domain::{Chat, attachments, security, sessions};
use tokio_util::sync::CancellationToken;

const HOUR: Duration = Duration::from_hours(1);

/// Runs the jobs until the program leaves.
pub async fn run(chat: Chat, leaving: CancellationToken) {
    let mut hours = tokio::time::interval(HOUR);
    loop {
        tokio::select! {
            () = leaving.cancelled() => return,
            _ = hours.tick() => {}
        }
        if let Err(error) = sessions::delete_expired(&chat).await {
            tracing::warn!(%error, "expired sessions could not be deleted");
        }
        if let Err(error) = security::delete_old(&chat).await {
            tracing::warn!(%error, "old rows of the security log could not be deleted");
        }
        if let Err(error) = sessions::delete_spent(&chat).await {
            tracing::warn!(%error, "spent refresh tokens could not be deleted");
        }
        if let Err(error) = attachments::sweep(&chat).await {
            tracing::warn!(%error, "files that nobody sent could not be deleted");
        }
    }
}
