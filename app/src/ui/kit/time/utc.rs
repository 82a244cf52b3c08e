//! Times in UTC, written without any help of the browser.

use sapa_model::Timestamp;

use super::{DAY, MINUTE, TimeStyle};

/// For the attribute of `<time>`: RFC 3339 to the second.
pub fn datetime(at: Timestamp) -> String {
    format!("{}T{}:{:02}Z", date(at), clock(at), at.0.div_euclid(1000).rem_euclid(60))
}

/// What the server shows: the hour beside a message, else the date.
pub fn text(at: Timestamp, style: TimeStyle) -> String {
    match style {
        TimeStyle::Clock => clock(at),
        TimeStyle::List | TimeStyle::Day => date(at),
        TimeStyle::Full => format!("{} {} UTC", date(at), clock(at)),
    }
}

fn clock(at: Timestamp) -> String {
    let minutes = at.0.rem_euclid(DAY) / MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn date(at: Timestamp) -> String {
    let (year, month, day) = civil(at);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Year, month and day of the Gregorian calendar. Years are counted from March, so that the leap day is a year's last, and in
/// eras of 400 years, after which the calendar repeats.
pub fn civil(at: Timestamp) -> (i64, i64, i64) {
    const DAYS_OF_ERA: i64 = 146_097;
    const DAYS_TO_1970: i64 = 719_468;
    let days = at.0.div_euclid(DAY) + DAYS_TO_1970;
    let day_of_era = days.rem_euclid(DAYS_OF_ERA);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + days.div_euclid(DAYS_OF_ERA) * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_the_calendars() {
        for (ms, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_795_212_123_000, "2026-11-20T22:02:03Z"),
            (-1_000, "1969-12-31T23:59:59Z"),
        ] {
            assert_eq!(datetime(Timestamp(ms)), expected);
        }
    }
}
