//! The words that both sides of Sapa speak.
//!
//! Plain serde types with their validation: no I/O, no framework. The browser and the server
//! compile this same crate, so a limit or a rule of form stands in one place only.

pub mod account;
pub mod api_token;
pub mod attachment;
pub mod call;
pub mod channel;
pub mod comment;
pub mod country;
pub mod device;
pub mod emoji;
pub mod error;
pub mod ids;
pub mod language;
pub mod limits;
pub mod live;
pub mod message;
pub mod people;
pub mod profile;
pub mod report;
pub mod room;
pub mod schedule;
pub mod story;
pub mod text;
pub mod time;
pub mod webhook;

pub use account::{Me, NewAccount, Settings, WhoMayWrite};
pub use api_token::{ApiToken, NewApiToken, TokenScope, TokenScopes};
pub use attachment::{Attachment, Media, NewUpload, Variant};
pub use call::Call;
pub use channel::{ChannelHandle, ChannelSettings};
pub use comment::Comment;
pub use emoji::Emoji;
pub use error::{AppError, AppResult, ErrorCode};
pub use ids::{
    AttachmentId, CallId, ClientId, CommentId, FriendshipId, MessageId, RoomId, ScheduleId, StoryId, UserId,
    WebhookId,
};
pub use language::{LanguageCode, Level, UserLanguage};
pub use live::{ClientCommand, ClientFrame, Event, ServerFrame};
pub use message::{DeleteFor, Message, MessageBody, MessageVersion, SystemLine};
pub use people::{Person, Relation, UserCard};
pub use profile::{Circle, NewProfile, Profile, ProfileChange};
pub use room::{Dialog, Member, Role, Room, RoomKind};
pub use story::{Story, StoryAudience, StoryContent, StoryReel, StoryRef};
pub use time::Timestamp;
