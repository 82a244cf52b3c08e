//! The writer: everything that changes goes through here, one after another.
//!
//! `SQLite` takes one writer at a time, so there is one: a thread that owns the connection. What
//! queues up meanwhile shares the next transaction and its one flush to disk (group commit). Each
//! job has a savepoint, so that one that fails takes nothing with it but its own. Only once the
//! commit is durable do the jobs' effects go out, in the order of the log, each before its caller
//! hears. On `PostgreSQL` this file would run jobs side by side, each in a transaction of its own.
//!
//! After an error of a transaction the connection is thrown away, for what it believes of itself and what is so
//! may differ. Until another one has shown that its writes can be read by others, everybody is refused.

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use sapa_model::{AppError, AppResult, ErrorCode};
use sea_orm::DatabaseConnection;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::fault::unavailable;
use crate::hub::Hub;

mod ailment;
mod batch;
#[cfg(test)]
mod tests;
mod work;

use ailment::Ailment;
pub use work::Work;

/// Jobs that may wait for the writer.
const QUEUE: usize = 1024;
/// How long a caller waits, for a place in the queue and for the commit together.
const PATIENCE: Duration = Duration::from_secs(10);

/// The way to the thread that writes.
pub struct Writer {
    orders: mpsc::Sender<Order>,
    commits: Arc<AtomicU64>,
    ailment: Arc<Ailment>,
    patience: Duration,
}

enum Order {
    Do(Job),
    /// The connection is not to be trusted any more.
    Doubt,
    Stop(oneshot::Sender<()>),
}

/// A job runs within a savepoint, then says whether to keep what it wrote and how to answer.
type Job = Box<dyn for<'a> FnOnce(&'a mut Work) -> LocalBoxFuture<'a, Outcome> + Send>;

struct Outcome {
    keep: bool,
    /// What of the database ended the job, if that did.
    fault: Option<AppError>,
    /// Told how the commit went. Dropped without a call, it answers with what ails the database.
    answer: Box<dyn FnOnce(AppResult<()>)>,
}

impl Writer {
    /// Starts the thread, with a connection that writes; `url` is where others come from. It ends when the
    /// writer is stopped or dropped.
    pub fn start(url: String, db: DatabaseConnection, hub: Arc<Hub>) -> std::io::Result<Self> {
        let (orders, queue) = mpsc::channel(QUEUE);
        let (commits, ailment) = (Arc::new(AtomicU64::new(0)), Arc::new(Ailment::default()));
        let batches = batch::Batches::new(url, db, hub, commits.clone(), ailment.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::Builder::new()
            .name("sapa-writer".to_owned())
            .spawn(move || runtime.block_on(batches.run(queue)))?;
        Ok(Self { orders, commits, ailment, patience: PATIENCE })
    }

    /// Does `job` and answers with its result once the commit is durable.
    ///
    /// An error of the job undoes all that it wrote and keeps its events back. `disk_full` or `unavailable`
    /// when the commit fails, `unavailable` when ten seconds pass before the job is begun, or twice as many before
    /// it is done; `internal` if the job panics.
    pub async fn write<T, F>(&self, job: F) -> AppResult<T>
    where
        T: Send + 'static,
        F: AsyncFnOnce(&mut Work) -> AppResult<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let begun = Arc::new(AtomicBool::new(false));
        let order = Order::Do(prepare(job, answer, begun.clone()));
        let mut done = pin!(async {
            self.orders.send(order).await.map_err(|_| unavailable())?;
            answered.await.unwrap_or_else(|_| Err(self.ailment.refusal()))
        });
        if let Ok(result) = timeout(self.patience, &mut done).await {
            return result;
        }
        // What has not begun never will: refused is not done. What has may be on the disk already, so its own answer
        // is waited for.
        if !begun.swap(true, Ordering::AcqRel) {
            return Err(unavailable());
        }
        timeout(self.patience, done).await.unwrap_or_else(|_| Err(unavailable()))
    }

    /// Puts a job into the queue without waiting for it; a full queue drops it.
    pub fn write_later<F>(&self, job: F)
    where
        F: AsyncFnOnce(&mut Work) -> AppResult<()> + Send + 'static,
    {
        let order = Order::Do(Box::new(move |work| {
            Box::pin(async move {
                let keep = caught(job(work)).await.is_ok();
                Outcome { keep, fault: None, answer: Box::new(|_| ()) }
            })
        }));
        if self.orders.try_send(order).is_err() {
            tracing::warn!("the writer is too busy; something small was left unwritten");
        }
    }

    /// Has the connection thrown away before the next job: what it wrote could not be read.
    pub async fn doubt(&self) {
        // An error only says that the thread is gone, and its connection with it.
        let _ = self.orders.send(Order::Doubt).await;
    }

    /// Transactions committed so far.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Finishes what is in the queue, takes no more, and closes the connection.
    pub async fn stop(&self) {
        let (stopped, wait) = oneshot::channel();
        if self.orders.send(Order::Stop(stopped)).await.is_ok() {
            // An error only says that the thread is gone already.
            let _ = wait.await;
        }
    }
}

/// `begun` is set by whoever comes first: the job as it begins, or its caller, who does not wait any more.
fn prepare<T, F>(job: F, answer: oneshot::Sender<AppResult<T>>, begun: Arc<AtomicBool>) -> Job
where
    T: Send + 'static,
    F: AsyncFnOnce(&mut Work) -> AppResult<T> + Send + 'static,
{
    Box::new(move |work| {
        Box::pin(async move {
            // Whoever has gone while it waited has been told nothing: so nothing need be done.
            if answer.is_closed() || begun.swap(true, Ordering::AcqRel) {
                return Outcome { keep: false, fault: None, answer: Box::new(|_| ()) };
            }
            let result = caught(job(work)).await;
            let keep = result.is_ok();
            let fault = result.as_ref().err().filter(|error| fails_all(error)).cloned();
            let answer = Box::new(move |committed: AppResult<()>| {
                // What was refused was so whether or not others could be kept.
                let result = if keep { committed.and(result) } else { result };
                // The caller may have gone meanwhile; a repeated send will find the message.
                let _ = answer.send(result);
            });
            Outcome { keep, fault, answer }
        })
    })
}

/// Whether an error of a job tells what ails the database, rather than the job.
fn fails_all(error: &AppError) -> bool {
    matches!(error.code, ErrorCode::DiskFull | ErrorCode::Unavailable)
}

/// The result of a job, or `internal` if it panicked: the writer outlives its jobs' mistakes.
async fn caught<T>(job: impl Future<Output = AppResult<T>>) -> AppResult<T> {
    AssertUnwindSafe(job).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!("a write panicked");
        Err(AppError::internal())
    })
}
