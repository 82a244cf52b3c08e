//! The way out for letters: a mail server, or a folder.

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sapa_model::text::HouseName;
use thiserror::Error;
use tokio::sync::Notify;

use super::{LetterLimits, MailOptions};
use crate::storage;

/// How long a mail server may take over one step.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why letters cannot be sent.
#[derive(Debug, Error)]
pub enum PostError {
    /// The mail server's address cannot be read.
    #[error("--smtp-url cannot be used: {0}")]
    Server(#[source] lettre::transport::smtp::Error),
    /// The sender's address cannot be read.
    #[error("--mail-from cannot be used: {0}")]
    From(#[from] lettre::address::AddressError),
    /// The folder cannot be made.
    #[error("{0} cannot be made: {1}")]
    Folder(PathBuf, #[source] std::io::Error),
}

/// What sends letters.
pub struct Post {
    way: Way,
    /// What the house is called.
    pub house: HouseName,
    /// Who letters are from.
    pub from: Mailbox,
    /// Scheme and host of the links in them.
    pub origin: String,
    /// How many may go to addresses that nobody has confirmed.
    pub limits: LetterLimits,
    /// Wakes whoever sends them.
    pub waiting: Notify,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>, PathBuf),
}

impl Post {
    /// Prepares the way out; a mail server is not asked yet.
    pub fn open(options: MailOptions) -> Result<Self, PostError> {
        let MailOptions { smtp_url, folder, house, from, origin, limits } = options;
        let way = if let Some(url) = smtp_url {
            let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).map_err(PostError::Server)?;
            Way::Smtp(server.timeout(Some(PATIENCE)).build())
        } else {
            std::fs::create_dir_all(&folder).map_err(|error| PostError::Folder(folder.clone(), error))?;
            Way::Folder(AsyncFileTransport::new(&folder), folder)
        };
        Ok(Self { way, house, from: from.parse()?, origin, limits, waiting: Notify::new() })
    }

    /// Sends a letter; what went wrong is for the log.
    pub async fn send(&self, letter: Message) -> Result<(), String> {
        match &self.way {
            Way::Smtp(server) => server.send(letter).await.map(|_| ()).map_err(|error| error.to_string()),
            Way::Folder(files, folder) => {
                let id = files.send(letter).await.map_err(|error| error.to_string())?;
                let path = folder.join(format!("{id}.eml"));
                let synced = storage::sync(path.clone(), folder.as_path().into()).await;
                synced.map_err(|error| format!("{}: {error}", path.display()))?;
                tracing::warn!("no --smtp-url is set: a letter is waiting in {}", path.display());
                Ok(())
            }
        }
    }
}
