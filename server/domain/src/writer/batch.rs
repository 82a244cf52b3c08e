//! Group commit: the loop of the writer's thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use super::{Job, Order, Outcome, Work};
use crate::hub::{Effect, Hub};

/// Jobs that share a transaction at most: it bounds how long the first waits for the last.
const TOGETHER: usize = 64;

pub struct Batches {
    pub db: DatabaseConnection,
    pub hub: Arc<Hub>,
    pub commits: Arc<AtomicU64>,
}

/// A job done but not yet committed.
struct Done {
    effects: Vec<Effect>,
    outcome: Outcome,
}

impl Batches {
    pub async fn run(self, mut queue: mpsc::Receiver<Order>) {
        let mut stopped: Option<oneshot::Sender<()>> = None;
        while let Some(order) = queue.recv().await {
            match order {
                Order::Do(job) => {
                    if let Some(waiting) = self.batch(job, &mut queue).await {
                        queue.close();
                        stopped = Some(waiting);
                    }
                }
                Order::Stop(waiting) => {
                    queue.close();
                    stopped = Some(waiting);
                }
            }
        }
        if let Err(error) = self.db.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
        if let Some(waiting) = stopped {
            // Whoever asked may have stopped waiting.
            let _ = waiting.send(());
        }
    }

    /// Does `first` and what has queued behind it in one transaction. Jobs that are dropped on
    /// the way answer `unavailable` by themselves.
    async fn batch(&self, first: Job, queue: &mut mpsc::Receiver<Order>) -> Option<oneshot::Sender<()>> {
        let mut stop = None;
        let committed = async {
            let transaction = self.begin().await?;
            let mut done = vec![attempt(&transaction, first).await?];
            while done.len() < TOGETHER {
                match queue.try_recv() {
                    Ok(Order::Do(job)) => done.push(attempt(&transaction, job).await?),
                    Ok(Order::Stop(waiting)) => {
                        stop = Some(waiting);
                        break;
                    }
                    Err(_) => break,
                }
            }
            let committed = transaction.commit().await;
            Ok::<_, DbErr>((done, committed))
        };
        match committed.await {
            Ok((done, Ok(()))) => {
                self.commits.fetch_add(1, Ordering::Relaxed);
                for Done { effects, outcome } in done {
                    for effect in effects {
                        self.hub.apply(effect);
                    }
                    (outcome.answer)(true);
                }
            }
            Ok((done, Err(error))) => {
                tracing::error!(%error, "a commit failed");
                for Done { outcome, .. } in done {
                    (outcome.answer)(false);
                }
            }
            Err(error) => tracing::error!(%error, "a transaction failed"),
        }
        stop
    }

    async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        // The write lock from the start: a later upgrade could fail half way.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.db.begin_with_options(options).await
    }
}

/// Runs a job in a savepoint of its own. An error means that the whole transaction is lost.
async fn attempt(transaction: &DatabaseTransaction, job: Job) -> Result<Done, DbErr> {
    let mut work = Work::new(transaction.begin().await?);
    let outcome = job(&mut work).await;
    let (savepoint, effects) = work.into_parts();
    if outcome.keep {
        savepoint.commit().await?;
        Ok(Done { effects, outcome })
    } else {
        savepoint.rollback().await?;
        Ok(Done { effects: Vec::new(), outcome })
    }
}
