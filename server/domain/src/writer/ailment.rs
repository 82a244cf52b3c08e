//! Why nothing can be written just now.

use std::sync::{Mutex, PoisonError};

use sapa_model::AppError;
use sea_orm::DbErr;

use crate::fault::{refusal, unavailable};

/// What the writer's thread tells whoever it cannot answer otherwise.
#[derive(Default)]
pub struct Ailment(Mutex<Option<AppError>>);

impl Ailment {
    /// Notes an error of the database, and gives what people are told of it.
    pub fn note(&self, error: &DbErr) -> AppError {
        let refusal = refusal(error).unwrap_or_else(unavailable);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(refusal.clone());
        refusal
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
