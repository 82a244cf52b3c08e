//! The writer's promises, kept to by jobs that misbehave.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use sapa_model::{AppError, ErrorCode, Event, RoomId, UserId};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, EntityTrait, PaginatorTrait, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use tokio::sync::Notify;

use super::{Work, Writer};
use crate::database;
use crate::entity::block;
use crate::fault::OrFault;
use crate::hub::{Audience, Hub, Outgoing, Receiver, line};
use crate::scope::Scope;

struct Setting {
    writer: Arc<Writer>,
    raw: DatabaseConnection,
    ears: Receiver,
    _folder: tempfile::TempDir,
}

const LISTENER: UserId = UserId(1);

async fn setting() -> Setting {
    setting_with(Duration::from_secs(10)).await
}

/// The same with callers who wait no longer than this.
async fn setting_with(patience: Duration) -> Setting {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("sapa.db").display());
    let write = database::open_writer(&url).await.unwrap();
    let hub = Arc::new(Hub::default());
    let writer = Arc::new(Writer { patience, ..Writer::start(url.clone(), write, hub.clone()).unwrap() });
    let scope =
        Scope { user_id: LISTENER, session_id: sapa_model::ids::SessionId(1), token: None, network: None };
    let (line, mut ears) = line(hub.next_connection(), scope);
    writer
        .write(async move |w| {
            w.connect(line, Vec::new());
            Ok(())
        })
        .await
        .unwrap();
    assert!(matches!(ears.next().await, Outgoing::Frame(_)), "the Hello");
    let raw = Database::connect(url).await.unwrap();
    let people = "INSERT INTO users (id, username, nickname, search, password_hash, who_may_write, created_at) \
                  VALUES (1, 'a', 'a', 'a', '', 'everyone', 1), (2, 'b', 'b', 'b', '', 'everyone', 1)";
    raw.execute_unprepared(people).await.unwrap();
    Setting { writer, raw, ears, _folder: folder }
}

impl Setting {
    async fn rows(&self) -> u64 {
        block::Entity::find().count(&self.raw).await.unwrap()
    }

    fn is_silent(&mut self) -> bool {
        use futures::FutureExt;
        self.ears.next().now_or_never().is_none()
    }
}

/// Writes a row and says so.
async fn write_row(w: &mut Work) -> Result<(), AppError> {
    w.db().execute_unprepared("INSERT INTO blocks VALUES (1, 2, 0)").await.or_fault()?;
    w.emit(Audience::User(LISTENER), Event::DialogGone { room_id: RoomId(1) });
    Ok(())
}

#[tokio::test]
async fn a_job_that_fails_leaves_nothing() {
    let mut setting = setting().await;
    let failed: Result<(), _> = setting
        .writer
        .write(async |w| {
            write_row(w).await?;
            Err(AppError::forbidden("no"))
        })
        .await;
    assert_eq!(failed.unwrap_err().code, ErrorCode::Forbidden);
    assert_eq!(setting.rows().await, 0);
    assert!(setting.is_silent());
}

#[tokio::test]
async fn a_panicking_job_is_an_error_of_its_own() {
    let mut setting = setting().await;
    let panicked: Result<(), _> = setting
        .writer
        .write(async |w| {
            write_row(w).await?;
            panic!("on purpose");
        })
        .await;
    assert_eq!(panicked.unwrap_err().code, ErrorCode::Internal);
    assert_eq!(setting.rows().await, 0);
    assert!(setting.is_silent());
    setting.writer.write(async |w| write_row(w).await).await.unwrap();
    assert_eq!(setting.rows().await, 1);
}

#[tokio::test]
async fn a_failed_commit_answers_everyone_and_tells_nobody() {
    let mut setting = setting().await;
    let breaks = setting.writer.write(async |w| {
        // A foreign key that nobody checks before the commit, which it fails.
        w.db().execute_unprepared("PRAGMA defer_foreign_keys = ON").await.or_fault()?;
        w.db().execute_unprepared("INSERT INTO blocks VALUES (8, 9, 0)").await.or_fault()?;
        w.emit(Audience::User(LISTENER), Event::DialogGone { room_id: RoomId(1) });
        Ok(())
    });
    let fellow = setting.writer.write(async |w| write_row(w).await);
    let (broke, fellow) = tokio::join!(breaks, fellow);
    assert_eq!(broke.unwrap_err().code, ErrorCode::Unavailable);
    // The other one shared the commit, or came after it with one of its own.
    match fellow {
        Ok(()) => assert_eq!(setting.rows().await, 1),
        Err(error) => {
            assert_eq!(error.code, ErrorCode::Unavailable);
            assert_eq!(setting.rows().await, 0);
            assert!(setting.is_silent());
        }
    }
    setting.raw.execute_unprepared("DELETE FROM blocks").await.unwrap();
    setting.writer.write(async |w| write_row(w).await).await.unwrap();
}

#[tokio::test]
async fn what_is_heard_is_durable_already() {
    let mut setting = setting().await;
    let writer = setting.writer.clone();
    let writing = tokio::spawn(async move { writer.write(async |w| write_row(w).await).await });
    assert!(matches!(setting.ears.next().await, Outgoing::Frame(_)));
    assert_eq!(setting.rows().await, 1);
    writing.await.unwrap().unwrap();
}

#[tokio::test]
async fn stopping_finishes_what_was_taken() {
    let setting = setting().await;
    let jobs = join_all((0..200).map(|_| setting.writer.write(async |_| Ok(()))));
    let (done, ()) = tokio::join!(jobs, setting.writer.stop());
    assert!(done.iter().all(Result::is_ok));
    let late = setting.writer.write(async |_| Ok(())).await;
    assert_eq!(late.unwrap_err().code, ErrorCode::Unavailable);
}

/// Fills the disk as far as the database can see (`PRAGMA max_page_count`), for the connection that writes alone.
async fn write_on_a_full_disk(w: &mut Work) -> Result<(), AppError> {
    w.db().execute_unprepared("PRAGMA max_page_count = 1").await.or_fault()?;
    w.db().execute_unprepared("CREATE TABLE large (bytes BLOB)").await.or_fault()?;
    w.db().execute_unprepared("INSERT INTO large VALUES (zeroblob(1000000))").await.or_fault().map(drop)
}

/// A row that a commit refuses: a foreign key that is looked at only then.
async fn write_what_no_commit_takes(w: &mut Work) -> Result<(), AppError> {
    w.db().execute_unprepared("PRAGMA defer_foreign_keys = ON").await.or_fault()?;
    w.db().execute_unprepared("INSERT INTO blocks VALUES (8, 9, 0)").await.or_fault().map(drop)
}

#[tokio::test]
async fn whatever_was_refused_before_what_is_acknowledged_is_there() {
    for refusals in [1, 2, 10] {
        let mut setting = setting().await;
        for _ in 0..refusals {
            let refused = setting.writer.write(async |w| write_on_a_full_disk(w).await).await;
            assert_eq!(refused.unwrap_err().code, ErrorCode::DiskFull);
            let refused = setting.writer.write(async |w| write_what_no_commit_takes(w).await).await;
            assert_eq!(refused.unwrap_err().code, ErrorCode::Unavailable);
        }
        setting.writer.write(async |w| write_row(w).await).await.unwrap();
        assert_eq!(setting.rows().await, 1, "after {refusals} refusals");
        assert!(matches!(setting.ears.next().await, Outgoing::Frame(_)));
        assert!(setting.is_silent());
    }
}

#[tokio::test]
async fn a_transaction_that_is_lost_in_the_middle_takes_no_one_with_it_unanswered() {
    let mut setting = setting().await;
    // As an error of the system does, such as a full disk: all is undone behind the job's back.
    let breaks = setting.writer.write(async |w| {
        w.db().execute_unprepared("ROLLBACK").await.or_fault()?;
        Ok(())
    });
    let (broke, fellow) = tokio::join!(breaks, setting.writer.write(async |w| write_row(w).await));
    assert_eq!(broke.unwrap_err().code, ErrorCode::Unavailable);
    assert_eq!(setting.rows().await, u64::from(fellow.is_ok()));
    assert_eq!(setting.is_silent(), fellow.is_err());
}

#[tokio::test]
async fn while_another_program_holds_the_lock_everybody_is_refused_in_time() {
    let setting = setting().await;
    let lock = setting.raw.begin_with_options(immediately()).await.unwrap();
    let refused = setting.writer.write(async |w| write_row(w).await).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::Unavailable);
    lock.rollback().await.unwrap();
    let patient = async {
        while setting.writer.write(async |w| write_row(w).await).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), patient).await.unwrap();
    assert_eq!(setting.rows().await, 1);
}

#[tokio::test]
async fn a_writer_that_is_doubted_goes_on_with_another_connection() {
    let setting = setting().await;
    setting.writer.write(async |w| write_row(w).await).await.unwrap();
    setting.writer.doubt().await;
    setting
        .writer
        .write(async |w| {
            w.db().execute_unprepared("INSERT INTO blocks VALUES (2, 1, 0)").await.or_fault().map(drop)
        })
        .await
        .unwrap();
    assert_eq!(setting.rows().await, 2);
}

fn immediately() -> TransactionOptions {
    let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
    TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() }
}

#[tokio::test]
async fn a_panic_of_the_thread_itself_takes_only_its_own_transaction_with_it() {
    struct Mine;
    impl Drop for Mine {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }
    let Setting { writer, raw, .. } = &setting().await;
    let (begun, gone) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let asks = {
        let (writer, begun, gone) = (writer.clone(), begun.clone(), gone.clone());
        tokio::spawn(async move {
            let job = async move |_: &mut Work| {
                begun.notify_one();
                gone.notified().await;
                Ok(Mine)
            };
            let _ = writer.write(job).await.map(std::mem::forget);
        })
    };
    begun.notified().await;
    // Nobody hears the answer, so that it is dropped where it is given.
    asks.abort();
    assert!(asks.await.unwrap_err().is_cancelled());
    gone.notify_one();
    // One that shares the transaction is told nothing of it, which may be repeated; the next is kept.
    let insert = "INSERT OR IGNORE INTO blocks VALUES (1, 2, 0)";
    let again = async |w: &mut Work| w.db().execute_unprepared(insert).await.map(drop).or_fault();
    if let Err(error) = writer.write(again).await {
        assert_eq!(error.code, ErrorCode::Unavailable);
        writer.write(again).await.unwrap();
    }
    assert_eq!(block::Entity::find().count(raw).await.unwrap(), 1);
}

#[tokio::test]
async fn what_is_refused_for_waiting_too_long_is_not_done_and_what_is_begun_is_answered_for() {
    let setting = &setting_with(Duration::from_millis(400)).await;
    let insert = |from: u8, to: u8, takes: Duration| {
        let sql = format!("INSERT INTO blocks VALUES ({from}, {to}, 0)");
        setting.writer.write(async move |w| {
            tokio::time::sleep(takes).await;
            w.db().execute_unprepared(&sql).await.map(drop).or_fault()
        })
    };
    // The first is begun, and takes longer than anybody waits for a beginning; the second waits behind it.
    let slow = insert(1, 2, Duration::from_millis(600));
    let late = async {
        tokio::task::yield_now().await;
        insert(2, 1, Duration::ZERO).await
    };
    let (slow, late) = futures::future::join(slow, late).await;
    assert_eq!(slow, Ok(()));
    assert_eq!(late.unwrap_err().code, ErrorCode::Unavailable);
    // Whatever was in the queue is through.
    setting.writer.write(async |_| Ok(())).await.unwrap();
    assert_eq!(setting.rows().await, 1);
}
