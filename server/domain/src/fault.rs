//! From faults of the database to what people are told.

use std::time::Duration;

use sapa_model::{AppError, AppResult, ErrorCode};
use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};

/// When to come again after a fault that passes by itself.
const SOON: Duration = Duration::from_secs(1);
/// When to come again once the disk is full: somebody has to make room.
const LATER: Duration = Duration::from_secs(5);

/// Turns a fault into an [`AppError`]: its inside goes to the log and no further.
pub trait OrFault<T> {
    /// `disk_full` or `unavailable` where the database does not answer, else `internal`.
    fn or_fault(self) -> AppResult<T>;
}

impl<T> OrFault<T> for Result<T, DbErr> {
    fn or_fault(self) -> AppResult<T> {
        self.map_err(|error| fault(&error))
    }
}

/// What people are told of a fault of the database.
pub fn fault(error: &DbErr) -> AppError {
    tracing::error!(%error, "the database failed");
    refusal(error).unwrap_or_else(AppError::internal)
}

/// What people are told where the database, or the disk below it, does not do its work; nothing where the
/// mistake is in what it was asked.
pub fn refusal(error: &DbErr) -> Option<AppError> {
    // Primary result codes of SQLite (sqlite.org/rescode.html), which extended ones carry in their last byte.
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const NO_MEMORY: i32 = 7;
    const READ_ONLY: i32 = 8;
    const IO: i32 = 10;
    const FULL: i32 = 13;
    const CANNOT_OPEN: i32 = 14;
    let driver = match error {
        DbErr::Conn(RuntimeErr::SqlxError(driver))
        | DbErr::Exec(RuntimeErr::SqlxError(driver))
        | DbErr::Query(RuntimeErr::SqlxError(driver)) => driver,
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return Some(unavailable()),
        _ => return None,
    };
    let SqlxError::Database(answer) = driver.as_ref() else {
        // No answer at all: the connection is gone, or was never there.
        return Some(unavailable());
    };
    match answer.code()?.parse::<i32>().ok()? & 0xff {
        FULL => Some(disk_full()),
        BUSY | LOCKED | NO_MEMORY | READ_ONLY | IO | CANNOT_OPEN => Some(unavailable()),
        _ => None,
    }
}

/// What a refusal is taken for, where it is not passed on as it is. A fault always is: it says nothing of how
/// things stand.
pub trait Refused<T> {
    /// `None` where it is refused.
    fn if_allowed(self) -> AppResult<Option<T>>;

    /// Another refusal instead.
    fn told_as(self, instead: impl FnOnce() -> AppError) -> AppResult<T>;
}

impl<T> Refused<T> for AppResult<T> {
    fn if_allowed(self) -> AppResult<Option<T>> {
        if self.as_ref().is_err_and(|error| !error.is_fault()) {
            return Ok(None);
        }
        self.map(Some)
    }

    fn told_as(self, instead: impl FnOnce() -> AppError) -> AppResult<T> {
        self.map_err(|error| if error.is_fault() { error } else { instead() })
    }
}

/// The storage does not answer, or too much waits for it.
pub fn unavailable() -> AppError {
    AppError::new(ErrorCode::Unavailable, "The server is busy. Please try again.").after(SOON)
}

/// The disk that the database is on has no room left.
fn disk_full() -> AppError {
    AppError::new(ErrorCode::DiskFull, "The server's disk is full. Please try again later.").after(LATER)
}

/// Whether a row was refused because another one has the same key.
pub fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
