//! Texts with a form of their own: each is parsed once, at the edge, and then known to be good.

mod contact;
mod marks;
mod names;
mod password;
mod words;

use crate::error::{AppError, AppResult};

pub use contact::{Email, Phone};
pub use marks::without_marks;
pub use names::{GroupName, HouseName, Nickname, Topic, Username};
pub use password::Password;
pub use words::{Bio, Caption, CommentText, Description, MessageText, Note, StoryText};

/// A text that only its own `parse` makes.
macro_rules! parsed {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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
            type Error = crate::error::AppError;

            fn try_from(s: String) -> crate::error::AppResult<Self> {
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
use parsed;

fn one_line(field: &'static str, s: &str, max: usize) -> AppResult<String> {
    let text = s.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(AppError::required(field));
    }
    if text.chars().count() > max {
        return Err(AppError::too_long(field, max));
    }
    let is_bad = text.chars().any(|c| c.is_control() || is_invisible(c)) || text.chars().all(shows_nothing);
    if is_bad || has_long_combining_run(&text) {
        return Err(AppError::bad_characters(field));
    }
    Ok(text)
}

/// A text of several lines, perhaps empty: line breaks and indentation kept, outer blank space removed. One that shows
/// nothing is empty.
fn lines(field: &'static str, s: &str, max: usize) -> AppResult<String> {
    let text = s.replace("\r\n", "\n").replace('\r', "\n");
    let blank = |c: char| c.is_whitespace() || is_invisible(c);
    let text = text.trim_end_matches(blank);
    // Where there are others, the first line's indentation says something.
    let text = if text.trim_start_matches(blank).contains('\n') {
        let shown = text.find(|c| !blank(c)).unwrap_or_default();
        &text[text[..shown].rfind('\n').map_or(0, |end| end + 1)..]
    } else {
        text.trim_start_matches(blank)
    };
    if text.chars().all(shows_nothing) {
        return Ok(String::new());
    }
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

/// Whether a text of such characters alone would look like none: blanks, controls, and what Unicode draws nothing for.
fn shows_nothing(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c) || is_ignorable(c) || c == '\u{1d159}'
}

/// The property `Default_Ignorable_Code_Point` (`DerivedCoreProperties.txt` of Unicode, which keeps these ranges for
/// such characters, those to come included).
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
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
