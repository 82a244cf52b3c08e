//! Texts with a form of their own: each is parsed once, at the edge, and then known to be good.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, AppResult, ErrorCode};
use crate::limits;

macro_rules! parsed {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = AppError;

            fn try_from(s: String) -> AppResult<Self> {
                Self::parse(&s)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

parsed!(
    /// The name that a user signs in with and is found by.
    ///
    /// Lower-case ASCII letters, digits and `.`, `_`, `-`, beginning and ending with a letter or a
    /// digit. So narrow that no two names can look alike by their script, and none holds anything
    /// invisible; the nickname is where every script is at home.
    Username
);
parsed!(
    /// The name that others see. Any script, one line, no invisible characters.
    Nickname
);
parsed!(
    /// The name of a group or channel. Same form as a nickname, with room for more.
    GroupName
);
parsed!(
    /// The text of a message: line breaks kept, outer blank space removed, never empty.
    MessageText
);
parsed!(
    /// An e-mail address, with its domain in lower case.
    Email
);

parsed!(
    /// A few words about oneself: as a message's text, shorter, and never empty.
    Bio
);
parsed!(
    /// What is said to the host about somebody: as a message's text, shorter, perhaps empty.
    Note
);
parsed!(
    /// What a session is about. Same form as a nickname, with room for more.
    Topic
);
parsed!(
    /// The text of a story: as a message's, shorter, and never empty.
    StoryText
);
parsed!(
    /// What is said with the picture or film of a story: as a message's text, shorter, perhaps empty.
    Caption
);
parsed!(
    /// What a channel says of itself: as a message's text, shorter, perhaps empty.
    Description
);
parsed!(
    /// A comment: as a message's text, shorter, never empty.
    CommentText
);
parsed!(
    /// A telephone number: an optional `+` and digits alone (ITU-T E.164).
    Phone
);

impl Username {
    /// Brings a typed name to its normal form.
    ///
    /// # Errors
    /// `required`, `too_short`, `too_long` or `bad_username`, field `username`.
    pub fn parse(s: &str) -> AppResult<Self> {
        const FIELD: &str = "username";
        let name = s.trim().to_lowercase();
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

impl GroupName {
    /// Reads a group's name; runs of blank space become one space.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `name`.
    pub fn parse(s: &str) -> AppResult<Self> {
        one_line("name", s, limits::GROUP_NAME_MAX).map(Self)
    }
}

impl MessageText {
    /// Reads what somebody typed.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `text`.
    pub fn parse(s: &str) -> AppResult<Self> {
        let text = Self::parse_caption(s)?;
        if text.0.is_empty() { Err(AppError::required("text")) } else { Ok(text) }
    }

    /// Reads what somebody typed, or did not type, to go with a file: it may be empty.
    ///
    /// # Errors
    /// `too_long` or `bad_characters`, field `text`.
    pub fn parse_caption(s: &str) -> AppResult<Self> {
        lines("text", s, limits::MESSAGE_MAX).map(Self)
    }
}

impl Bio {
    /// Reads what somebody wrote about themselves.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `bio`.
    pub fn parse(s: &str) -> AppResult<Self> {
        let text = lines("bio", s, limits::BIO_MAX)?;
        if text.is_empty() { Err(AppError::required("bio")) } else { Ok(Self(text)) }
    }
}

impl Topic {
    /// Reads a topic; runs of blank space become one space.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `topic`.
    pub fn parse(s: &str) -> AppResult<Self> {
        one_line("topic", s, limits::TOPIC_MAX).map(Self)
    }
}

impl Note {
    /// Reads what somebody has to say.
    ///
    /// # Errors
    /// `too_long` or `bad_characters`, field `note`.
    pub fn parse(s: &str) -> AppResult<Self> {
        lines("note", s, limits::REPORT_NOTE_MAX).map(Self)
    }
}

impl Description {
    /// Reads what somebody wrote about a channel.
    ///
    /// # Errors
    /// `too_long` or `bad_characters`, field `description`.
    pub fn parse(s: &str) -> AppResult<Self> {
        lines("description", s, limits::DESCRIPTION_MAX).map(Self)
    }
}

impl CommentText {
    /// Reads a comment.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `text`.
    pub fn parse(s: &str) -> AppResult<Self> {
        let text = lines("text", s, limits::COMMENT_MAX)?;
        if text.is_empty() { Err(AppError::required("text")) } else { Ok(Self(text)) }
    }
}

impl StoryText {
    /// Reads what somebody typed.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `text`.
    pub fn parse(s: &str) -> AppResult<Self> {
        let text = lines("text", s, limits::STORY_TEXT_MAX)?;
        if text.is_empty() { Err(AppError::required("text")) } else { Ok(Self(text)) }
    }
}

impl Caption {
    /// Reads what somebody typed, or did not type.
    ///
    /// # Errors
    /// `too_long` or `bad_characters`, field `caption`.
    pub fn parse(s: &str) -> AppResult<Self> {
        lines("caption", s, limits::STORY_CAPTION_MAX).map(Self)
    }
}

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
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }
}

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

    /// The bytes to hash.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

fn one_line(field: &'static str, s: &str, max: usize) -> AppResult<String> {
    let text = s.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(AppError::required(field));
    }
    if text.chars().count() > max {
        return Err(AppError::too_long(field, max));
    }
    if text.chars().any(|c| c.is_control() || is_invisible(c)) || has_long_combining_run(&text) {
        return Err(AppError::bad_characters(field));
    }
    Ok(text)
}

/// A text of several lines, perhaps empty: line breaks kept, outer blank space removed.
fn lines(field: &'static str, s: &str, max: usize) -> AppResult<String> {
    let text = s.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if text.chars().count() > max {
        return Err(AppError::too_long(field, max));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) || has_long_combining_run(text) {
        return Err(AppError::bad_characters(field));
    }
    Ok(text.to_owned())
}

/// Characters that show nothing, or that turn the direction of what follows: zero-width signs,
/// bidirectional controls, fillers and tags. The zero-width joiner and the variation selectors
/// stay allowed: emoji and several scripts need them.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether so many combining marks follow one another that they would paint over their neighbours.
fn has_long_combining_run(s: &str) -> bool {
    const LONGEST: usize = 8;
    let mut run = 0;
    s.chars().any(|c| {
        let combining = matches!(c, '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
        run = if combining { run + 1 } else { 0 };
        run > LONGEST
    })
}

#[cfg(test)]
mod tests;
