//! From faults of the database to what people are told.

use sapa_model::{AppError, AppResult, ErrorCode};
use sea_orm::{DbErr, SqlErr};

/// Turns a fault into an [`AppError`]: its inside goes to the log and no further.
pub trait OrFault<T> {
    /// `unavailable` where the storage does not answer, else `internal`.
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
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => unavailable(),
        _ => AppError::internal(),
    }
}

/// The storage does not answer, or too much waits for it.
pub fn unavailable() -> AppError {
    AppError::new(ErrorCode::Unavailable, "The server is busy. Please try again.")
}

/// Whether a row was refused because another one has the same key.
pub fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
