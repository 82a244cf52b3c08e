//! Opening the database. The only place that knows the settings of `SQLite`.

use std::time::Duration;

use sapa_migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};

/// Connections that only read.
const READERS: u32 = 4;
/// How long a statement waits for the lock of another program, such as a backup.
const LOCK_WAIT: Duration = Duration::from_secs(5);
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

/// Takes what was overwritten out of the write-ahead log too.
pub async fn scrub(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    }
    Ok(())
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
