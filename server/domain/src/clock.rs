//! The server's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use sapa_model::Timestamp;

/// The time now. A clock before 1970 reads as 1970.
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The day today, in UTC.
pub fn today() -> time::Date {
    time::OffsetDateTime::now_utc().date()
}
