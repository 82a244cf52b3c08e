//! What people write.

use super::{lines, parsed};
use crate::error::{AppError, AppResult};
use crate::limits;

parsed!(
    /// The text of a message: line breaks kept, outer blank space removed, never empty.
    MessageText
);

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

parsed!(
    /// A comment: as a message's text, shorter, never empty.
    CommentText
);

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

parsed!(
    /// The text of a story: as a message's, shorter, never empty, and not indented: it stands in the middle.
    StoryText
);

impl StoryText {
    /// Reads what somebody typed.
    ///
    /// # Errors
    /// `required`, `too_long` or `bad_characters`, field `text`.
    pub fn parse(s: &str) -> AppResult<Self> {
        let text = lines("text", s.trim_start(), limits::STORY_TEXT_MAX)?;
        if text.is_empty() { Err(AppError::required("text")) } else { Ok(Self(text)) }
    }
}

parsed!(
    /// What is said with the picture or film of a story: as a message's text, shorter, perhaps empty.
    Caption
);

impl Caption {
    /// Reads what somebody typed, or did not type.
    ///
    /// # Errors
    /// `too_long` or `bad_characters`, field `caption`.
    pub fn parse(s: &str) -> AppResult<Self> {
        lines("caption", s.trim_start(), limits::STORY_CAPTION_MAX).map(Self)
    }
}

parsed!(
    /// What a channel says of itself: as a message's text, shorter, perhaps empty.
    Description
);

impl Description {
    /// Reads what somebody wrote about a channel.
    ///
    /// # Errors
    /// `too_long` or `bad_characters`, field `description`.
    pub fn parse(s: &str) -> AppResult<Self> {
        lines("description", s, limits::DESCRIPTION_MAX).map(Self)
    }
}

parsed!(
    /// A few words about oneself: as a message's text, shorter, and never empty.
    Bio
);

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

parsed!(
    /// What is said to the host about somebody: as a message's text, shorter, perhaps empty.
    Note
);

impl Note {
    /// Reads what somebody has to say.
    ///
    /// # Errors
    /// `too_long` or `bad_characters`, field `note`.
    pub fn parse(s: &str) -> AppResult<Self> {
        lines("note", s, limits::REPORT_NOTE_MAX).map(Self)
    }
}
