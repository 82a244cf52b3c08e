//! Reports: what people tell the host of one another.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, AppResult};
use crate::ids::{CommentId, MessageId, RoomId, StoryId, UserId};
use crate::time::Timestamp;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// Advertising, fraud, the same again and again.
    Spam,
    /// Insults, threats, hate.
    Abuse,
    /// Unwanted advances or indecent pictures.
    Harassment,
    /// Pretends to be somebody else.
    Impersonation,
    /// Something else, told in the note.
    Other,
}

impl ReportReason {
    /// All of them, in the order to offer.
    pub const ALL: [Self; 5] = [Self::Spam, Self::Abuse, Self::Harassment, Self::Impersonation, Self::Other];
}

/// What a report is about, beside the person who made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Evidence {
    /// A message.
    Message {
        /// In which room.
        room_id: RoomId,
        /// Which.
        message_id: MessageId,
    },
    /// A comment on a channel's post.
    Comment {
        /// Which.
        comment_id: CommentId,
    },
    /// A story.
    Story {
        /// Which.
        story_id: StoryId,
    },
}

impl Evidence {
    /// The one that is named, if any.
    ///
    /// # Errors
    /// `invalid`, field `commentId` or `storyId`, where more than one is named.
    pub fn one_of(
        message: Option<(RoomId, MessageId)>,
        comment_id: Option<CommentId>,
        story_id: Option<StoryId>,
    ) -> AppResult<Option<Self>> {
        let message = message.map(|(room_id, message_id)| Self::Message { room_id, message_id });
        let comment = comment_id.map(|comment_id| Self::Comment { comment_id });
        let story = story_id.map(|story_id| Self::Story { story_id });
        let several = |field| AppError::invalid(field, "A report is about one thing.");
        match (message, comment, story) {
            (Some(_), Some(_), _) | (_, Some(_), Some(_)) => Err(several("commentId")),
            (Some(_), _, Some(_)) => Err(several("storyId")),
            (message, comment, story) => Ok(message.or(comment).or(story)),
        }
    }
}

/// A report, as made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewReport {
    /// About whom.
    pub user_id: UserId,
    /// About what of theirs, if about something.
    #[serde(default)]
    pub evidence: Option<Evidence>,
    /// What is wrong.
    pub reason: ReportReason,
    /// More in words, at most [`crate::limits::REPORT_NOTE_MAX`] characters.
    #[serde(default)]
    pub note: String,
    /// Blocks the person too.
    #[serde(default)]
    pub block: bool,
}

/// A message, a comment or a story in a report, as its reporter saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Quoted {
    /// Its author's username.
    pub author: String,
    /// What it said; of a picture or a film, the words with it.
    pub text: String,
    /// Names of the files that it carried.
    pub files: Vec<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// It is the one that the report is about.
    pub reported: bool,
}

/// A report, as the host reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// To close it by.
    pub id: i64,
    /// Who made it: a username.
    pub reporter: String,
    /// Whom it is about: a username.
    pub user: String,
    /// What is wrong.
    pub reason: ReportReason,
    /// More in words.
    pub note: String,
    /// The message and those around it, the comment below its post, or the story; oldest first.
    pub excerpt: Vec<Quoted>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the host closed it.
    pub closed_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_about_one_thing() {
        let (message, comment, story) = ((RoomId(1), MessageId(2)), CommentId(3), StoryId(4));
        assert_eq!(Evidence::one_of(None, None, None), Ok(None));
        let evidence = Evidence::Message { room_id: RoomId(1), message_id: MessageId(2) };
        assert_eq!(Evidence::one_of(Some(message), None, None), Ok(Some(evidence)));
        let evidence = Evidence::Story { story_id: story };
        assert_eq!(Evidence::one_of(None, None, Some(story)), Ok(Some(evidence)));
        let field = |refused: AppResult<_>| refused.unwrap_err().field;
        assert_eq!(field(Evidence::one_of(Some(message), Some(comment), None)).as_deref(), Some("commentId"));
        assert_eq!(field(Evidence::one_of(None, Some(comment), Some(story))).as_deref(), Some("commentId"));
        assert_eq!(field(Evidence::one_of(Some(message), None, Some(story))).as_deref(), Some("storyId"));
    }
}
