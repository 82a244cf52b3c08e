//! Messages, and the lines in which a room tells of its own changes.

use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;
use crate::call::CallLine;
use crate::emoji::Emoji;
use crate::ids::{AttachmentId, ClientId, MessageId, RoomId};
use crate::people::UserCard;
use crate::schedule::Schedule;
use crate::story::StoryRef;
use crate::time::Timestamp;

/// A message as every member who may see it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Which message.
    pub id: MessageId,
    /// In which room.
    pub room_id: RoomId,
    /// The room's sequence number at this message's last change.
    pub seq: u64,
    /// The room's sequence number at its making: its place in the history, which never moves.
    pub position: u64,
    /// Which message of the room it is, from 1, counting texts and missed calls only: any other line
    /// carries the number of the one before it, so that it is never unread.
    pub number: u64,
    /// Who wrote it, or whose act a system line tells.
    pub author: UserCard,
    /// The sender's own name for it; none for system lines.
    pub client_id: Option<ClientId>,
    /// What it says.
    pub body: MessageBody,
    /// When the server took it.
    pub created_at: Timestamp,
}

impl Message {
    /// The same without what is one viewer's own: as it is told to many.
    #[must_use]
    pub fn for_many(mut self) -> Self {
        if let MessageBody::Text { reacted, .. } = &mut self.body {
            *reacted = None;
        }
        self
    }
}

/// What somebody is about to send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// As typed; may be empty where there are files.
    pub text: String,
    /// Uploaded before, in their order; at most [`crate::limits::ATTACHMENTS_MAX`].
    pub attachments: Vec<AttachmentId>,
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), attachments: Vec::new() }
    }
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum MessageBody {
    /// Something that a person wrote.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Text {
        /// See [`crate::text::MessageText`].
        text: String,
        /// When the sender last changed it; none for most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        edited_at: Option<Timestamp>,
        /// What it carries; its text may then be empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<Attachment>,
        /// What partners would have written instead, the earliest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        corrections: Vec<Correction>,
        /// The session that it proposes; the text is the topic.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        schedule: Option<Schedule>,
        /// The story that it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        story: Option<StoryRef>,
        /// How people have reacted, the first emoji first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        reactions: Vec<Reaction>,
        /// The asker's own reaction. Answers tell it; an event that goes to many does not, and leaves what
        /// is known of it as it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reacted: Option<Emoji>,
        /// What has become of it, where it is a channel's post.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        post: Option<Post>,
    },
    /// What is left of something that a person wrote, and that was deleted for everyone.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Deleted {
        /// By its sender; else by an admin of the group.
        by_author: bool,
    },
    /// Something that happened to the room.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    System {
        /// What happened.
        line: SystemLine,
    },
    /// A call that has ended; the message's author is who rang.
    Call(CallLine),
}

/// How many have reacted with an emoji.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// With which.
    pub emoji: Emoji,
    /// How many.
    pub count: u32,
}

/// Who has reacted, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reactor {
    /// Who.
    pub user: UserCard,
    /// How.
    pub emoji: Emoji,
}

/// A page of those who have reacted to a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReactorPage {
    /// At most [`crate::limits::REACTOR_PAGE`], by id.
    pub reactors: Vec<Reactor>,
    /// Whether more follow; ask for them with the last one's id.
    pub more: bool,
}

/// What has become of a channel's post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Post {
    /// How many followers have seen it. They count once each; no event tells of a view alone.
    pub views: u32,
    /// How many comments it has.
    pub comments: u32,
}

/// What happened to a room; the message's author is who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SystemLine {
    /// The author and the other person became friends.
    BecameFriends,
    /// The author opened the conversation.
    ConversationStarted,
    /// The author made the group.
    GroupCreated {
        /// Under this name.
        name: String,
    },
    /// The author made the channel.
    ChannelCreated {
        /// Under this name.
        name: String,
    },
    /// The author added somebody.
    MemberAdded {
        /// Whom.
        user: UserCard,
    },
    /// The author came by an invite link.
    MemberJoined,
    /// The author left.
    MemberLeft,
    /// The author removed somebody.
    MemberRemoved {
        /// Whom.
        user: UserCard,
    },
    /// The author made somebody an admin.
    AdminNamed {
        /// Whom.
        user: UserCard,
    },
    /// The author made an admin a plain member.
    AdminDismissed {
        /// Whom.
        user: UserCard,
    },
    /// The author handed the group over.
    OwnerChanged {
        /// To whom.
        user: UserCard,
    },
    /// The author gave the group another picture, or took it away.
    PictureChanged,
    /// The author gave the group another name.
    Renamed {
        /// Which.
        name: String,
    },
}

/// What a partner would have written in place of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Correction {
    /// The partner.
    pub author: UserCard,
    /// What the message said.
    pub original: String,
    /// What it should say.
    pub text: String,
    /// The message's author has taken it over.
    pub accepted: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A text of a message that has been edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MessageVersion {
    /// What it said.
    pub text: String,
    /// Since when.
    pub written_at: Timestamp,
}

/// Which part of a room's gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GalleryKind {
    /// Pictures and films.
    Media,
    /// All other files, sound among them.
    Files,
    /// Texts with links.
    Links,
}

impl GalleryKind {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Media => "media",
            Self::Files => "files",
            Self::Links => "links",
        }
    }
}

/// A page of a room's gallery.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GalleryPage {
    /// At most [`crate::limits::GALLERY_PAGE`] messages that carry such things, the newest first.
    pub messages: Vec<Message>,
    /// Whether older ones follow; ask for them with the last one's id.
    pub more: bool,
}

/// For whom a message is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeleteFor {
    /// For the asker only; everyone else keeps it.
    Me,
    /// For everyone: its author's right, and in a group also the admins'.
    Everyone,
}

/// A page of history, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MessagePage {
    /// At most [`crate::limits::MESSAGE_PAGE`] messages.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub more_before: bool,
    /// Whether there are newer ones.
    pub more_after: bool,
    /// The room's last change when this was read: what came after may be missing here.
    pub seq: u64,
}

/// From where to read a room's history. Numbers are a message's `position`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HistoryFrom {
    /// The newest page.
    Latest,
    /// The page around the first unread message; the newest page where nothing is unread.
    Unread,
    /// The page that ends before this position.
    Before(u64),
    /// The page that begins after this position.
    After(u64),
    /// The page with this position in its middle.
    Around(u64),
}
