//! How people are reached elsewhere.

use super::{is_invisible, parsed};
use crate::error::{AppError, AppResult};
use crate::limits;

parsed!(
    /// An e-mail address, with its domain in lower case.
    Email
);

impl Email {
    /// Checks the outer form only: one `@`, something on both sides, no blank space. Whether the
    /// address exists is for a verification mail to find out.
    ///
    /// # Errors
    /// `required`, `too_long` or `invalid`, field `email`.
    pub fn parse(s: &str) -> AppResult<Self> {
        const FIELD: &str = "email";
        let s = s.trim();
        if s.is_empty() {
            return Err(AppError::required(FIELD));
        }
        if s.chars().count() > limits::EMAIL_MAX {
            return Err(AppError::too_long(FIELD, limits::EMAIL_MAX));
        }
        let bad = || AppError::invalid(FIELD, "This is not an e-mail address.");
        let (local, domain) = s.rsplit_once('@').ok_or_else(bad)?;
        let blank = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
        let labels_ok = domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        if local.is_empty() || local.contains('@') || s.contains(blank) || !labels_ok {
            return Err(bad());
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }
}

parsed!(
    /// A telephone number: an optional `+` and digits alone (ITU-T E.164).
    Phone
);

impl Phone {
    /// Reads a number as people write it: blanks, hyphens, dots, slashes and brackets are left out.
    ///
    /// # Errors
    /// `required` or `invalid`, field `phoneNumber`.
    pub fn parse(s: &str) -> AppResult<Self> {
        const FIELD: &str = "phoneNumber";
        let s = s.trim();
        if s.is_empty() {
            return Err(AppError::required(FIELD));
        }
        let between = |c: &char| !matches!(c, ' ' | '\u{a0}' | '-' | '.' | '/' | '(' | ')');
        let number: String = s.chars().filter(between).collect();
        let digits = number.strip_prefix('+').unwrap_or(&number);
        let length = limits::PHONE_DIGITS_MIN..=limits::PHONE_DIGITS_MAX;
        if !length.contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(AppError::invalid(
                FIELD,
                "phoneNumber must be a telephone number such as +62 812 3456 789.",
            ));
        }
        Ok(Self(number))
    }
}
