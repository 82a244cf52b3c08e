//! The messenger as a whole: what every rule works with.

use std::sync::Arc;

use sapa_model::AppResult;
use sea_orm::DatabaseConnection;
use thiserror::Error;

use crate::database;
use crate::hub::{CloseReason, Hub};
use crate::messages;
use crate::password::Hasher;
use crate::throttle::Throttle;
use crate::writer::{Work, Writer};

/// Where the messenger keeps its data.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// `sqlite://path/to/file?mode=rwc`; the folder must exist.
    pub database_url: String,
}

/// Why the messenger could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The database cannot be opened, or its schema not brought up to date.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The writer's thread cannot be started.
    #[error("the writer cannot be started: {0}")]
    Writer(#[from] std::io::Error),
    /// The system has no random numbers.
    #[error("passwords cannot be hashed: {0}")]
    Hasher(#[from] sapa_model::AppError),
}

/// An open messenger. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct Chat {
    parts: Arc<Parts>,
}

struct Parts {
    read: DatabaseConnection,
    writer: Writer,
    hub: Arc<Hub>,
    hasher: Hasher,
    throttle: Throttle,
}

impl Chat {
    /// Opens the database, brings its schema up to date and starts the writer.
    pub async fn open(options: OpenOptions) -> Result<Self, OpenError> {
        let write = database::open_writer(&options.database_url).await?;
        let read = database::open_readers(&options.database_url).await?;
        let hub = Arc::new(Hub::default());
        let writer = Writer::start(write, hub.clone())?;
        let (hasher, throttle) = (Hasher::new()?, Throttle::default());
        let chat = Self { parts: Arc::new(Parts { read, writer, hub, hasher, throttle }) };
        messages::purge_left_over(&chat);
        Ok(chat)
    }

    /// Who is connected, and the way to reach them.
    pub fn hub(&self) -> &Hub {
        &self.parts.hub
    }

    /// Whether the database answers both readers and the writer.
    pub async fn ready(&self) -> bool {
        self.db().ping().await.is_ok() && self.write(async |_| Ok(())).await.is_ok()
    }

    /// Transactions committed since the start: fewer than writes where these queue.
    pub fn commits(&self) -> u64 {
        self.parts.writer.commits()
    }

    /// Closes every connection, lets the writer finish what it has taken, and closes the database.
    pub async fn close(&self) {
        self.hub().close_all(CloseReason::ShuttingDown);
        self.parts.writer.stop().await;
        if let Err(error) = self.db().clone().close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }

    /// The connections to read with.
    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.parts.read
    }

    /// Hashes and verifies passwords.
    pub(crate) fn hasher(&self) -> &Hasher {
        &self.parts.hasher
    }

    /// Failed sign-ins of late.
    pub(crate) fn throttle(&self) -> &Throttle {
        &self.parts.throttle
    }

    /// Does `job` in a transaction and answers once that is durable; see [`Writer::write`].
    pub(crate) async fn write<T, F>(&self, job: F) -> AppResult<T>
    where
        T: Send + 'static,
        F: AsyncFnOnce(&mut Work) -> AppResult<T> + Send + 'static,
    {
        self.parts.writer.write(job).await
    }

    /// Does `job` some time soon; nobody hears how it went.
    pub(crate) fn write_later<F>(&self, job: F)
    where
        F: AsyncFnOnce(&mut Work) -> AppResult<()> + Send + 'static,
    {
        self.parts.writer.write_later(job);
    }
}
