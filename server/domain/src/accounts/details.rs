//! The optional part of an account. An empty field counts as not given.

use sapa_model::account::NewAccount;
use sapa_model::text::{Email, Nickname};
use sapa_model::{AppError, AppResult};

use time::Date;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;

use super::country;

const DAY: StaticFormatDescription = format_description!("[year]-[month]-[day]");

/// The optional part, parsed.
pub struct Details {
    pub email: Option<Email>,
    pub first_name: Option<Nickname>,
    pub last_name: Option<Nickname>,
    /// `YYYY-MM-DD`.
    pub birthday: Option<String>,
    /// ISO 3166-1 alpha-2, upper case.
    pub country: Option<String>,
}

impl Details {
    /// Reads the form.
    pub fn parse(account: &NewAccount, today: Date) -> AppResult<Self> {
        let given = |s: &str| Some(s.trim().to_owned()).filter(|s| !s.is_empty());
        let name = |field, s: &str| given(s).map(|s| Nickname::parse_as(field, &s)).transpose();
        Ok(Self {
            email: given(&account.email).map(|s| Email::parse(&s)).transpose()?,
            first_name: name("firstName", &account.first_name)?,
            last_name: name("lastName", &account.last_name)?,
            birthday: given(&account.birthday).map(|s| birthday(&s, today)).transpose()?,
            country: given(&account.country).map(|s| country::parse(&s)).transpose()?,
        })
    }
}

/// A real day, from 1900 to today.
fn birthday(s: &str, today: Date) -> AppResult<String> {
    let day = Date::parse(s, DAY).ok().filter(|day| day.year() >= 1900 && *day <= today && s.len() == 10);
    match day {
        Some(_) => Ok(s.to_owned()),
        None => Err(AppError::invalid("birthday", "birthday must be a day in the past, as YYYY-MM-DD.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birthdays_are_days_in_the_past() {
        let today = time::macros::date!(2026 - 11 - 20);
        for good in ["1999-12-31", "2000-02-29", "1900-01-01", "2026-11-20"] {
            assert!(birthday(good, today).is_ok(), "{good}");
        }
        for bad in [
            "1999-02-29",
            "1900-02-29",
            "2026-11-21",
            "1899-12-31",
            "1999-13-01",
            "1999-00-10",
            "1999-1-1",
            "31.12.1999",
            "+1999-01-01",
            "1999-12-3ї",
        ] {
            assert!(birthday(bad, today).is_err(), "{bad}");
        }
    }
}
