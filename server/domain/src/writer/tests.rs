//! The writer's promises, kept to by jobs that misbehave.

use std::sync::Arc;

use futures::future::join_all;
use sapa_model::{AppError, ErrorCode, Event, RoomId, UserId};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, EntityTrait, PaginatorTrait};

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
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("sapa.db").display());
    let write = database::open_writer(&url).await.unwrap();
    let hub = Arc::new(Hub::default());
    let writer = Arc::new(Writer::start(write, hub.clone()).unwrap());
    let scope = Scope { user_id: LISTENER, session_id: sapa_model::ids::SessionId(1), token: None };
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
