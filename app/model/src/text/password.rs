//! Passwords.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, AppResult};
use crate::limits;

/// A password on its way to the hash. Never shown, logged or kept.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(value_type = String, format = Password))]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Takes a password as typed, without checking it: for signing in, where only the hash decides.
    pub fn unchecked(s: impl Into<String>) -> Self {
        Self(s.into())
    }

    /// Checks a new password's length.
    ///
    /// # Errors
    /// `required`, `too_short` or `too_long`, field `password`.
    pub fn check_new(&self) -> AppResult<()> {
        const FIELD: &str = "password";
        if self.0.is_empty() {
            return Err(AppError::required(FIELD));
        }
        if self.0.chars().count() < limits::PASSWORD_MIN {
            return Err(AppError::too_short(FIELD, limits::PASSWORD_MIN));
        }
        if self.is_oversized() {
            return Err(AppError::too_long(FIELD, limits::PASSWORD_MAX_BYTES));
        }
        Ok(())
    }

    /// Whether it is longer than what the hash is ever fed.
    pub fn is_oversized(&self) -> bool {
        self.0.len() > limits::PASSWORD_MAX_BYTES
    }

    /// As typed, to be judged and hashed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}
