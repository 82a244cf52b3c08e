//! The messenger as a whole: what every rule works with.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use sapa_model::{AppResult, limits};
use sea_orm::DatabaseConnection;
use thiserror::Error;
use tokio::sync::Mutex;
use tokio::task::AbortHandle;

use crate::accounts::{Door, JoinOptions};
use crate::attachments::{FileLimits, Intake};
use crate::calls::CallOptions;
use crate::erasure::{self, Erasure};
use crate::fault::OrFault;
use crate::hub::{CloseReason, Hub};
use crate::left_over::LeftOver;
use crate::mail::{MailOptions, Post, PostError};
use crate::password::Hasher;
use crate::rates::{RateLimits, Rates};
use crate::storage::{Storage, StorageError};
use crate::throttle::Throttle;
use crate::turns::{Bounds, NetworkTurns};
use crate::writer::{Work, Writer};
use crate::{database, heartbeat, refold};

/// How long a proof that the database takes writes holds.
const PROOF_HOLDS: Duration = Duration::from_secs(1);
/// How often what was written of late is proved, whether or not anybody asks.
const PROOF_EVERY: Duration = Duration::from_secs(2);

/// Answers to "what has changed" that are put together at a time. After an interruption a whole school asks from
/// one network.
const RESUMES: Bounds =
    Bounds { all: 4, each: 3, waiting: 10_000, waiting_each: 5_000, patience: Duration::from_secs(30) };
/// Of one account, one.
const RESUMES_OF_ACCOUNT: Bounds = Bounds { each: 1, waiting_each: limits::CONNECTIONS_MAX, ..RESUMES };

/// Readings that look through much, as for a room's gallery or among all people: fewer than there are connections that
/// read, so that short ones wait for none of them.
const SEARCHES: Bounds =
    Bounds { all: 2, each: 2, waiting: 1_024, waiting_each: 64, patience: Duration::from_secs(10) };
/// Of one account, one.
const SEARCHES_OF_ACCOUNT: Bounds = Bounds { each: 1, waiting_each: 4, ..SEARCHES };

/// Where the messenger keeps its data.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// `sqlite://path/to/file?mode=rwc`; the folder must exist.
    pub database_url: String,
    /// Where files are kept: `file:` and an absolute folder, made if it is not there.
    pub blob_url: String,
    /// A folder on the same machine for files on their way in. What lies there is deleted.
    pub spool: PathBuf,
    /// How much files may take.
    pub files: FileLimits,
    /// How letters are sent.
    pub mail: MailOptions,
    /// How much may be asked for.
    pub rates: RateLimits,
    /// How calls are made.
    pub calls: CallOptions,
    /// Keeps an account out until its e-mail address is confirmed.
    pub require_verified_email: bool,
    /// How accounts come about.
    pub joining: JoinOptions,
}

/// Why the messenger could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The database cannot be opened, or its schema not brought up to date.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The storage of files cannot be opened.
    #[error("the storage cannot be opened: {0}")]
    Storage(#[from] StorageError),
    /// Letters cannot be sent.
    #[error("letters cannot be sent: {0}")]
    Post(#[from] PostError),
    /// The writer's thread cannot be started.
    #[error("the writer cannot be started: {0}")]
    Writer(#[from] std::io::Error),
    /// The system has no random numbers, or the database does not answer.
    #[error("the messenger cannot be opened: {0}")]
    Fault(#[from] sapa_model::AppError),
}

/// An open messenger. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct Chat {
    parts: Arc<Parts>,
}

/// The same messenger, for what must not keep it open.
pub(crate) struct WeakChat(Weak<Parts>);

impl WeakChat {
    /// The messenger, if it is still there.
    pub fn upgrade(&self) -> Option<Chat> {
        self.0.upgrade().map(|parts| Chat { parts })
    }
}

struct Parts {
    url: String,
    read: DatabaseConnection,
    writer: Writer,
    hub: Arc<Hub>,
    hasher: Hasher,
    throttle: Throttle,
    rates: Rates,
    resumes: NetworkTurns,
    searches: NetworkTurns,
    storage: Storage,
    files: FileLimits,
    intake: Intake,
    post: Post,
    calls: CallOptions,
    require_verified_email: bool,
    erasure: Erasure,
    /// Whether the database took a write, and when that was looked at.
    proof: Mutex<Option<(Instant, bool)>>,
    /// What runs for as long as the messenger is open.
    running: OnceLock<Vec<AbortHandle>>,
    door: Door,
}

impl Chat {
    /// Opens the database, brings its schema up to date and starts the writer.
    pub async fn open(options: OpenOptions) -> Result<Self, OpenError> {
        let write = database::open_writer(&options.database_url).await?;
        let read = database::open_readers(&options.database_url).await?;
        let hub = Arc::new(Hub::default());
        let writer = Writer::start(options.database_url.clone(), write, hub.clone())?;
        let (hasher, throttle) = (Hasher::new()?, Throttle::new(options.rates.sign_in));
        let rates = Rates::new(options.rates);
        let storage = Storage::open(&options.blob_url, options.spool, options.files.reserve)?;
        let (files, intake) = (options.files, Intake::default());
        let (post, require_verified_email) = (Post::open(options.mail)?, options.require_verified_email);
        let chat = Self {
            parts: Arc::new(Parts {
                url: options.database_url,
                read,
                writer,
                hub,
                hasher,
                throttle,
                rates,
                resumes: NetworkTurns::new(RESUMES, RESUMES_OF_ACCOUNT),
                searches: NetworkTurns::new(SEARCHES, SEARCHES_OF_ACCOUNT),
                storage,
                files,
                intake,
                post,
                calls: options.calls,
                require_verified_email,
                erasure: Erasure::default(),
                proof: Mutex::default(),
                running: OnceLock::new(),
                door: Door::new(options.joining),
            }),
        };
        let left_over = LeftOver::note(&chat).await?;
        // Where nothing can be written now, what there is can be read.
        let settled = left_over.settle(&chat).await;
        let weak = || WeakChat(Arc::downgrade(&chat.parts));
        let mut running = vec![
            tokio::spawn(erasure::run(weak())).abort_handle(),
            tokio::spawn(refold::run(weak())).abort_handle(),
            tokio::spawn(prove_what_is_written(weak())).abort_handle(),
        ];
        if let Err(error) = settled {
            tracing::warn!(%error, "what the last run has left is tidied up later");
            running.push(tokio::spawn(left_over.settle_later(weak())).abort_handle());
        }
        // Set once: this is the one place that opens a messenger.
        let _ = chat.parts.running.set(running);
        Ok(chat)
    }

    /// Who is connected, and the way to reach them.
    pub fn hub(&self) -> &Hub {
        &self.parts.hub
    }

    /// Whether the database takes writes that can be read by others. Proved at most once a second, however often
    /// it is asked.
    pub async fn ready(&self) -> bool {
        let mut last = self.parts.proof.lock().await;
        if let Some((at, good)) = *last
            && at.elapsed() < PROOF_HOLDS
        {
            return good;
        }
        let good = self.prove().await;
        *last = Some((Instant::now(), good));
        good
    }

    /// Writes something and reads it back over another connection. A writer of whom nothing can be read is doubted.
    async fn prove(&self) -> bool {
        let written = self.write(async |w| heartbeat::beat(w.db()).await.or_fault()).await;
        let Ok(beat) = written else { return false };
        match heartbeat::seen(self.db()).await {
            Ok(seen) if seen >= beat => true,
            Ok(_) => {
                tracing::error!(
                    "what was committed cannot be read: the connection that writes is thrown away"
                );
                self.parts.writer.doubt().await;
                false
            }
            Err(error) => {
                tracing::error!(%error, "the database cannot be read");
                false
            }
        }
    }

    /// Transactions committed since the start: fewer than writes where these queue.
    pub fn commits(&self) -> u64 {
        self.parts.writer.commits()
    }

    /// Closes every connection, lets the writer finish what it has taken, and closes the database.
    pub async fn close(&self) {
        self.hub().close_all(CloseReason::ShuttingDown);
        for task in self.parts.running.get().into_iter().flatten() {
            task.abort();
        }
        self.parts.writer.stop().await;
        if let Err(error) = self.db().clone().close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }

    /// Where the database is.
    pub(crate) fn database_url(&self) -> &str {
        &self.parts.url
    }

    /// What is to be erased.
    pub(crate) fn erasure(&self) -> &Erasure {
        &self.parts.erasure
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

    /// How much callers may still ask for.
    pub fn rates(&self) -> &Rates {
        &self.parts.rates
    }

    /// Turns at asking for what has changed.
    pub(crate) fn resumes(&self) -> &NetworkTurns {
        &self.parts.resumes
    }

    /// Turns at looking through much.
    pub(crate) fn searches(&self) -> &NetworkTurns {
        &self.parts.searches
    }

    /// The way out for letters.
    pub(crate) fn post(&self) -> &Post {
        &self.parts.post
    }

    /// How calls are made.
    pub(crate) fn calls(&self) -> &CallOptions {
        &self.parts.calls
    }

    /// Whether an account is kept out until its e-mail address is confirmed.
    pub fn requires_verified_email(&self) -> bool {
        self.parts.require_verified_email
    }

    /// Who may make an account.
    pub(crate) fn door(&self) -> &Door {
        &self.parts.door
    }

    /// Where files are kept.
    pub(crate) fn storage(&self) -> &Storage {
        &self.parts.storage
    }

    /// How much files may take.
    pub fn file_limits(&self) -> FileLimits {
        self.parts.files
    }

    /// Bounds how many files come in together, and how many pictures are looked at.
    pub(crate) fn intake(&self) -> &Intake {
        &self.parts.intake
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

/// Looks now and then whether what was written of late can be read, so that a fault that nobody has thought of
/// costs seconds and not everything.
async fn prove_what_is_written(chat: WeakChat) {
    let mut proved = 0;
    loop {
        tokio::time::sleep(PROOF_EVERY).await;
        let Some(chat) = chat.upgrade() else { return };
        if chat.commits() != proved {
            chat.ready().await;
            proved = chat.commits();
        }
    }
}
