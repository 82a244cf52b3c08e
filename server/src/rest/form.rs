//! Forms with files, read as they come: `multipart/form-data`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use futures::StreamExt as _;
use sapa_model::{AppError, AppResult, ErrorCode, limits};

use crate::problem::Problem;

/// Bytes that may come before a field begins: its head, and what is left of the field before. The reader keeps all
/// of it in memory until it has found the field.
const HEAD_MAX: usize = 256 * 1024;
/// Fields of a form: files, and what is said of them.
const FIELDS_MAX: usize = limits::ATTACHMENTS_MAX + 6;
/// In a field. How long that may be is for whoever reads it to say.
const OPEN: usize = usize::MAX;

/// A form.
pub struct Form {
    multipart: Multipart,
    fields: usize,
    /// Bytes that may still come before the next field begins.
    left: Arc<AtomicUsize>,
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let left = Arc::new(AtomicUsize::new(HEAD_MAX));
        let counted = left.clone();
        let request = request.map(|body| {
            Body::from_stream(body.into_data_stream().map(move |piece| {
                let piece = piece?;
                let before = counted.load(Ordering::Relaxed);
                let after = if before == OPEN { OPEN } else { before.saturating_sub(piece.len()) };
                counted.store(after, Ordering::Relaxed);
                if after == 0 { Err(axum::Error::new(no_field())) } else { Ok(piece) }
            }))
        });
        let multipart = Multipart::from_request(request, state).await.map_err(|rejection| {
            Problem(AppError::new(ErrorCode::Invalid, format!("{}.", rejection.body_text())))
        })?;
        Ok(Self { multipart, fields: 0, left })
    }
}

impl Form {
    /// The next field; the one before must have been read. `too_large` where none begins, or there are too many.
    pub async fn next_field(&mut self) -> AppResult<Option<Field<'_>>> {
        self.fields += 1;
        if self.fields > FIELDS_MAX {
            return Err(
                AppError::new(ErrorCode::TooLarge, "The form has too many fields.").limited(FIELDS_MAX)
            );
        }
        self.left.store(HEAD_MAX, Ordering::Relaxed);
        let field = self.multipart.next_field().await;
        match self.left.swap(OPEN, Ordering::Relaxed) {
            0 => Err(no_field()),
            _ => field.map_err(|error| unreadable(&error)),
        }
    }
}

fn no_field() -> AppError {
    AppError::new(ErrorCode::TooLarge, "Too much comes before a field of the form.").limited(HEAD_MAX)
}

/// What people are told of a form that cannot be read.
pub fn unreadable(error: &MultipartError) -> AppError {
    AppError::new(ErrorCode::Invalid, format!("The form cannot be read: {}.", error.body_text()))
}
