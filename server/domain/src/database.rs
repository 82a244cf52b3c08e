//! Opening the database. The only place that knows the settings of `SQLite`.

use std::time::Duration;

use sapa_migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};

/// Connections that only read: more than one account may ask at a time, and than may look through much.
const READERS: u32 = 12;
/// How long a statement waits for the lock of another program, such as a backup.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// How long emptying the log waits for whoever still reads it, while nobody can write.
const SCRUB_WAIT: Duration = Duration::from_millis(50);
/// How long a read waits for a free connection.
const FREE_WAIT: Duration = Duration::from_secs(5);

/// The one connection that writes, with the schema brought up to date.
pub async fn open_writer(url: &str) -> Result<DatabaseConnection, DbErr> {
    let db = Database::connect(options(url, 1, false)).await?;
    Migrator::up(&db, None).await?;
    Ok(db)
}

/// The same once more, after an error of the one before: the file must still be there, its schema with it.
pub async fn reopen_writer(url: &str) -> Result<DatabaseConnection, DbErr> {
    Database::connect(options(&existing(url), 1, false)).await
}

/// One connection that reads, which shares nothing with any other.
pub async fn open_reader(url: &str) -> Result<DatabaseConnection, DbErr> {
    Database::connect(options(&existing(url), 1, true)).await
}

/// The connections that read while the writer writes.
pub async fn open_readers(url: &str) -> Result<DatabaseConnection, DbErr> {
    Database::connect(options(url, READERS, true)).await
}

/// One connection that writes too, beside a server that may be running. The schema is left as it is.
pub async fn open_beside(url: &str) -> Result<DatabaseConnection, DbErr> {
    let db = Database::connect(options(&existing(url), 1, false)).await?;
    if !Migrator::get_pending_migrations(&db).await?.is_empty() {
        let message = "the database is of an older version: start the server once";
        return Err(DbErr::Custom(message.to_owned()));
    }
    Ok(db)
}

/// Takes what was overwritten out of the write-ahead log too; `false` where somebody still reads what is there.
///
/// A connection of its own, for it waits shorter than others: nobody can write meanwhile.
pub async fn scrub(url: &str) -> Result<bool, DbErr> {
    let mut options = options(&existing(url), 1, false);
    options.map_sqlx_sqlite_opts(|sqlite| sqlite.busy_timeout(SCRUB_WAIT));
    let db = Database::connect(options).await?;
    let scrubbed = checkpoint(&db).await;
    db.close().await?;
    scrubbed
}

async fn checkpoint(db: &DatabaseConnection) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(true);
    }
    // First what needs nobody to wait: whoever begins to read after it needs the log no more.
    db.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await?;
    let sql = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let answer = db.query_one_raw(sql).await?;
    // The first column says whether it was kept from ending by others (sqlite.org/pragma.html).
    let busy: i64 = answer.map_or(Ok(1), |row| row.try_get_by_index(0))?;
    Ok(busy == 0)
}

/// The same address, which makes no file where none is.
fn existing(url: &str) -> String {
    url.replace("mode=rwc", "mode=rw")
}

fn options(url: &str, connections: u32, only_reads: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(FREE_WAIT)
        .sqlx_logging(false)
        // A connection kept open costs little; its page cache is worth keeping.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                // An acknowledged message survives a power cut.
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                // What is deleted is overwritten, not only forgotten.
                .pragma("secure_delete", "ON")
                .pragma("query_only", if only_reads { "ON" } else { "OFF" })
                .busy_timeout(LOCK_WAIT)
        });
    options
}
