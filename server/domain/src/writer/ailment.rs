//! Why nothing can be written just now.

use std::sync::{Mutex, PoisonError};

use sapa_model::AppError;
use sea_orm::DbErr;

use crate::fault::{refusal, unavailable};

/// What the writer's thread tells whoever it cannot answer otherwise.
#[derive(Default)]
pub struct Ailment(Mutex<Option<AppError>>);

impl Ailment {
    /// Notes an error of the database, and gives what people are told of it. One that says nothing of the cause
    /// leaves what is known: a transaction that the full disk has ended cannot be rolled back, for example.
    pub fn note(&self, error: &DbErr) -> AppError {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(refusal) = refusal(error) {
            *known = Some(refusal);
        }
        known.get_or_insert_with(unavailable).clone()
    }

    /// The same for a fault that a job has met.
    pub fn note_fault(&self, fault: AppError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
    }

    /// It is over.
    pub fn is_over(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// What people are told.
    pub fn refusal(&self) -> AppError {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_else(unavailable)
    }
}
