//! Names of people and of what they make.

use super::{one_line, parsed};
use crate::error::{AppError, AppResult, ErrorCode};
use crate::limits;

parsed!(
    /// The name that a user signs in with and is found by.
    ///
    /// Lower-case ASCII letters, digits and `.`, `_`, `-`, beginning and ending with a letter or a
    /// digit. So narrow that no two names can look alike by their script, and none holds anything
    /// invisible; the nickname is where every script is at home.
    Username
);

impl Username {
    /// Brings a typed name to its normal form.
    ///
    /// # Errors
    /// `required`, `too_short`, `too_long` or `bad_username`, field `username`.
    pub fn parse(s: &str) -> AppResult<Self> {
        const FIELD: &str = "username";
        let name = s.trim().to_ascii_lowercase();
        let length = name.chars().count();
        if length == 0 {
            return Err(AppError::required(FIELD));
        }
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
        let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if !name.chars().all(allowed) || !edge(name.chars().next()) || !edge(name.chars().last()) {
            return Err(AppError::new(
                ErrorCode::BadUsername,
                "A username has letters a to z, digits, dots, hyphens and underscores, and begins and ends with a letter or digit.",
            )
            .on(FIELD));
        }
        if length < limits::USERNAME_MIN {
            return Err(AppError::too_short(FIELD, limits::USERNAME_MIN));
        }
        if length > limits::USERNAME_MAX {
            return Err(AppError::too_long(FIELD, limits::USERNAME_MAX));
        }
        Ok(Self(name))
    }
}

parsed!(
    /// The name that others see. Any script, one line, no invisible characters.
    Nickname
);

impl Nickname {
    /// Reads a nickname; runs of blank space become one space.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `nickname`.
    pub fn parse(s: &str) -> AppResult<Self> {
        one_line("nickname", s, limits::NAME_MAX).map(Self)
    }

    /// The same form for another field: first and last name, country.
    ///
    /// # Errors
    /// As [`Nickname::parse`], blaming `field`.
    pub fn parse_as(field: &'static str, s: &str) -> AppResult<Self> {
        one_line(field, s, limits::NAME_MAX).map(Self)
    }
}

parsed!(
    /// The name of a group or channel. Same form as a nickname, with room for more.
    GroupName
);

impl GroupName {
    /// Reads a group's name; runs of blank space become one space.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `name`.
    pub fn parse(s: &str) -> AppResult<Self> {
        one_line("name", s, limits::GROUP_NAME_MAX).map(Self)
    }
}

parsed!(
    /// What a session is about. Same form as a nickname, with room for more.
    Topic
);

impl Topic {
    /// Reads a topic; runs of blank space become one space.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `topic`.
    pub fn parse(s: &str) -> AppResult<Self> {
        one_line("topic", s, limits::TOPIC_MAX).map(Self)
    }
}

parsed!(
    /// What the host calls the house. Same form as a nickname.
    HouseName
);

impl HouseName {
    /// Reads a house's name; runs of blank space become one space.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `name`.
    pub fn parse(s: &str) -> AppResult<Self> {
        one_line("name", s, limits::HOUSE_NAME_MAX).map(Self)
    }
}

impl Default for HouseName {
    /// What a house is called that has no name of its own: the program.
    fn default() -> Self {
        Self("Sapa".to_owned())
    }
}
