//! Group commit: the loop of the writer's thread.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures::FutureExt;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use super::ailment::Ailment;
use super::{Job, Order, Outcome, Work};
use crate::hub::{Effect, Hub};
use crate::{database, heartbeat};

/// Jobs that share a transaction at most: it bounds how long the first waits for the last.
const TOGETHER: usize = 64;
/// How long after a connection could not be proved another one is tried. Meanwhile everybody is refused at once.
const RETRY: Duration = Duration::from_millis(250);
/// How often the log says that this goes on: it may be on the very disk that is full.
const SAY_EVERY: Duration = Duration::from_mins(1);
/// How long a connection that is thrown away may take to close.
const CLOSE_WAIT: Duration = Duration::from_secs(2);

pub struct Batches {
    url: String,
    hub: Arc<Hub>,
    commits: Arc<AtomicU64>,
    ailment: Arc<Ailment>,
    /// None after an error, until another one is proved.
    db: Option<DatabaseConnection>,
    /// When the last one could not be proved.
    failed: Option<Instant>,
    /// When the log was last told of that.
    told: Option<Instant>,
}

/// A job done but not yet committed.
struct Done {
    effects: Vec<Effect>,
    outcome: Outcome,
}

/// Told when the thread has ended.
type Stopped = oneshot::Sender<()>;

impl Batches {
    pub fn new(
        url: String,
        db: DatabaseConnection,
        hub: Arc<Hub>,
        commits: Arc<AtomicU64>,
        ailment: Arc<Ailment>,
    ) -> Self {
        Self { url, hub, commits, ailment, db: Some(db), failed: None, told: None }
    }

    pub async fn run(mut self, mut queue: mpsc::Receiver<Order>) {
        let mut stopped: Option<Stopped> = None;
        while let Some(order) = queue.recv().await {
            let stop = match order {
                Order::Do(job) => match self.connection().await {
                    Some(db) => self.batch_or_panic(db, job, &mut queue).await,
                    // A job that is dropped answers with what ails the database.
                    None => None,
                },
                Order::Doubt => {
                    if let Some(db) = self.db.take() {
                        throw_away(db).await;
                    }
                    None
                }
                Order::Stop(waiting) => Some(waiting),
            };
            if let Some(waiting) = stop {
                queue.close();
                stopped = Some(waiting);
            }
        }
        if let Some(db) = self.db.take()
            && let Err(error) = db.close().await
        {
            tracing::warn!(%error, "the database did not close cleanly");
        }
        if let Some(waiting) = stopped {
            // Whoever asked may have stopped waiting.
            let _ = waiting.send(());
        }
    }

    /// The connection, or after an error another one, once it is proved.
    async fn connection(&mut self) -> Option<DatabaseConnection> {
        if let Some(db) = self.db.take() {
            return Some(db);
        }
        if self.failed.is_some_and(|at| at.elapsed() < RETRY) {
            return None;
        }
        match prove(&self.url).await {
            Ok(db) => {
                tracing::warn!("the database takes writes again");
                self.ailment.is_over();
                (self.failed, self.told) = (None, None);
                Some(db)
            }
            Err(error) => {
                let now = Instant::now();
                if is_due(&mut self.told, now) {
                    tracing::warn!(%error, "the database takes no writes yet");
                }
                self.ailment.note(&error);
                self.failed = Some(now);
                None
            }
        }
    }

    /// The same as [`Self::batch`]. A panic takes its connection with it, and nobody is told that something was
    /// kept; the thread goes on, for without it nothing would be written any more.
    async fn batch_or_panic(
        &mut self,
        db: DatabaseConnection,
        first: Job,
        queue: &mut mpsc::Receiver<Order>,
    ) -> Option<Stopped> {
        AssertUnwindSafe(self.batch(db, first, queue)).catch_unwind().await.unwrap_or_else(|_| {
            tracing::error!("a transaction panicked; its connection is thrown away");
            None
        })
    }

    /// Does `first` and what has queued behind it in one transaction.
    async fn batch(
        &mut self,
        db: DatabaseConnection,
        first: Job,
        queue: &mut mpsc::Receiver<Order>,
    ) -> Option<Stopped> {
        let (mut done, mut stop) = (Vec::new(), None);
        match self.fill(&db, first, queue, &mut done, &mut stop).await {
            Ok(()) => {
                self.db = Some(db);
                self.commits.fetch_add(1, Ordering::Relaxed);
                for Done { effects, outcome } in done {
                    for effect in effects {
                        self.hub.apply(effect);
                    }
                    (outcome.answer)(Ok(()));
                }
            }
            Err(error) => {
                tracing::error!(%error, "a transaction failed; its connection is thrown away");
                let refusal = self.ailment.note(&error);
                throw_away(db).await;
                for Done { outcome, .. } in done {
                    (outcome.answer)(Err(refusal.clone()));
                }
            }
        }
        stop
    }

    /// The transaction itself: what is `done` when this ends well is durable.
    async fn fill(
        &self,
        db: &DatabaseConnection,
        first: Job,
        queue: &mut mpsc::Receiver<Order>,
        done: &mut Vec<Done>,
        stop: &mut Option<Stopped>,
    ) -> Result<(), DbErr> {
        let mut next = Some(first);
        // Noted while the job is still there: dropped, it tells its caller what has been noted.
        let transaction = begin(db).await.inspect_err(|error| drop(self.ailment.note(error)))?;
        while let Some(job) = next.take() {
            done.push(self.attempt(&transaction, job).await?);
            if done.len() < TOGETHER {
                next = match queue.try_recv() {
                    Ok(Order::Do(job)) => Some(job),
                    Ok(Order::Stop(waiting)) => {
                        *stop = Some(waiting);
                        None
                    }
                    Ok(Order::Doubt) => {
                        return Err(DbErr::Custom("what was written could not be read".to_owned()));
                    }
                    Err(_) => None,
                };
            }
        }
        transaction.commit().await
    }

    /// Runs a job in a savepoint of its own. An error means that the whole transaction is lost.
    async fn attempt(&self, transaction: &DatabaseTransaction, job: Job) -> Result<Done, DbErr> {
        let note = |error: &DbErr| drop(self.ailment.note(error));
        let mut work = Work::new(transaction.begin().await.inspect_err(note)?);
        let outcome = job(&mut work).await;
        let (savepoint, effects) = work.into_parts();
        if outcome.keep {
            savepoint.commit().await.inspect_err(note)?;
            Ok(Done { effects, outcome })
        } else {
            if let Err(error) = savepoint.rollback().await {
                if let Some(fault) = outcome.fault {
                    self.ailment.note_fault(fault);
                }
                note(&error);
                return Err(error);
            }
            Ok(Done { effects: Vec::new(), outcome })
        }
    }
}

/// Whether the log is to be told again, which is noted as done.
fn is_due(told: &mut Option<Instant>, now: Instant) -> bool {
    let is_due = told.is_none_or(|at| now.duration_since(at) >= SAY_EVERY);
    if is_due {
        *told = Some(now);
    }
    is_due
}

async fn begin(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    // The write lock from the start: a later upgrade could fail half way.
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    db.begin_with_options(options).await
}

/// Opens a connection whose writes can be read by others: one is written, committed, and read over a third.
async fn prove(url: &str) -> Result<DatabaseConnection, DbErr> {
    let db = database::reopen_writer(url).await?;
    match is_proved(url, &db).await {
        Ok(()) => Ok(db),
        Err(error) => {
            throw_away(db).await;
            Err(error)
        }
    }
}

async fn is_proved(url: &str, db: &DatabaseConnection) -> Result<(), DbErr> {
    let transaction = begin(db).await?;
    let beat = heartbeat::beat(&transaction).await?;
    transaction.commit().await?;
    let reader = database::open_reader(url).await?;
    let seen = heartbeat::seen(&reader).await;
    throw_away(reader).await;
    if seen? < beat {
        return Err(DbErr::Custom("what was written cannot be read".to_owned()));
    }
    Ok(())
}

/// Closes a connection, whatever it is in the middle of.
async fn throw_away(db: DatabaseConnection) {
    match tokio::time::timeout(CLOSE_WAIT, db.close()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "a connection did not close cleanly"),
        Err(_) => tracing::warn!("a connection took too long to close and was left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_told_at_once_and_then_each_minute() {
        let (mut told, start) = (None, Instant::now());
        // As often as it is tried while people write.
        let tries = (0..=600).map(|n| start + n * RETRY);
        let said: Vec<_> = tries.filter(|now| is_due(&mut told, *now)).map(|now| now - start).collect();
        assert_eq!(said, [Duration::ZERO, SAY_EVERY, 2 * SAY_EVERY]);
    }
}
