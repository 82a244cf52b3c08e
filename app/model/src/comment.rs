//! Comments on a channel's posts.

use serde::{Deserialize, Serialize};

use crate::ids::{CommentId, MessageId};
use crate::people::UserCard;
use crate::time::Timestamp;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    /// Which; grows with time.
    pub id: CommentId,
    /// On which post.
    pub message_id: MessageId,
    /// Who wrote it.
    pub author: UserCard,
    /// See [`crate::text::CommentText`].
    pub text: String,
    /// When the server took it.
    pub created_at: Timestamp,
}

/// Which comments of a post to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CommentsFrom {
    /// The newest page.
    #[default]
    Latest,
    /// The page that ends before this one.
    Before(CommentId),
}

/// A page of comments, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CommentPage {
    /// At most [`crate::limits::COMMENT_PAGE`] comments.
    pub comments: Vec<Comment>,
    /// Whether there are older ones.
    pub more: bool,
}
