//! The forms of the API that are not those of the live connection: messages as seed 001 writes them, people
//! and groups as flat objects.

use sapa_model::call::CallLine;
use sapa_model::channel::ChannelCard;
use sapa_model::message::{Correction, Post, Reaction};
use sapa_model::people::Friendship as Standing;
use sapa_model::schedule::Schedule;
use sapa_model::{
    Attachment, ClientId, Dialog, Emoji, FriendshipId, LanguageCode, Level, Member, MessageBody, MessageId,
    Relation, Role, Room, RoomId, StoryRef, SystemLine, Timestamp, UserCard, UserId, UserLanguage, Variant,
};
use serde::Serialize;
use utoipa::ToSchema;

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names of seed 001")]
pub struct Message {
    /// Which message.
    pub message_id: MessageId,
    /// In which group or direct room.
    pub group_id: RoomId,
    /// Who wrote it, or whose act a system line tells.
    pub user_id: UserId,
    /// What it says; empty where it only carries files, null where it is deleted, or a line that nobody wrote.
    pub content: Option<String>,
    /// Who wrote it.
    #[serde(rename = "User")]
    pub user: UserCard,
    /// The first file that it carries.
    #[serde(rename = "Media")]
    pub media: Option<MediaFile>,
    /// All files that it carries, in their order.
    pub attachments: Vec<MediaFile>,
    /// Somebody else than its author has read it, as far as the asker may know; never of what is deleted, nor of a
    /// line that nobody wrote.
    pub status: bool,
    /// The room that it stands in.
    #[serde(rename = "Group")]
    pub group: Room,
    /// When the server took it.
    pub created_at: Timestamp,
    /// When its author last changed it; the same as `createdAt` for most.
    pub updated_at: Timestamp,
    /// The room's sequence number at its last change.
    pub seq: u64,
    /// The room's sequence number at its making: its place in the history.
    pub position: u64,
    /// Which message of the room it is, from 1, counting texts and missed calls only.
    pub number: u64,
    /// The sender's own name for it; null for lines that nobody wrote.
    pub client_id: Option<ClientId>,
    /// Deleted for everyone.
    pub deleted: bool,
    /// What happened to the room, where it tells of that.
    pub system: Option<SystemLine>,
    /// The call that it tells of.
    pub call: Option<CallLine>,
    /// What partners would have written instead.
    pub corrections: Vec<Correction>,
    /// The session that it proposes; the content is the topic.
    pub schedule: Option<Schedule>,
    /// The story that it answers.
    pub story: Option<StoryRef>,
    /// How people have reacted, the first emoji first.
    pub reactions: Vec<Reaction>,
    /// How the asker has reacted.
    pub reacted: Option<Emoji>,
    /// What has become of it, where it is a channel's post.
    pub post: Option<Post>,
}

impl Message {
    /// As a message of this room, with its status.
    pub fn new(message: sapa_model::Message, group: Room, status: bool) -> Self {
        let mut made = Self {
            message_id: message.id,
            group_id: message.room_id,
            user_id: message.author.id,
            content: None,
            user: message.author,
            media: None,
            attachments: Vec::new(),
            status,
            group,
            created_at: message.created_at,
            updated_at: message.created_at,
            seq: message.seq,
            position: message.position,
            number: message.number,
            client_id: message.client_id,
            deleted: false,
            system: None,
            call: None,
            corrections: Vec::new(),
            schedule: None,
            story: None,
            reactions: Vec::new(),
            reacted: None,
            post: None,
        };
        match message.body {
            MessageBody::Text {
                text,
                edited_at,
                attachments,
                corrections,
                schedule,
                story,
                reactions,
                reacted,
                post,
            } => {
                made.content = Some(text);
                made.updated_at = edited_at.unwrap_or(made.created_at);
                made.attachments = attachments.into_iter().map(MediaFile::from).collect();
                made.media = made.attachments.first().cloned();
                (made.corrections, made.schedule, made.story) = (corrections, schedule, story);
                (made.reactions, made.reacted, made.post) = (reactions, reacted, post);
            }
            MessageBody::Deleted { .. } => made.deleted = true,
            MessageBody::System { line } => made.system = Some(line),
            MessageBody::Call(line) => made.call = Some(line),
        }
        made
    }
}

/// A file that a message carries.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediaFile {
    #[serde(flatten)]
    attachment: Attachment,
    /// Where it is, without the host; of pictures there are also `large` and `small` in place of `original`.
    url: String,
}

impl From<Attachment> for MediaFile {
    fn from(attachment: Attachment) -> Self {
        Self { url: attachment.path(Variant::Original), attachment }
    }
}

/// A language.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Language {
    /// Two letters of ISO 639-1.
    pub code: &'static str,
    /// Its name for itself.
    pub own_name: &'static str,
}

/// How somebody stands to a language.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LanguageKind {
    /// It is theirs.
    Native,
    /// They learn it.
    Learning,
}

/// A language that somebody speaks or learns.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpokenLanguage {
    /// Which of the two.
    kind: LanguageKind,
    /// Which language.
    code: LanguageCode,
    /// How well they speak it, where they learn it.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
    /// The language itself.
    #[serde(rename = "Language")]
    language: Language,
}

impl From<UserLanguage> for SpokenLanguage {
    fn from(spoken: UserLanguage) -> Self {
        let (code, level) = (spoken.code(), spoken.level());
        Self {
            kind: if level.is_some() { LanguageKind::Learning } else { LanguageKind::Native },
            code,
            level,
            language: Language { code: code.as_str(), own_name: code.own_name() },
        }
    }
}

/// A person as the asker sees them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[serde(flatten)]
    card: UserCard,
    /// How the asker stands to them.
    relation: Relation,
    /// Two letters of ISO 3166-1, where given.
    country: Option<String>,
    /// What they speak and learn, in their own order.
    languages: Vec<SpokenLanguage>,
    /// A few words about themselves.
    bio: Option<String>,
    /// A name of the IANA time zone database.
    time_zone: Option<String>,
    /// When the request was made, the friendship began or the block was set.
    since: Option<Timestamp>,
}

impl From<sapa_model::Person> for User {
    fn from(person: sapa_model::Person) -> Self {
        let sapa_model::Person { user, relation, country, languages, bio, time_zone, since } = person;
        let languages = languages.into_iter().map(SpokenLanguage::from).collect();
        Self { card: user, relation, country, languages, bio, time_zone, since }
    }
}

/// A person with what the asker may see of their profile.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    #[serde(flatten)]
    user: User,
    /// First name.
    first_name: Option<String>,
    /// Last name.
    last_name: Option<String>,
    /// `YYYY-MM-DD`, for those who may see it.
    birthday: Option<String>,
    /// For those who may see it.
    phone_number: Option<String>,
}

impl From<sapa_model::Profile> for Profile {
    fn from(profile: sapa_model::Profile) -> Self {
        let sapa_model::Profile { person, first_name, last_name, birthday, phone_number } = profile;
        Self { user: person.into(), first_name, last_name, birthday, phone_number }
    }
}

/// A friendship, or a request for one.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Friendship {
    /// Which: the same for both sides, and of this one alone for ever.
    id: FriendshipId,
    /// Who asked.
    #[serde(rename = "UserId")]
    asked_by: UserId,
    /// Who was asked.
    #[serde(rename = "FriendId")]
    asked: UserId,
    /// The same as `UserId`.
    user_id: UserId,
    /// The same as `FriendId`.
    friend_id: UserId,
    /// Whether the one who was asked has accepted.
    is_accepted: bool,
    /// When it was asked for.
    created_at: Timestamp,
    /// The other one.
    #[serde(rename = "User")]
    user: User,
}

impl Friendship {
    /// As the asker `me` sees it.
    pub fn new(me: UserId, standing: Standing) -> Self {
        let asked = if standing.asked_by == me { standing.person.user.id } else { me };
        Self {
            id: standing.id,
            asked_by: standing.asked_by,
            asked,
            user_id: standing.asked_by,
            friend_id: asked,
            is_accepted: standing.accepted,
            created_at: standing.asked_at,
            user: standing.person.into(),
        }
    }
}

/// A group or direct room as one of its members sees it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    #[serde(flatten)]
    room: Room,
    /// The other person of a direct room.
    peer: Option<User>,
    /// Own role.
    role: Role,
    /// No sound, no badge.
    muted: bool,
    /// A stranger's room that still waits for an answer.
    request: bool,
    /// Number of the last message that the asker may see.
    last_number: u64,
    /// Number of the last message that the asker has read.
    read: u64,
    /// How many messages are unread.
    unread: u64,
    /// The last message that the asker may see.
    last_message: Option<Message>,
}

impl Group {
    /// With the status of its last message.
    pub fn new(dialog: Dialog, last_status: bool) -> Self {
        let unread = dialog.unread();
        let Dialog { room, peer, role, muted, request, last_number, read, unread_deleted: _, last } = dialog;
        let last_message = last.map(|message| Message::new(message, room.clone(), last_status));
        Self {
            room,
            peer: peer.map(User::from),
            role,
            muted,
            request,
            last_number,
            read,
            unread,
            last_message,
        }
    }
}

/// A public channel as the asker finds it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FoundChannel {
    #[serde(flatten)]
    room: Room,
    /// The asker follows it, or is one of its admins.
    followed: bool,
    /// Where everybody can read it, without the host.
    url: Option<String>,
}

impl From<ChannelCard> for FoundChannel {
    fn from(card: ChannelCard) -> Self {
        let handle = card.room.channel.as_ref().and_then(|channel| channel.handle.as_ref());
        Self {
            url: handle.map(sapa_model::ChannelHandle::public_path),
            room: card.room,
            followed: card.followed,
        }
    }
}

/// A group or direct room with everyone in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenGroup {
    #[serde(flatten)]
    pub group: Group,
    /// Who is in it, of a channel its admins: the owner first, then admins, then by nickname.
    pub members: Vec<Member>,
}

/// What changed in a room since a sequence number.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// The room as it is now; up to its `seq` this answer tells everything.
    #[serde(rename = "Group")]
    group: Room,
    /// Messages new or changed, by seq.
    pub messages: Vec<Message>,
    /// Messages that the asker has deleted for themselves.
    hidden: Vec<MessageId>,
    /// Memberships new or changed, and everyone's markers unless there is `more`.
    members: Vec<Member>,
    /// Too much has changed to be told: read the history anew.
    pub reload: bool,
    /// It did not all fit into one answer: ask again since the `seq` of this one's `Group`.
    pub more: bool,
}

impl Changes {
    /// Changes whose messages are these.
    pub fn new(changes: sapa_model::live::RoomChanges, messages: Vec<Message>) -> Self {
        let sapa_model::live::RoomChanges { room, messages: _, hidden, members, reload, more } = changes;
        Self { group: room, messages, hidden, members, reload, more }
    }

    /// Since when to ask again, if there is more.
    pub fn next(&self) -> Option<u64> {
        self.more.then_some(self.group.seq)
    }
}

/// The message that was deleted.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// Which.
    pub message_id: MessageId,
}
