//! Countries on the way in.

use sapa_model::{AppError, AppResult, country};

/// A code of ISO 3166-1 alpha-2, in either case.
pub fn parse(s: &str) -> AppResult<String> {
    let code = s.to_ascii_uppercase();
    if country::codes().any(|known| known == code) {
        Ok(code)
    } else {
        Err(AppError::invalid("country", "country must be a two-letter code of ISO 3166-1."))
    }
}
