//! Rooms: what their members share, and what each member sees of them.

use serde::{Deserialize, Serialize};

use crate::channel::Channel;
use crate::ids::{InviteId, RoomId, UserId};
use crate::message::Message;
use crate::people::{Person, UserCard};
use crate::time::Timestamp;

/// What kind of room it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoomKind {
    /// Exactly two people; there is at most one for a pair.
    Direct,
    /// Several people, with an owner.
    Group,
    /// Admins post, everyone else follows; see [`crate::channel`].
    Channel,
}

/// A member's role, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes and reads.
    Member,
    /// Also invites, renames and removes members.
    Admin,
    /// Also names admins and hands the group over.
    Owner,
}

impl Role {
    /// May add people and make or revoke invite links.
    pub fn may_invite(self) -> bool {
        self >= Self::Admin
    }

    /// May change the group's name, colour and picture.
    pub fn may_rename(self) -> bool {
        self >= Self::Admin
    }

    /// May remove a member of the role `other`.
    pub fn may_remove(self, other: Self) -> bool {
        self >= Self::Admin && self > other
    }

    /// May delete what others have written, for everyone.
    pub fn may_delete_messages(self) -> bool {
        self >= Self::Admin
    }

    /// May make and delete webhooks.
    pub fn may_manage_webhooks(self) -> bool {
        self >= Self::Admin
    }

    /// May name and dismiss admins, and hand the group over.
    pub fn may_change_roles(self) -> bool {
        self == Self::Owner
    }
}

/// What all members of a room share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Room {
    /// Which room.
    pub id: RoomId,
    /// Its kind.
    pub kind: RoomKind,
    /// A group's or channel's name; empty for a direct room, which is shown by the other's name.
    pub name: String,
    /// The picture's colour, as a hue of 0 to 359 degrees.
    pub hue: u16,
    /// The key of a group's or channel's picture; none where only its initials are shown.
    pub avatar: Option<String>,
    /// Members now.
    pub member_count: u32,
    /// Sequence number of the room's last change.
    pub seq: u64,
    /// What only a channel has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// One person's place in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Who.
    pub user: UserCard,
    /// With which role.
    pub role: Role,
    /// False once they have left or were removed.
    pub active: bool,
    /// Number of the last message that has reached one of their devices.
    pub delivered: u64,
    /// Number of the last message that they have read.
    pub read: u64,
    /// Sequence number of the last change to this membership.
    pub seq: u64,
}

/// A room as one of its members sees it in the dialog list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Dialog {
    /// The shared part.
    pub room: Room,
    /// The other person of a direct room.
    pub peer: Option<Person>,
    /// Own role.
    pub role: Role,
    /// No sound, no badge in the title; sinks below the others' attention, not below them.
    pub muted: bool,
    /// A stranger's room that still waits for an answer: it stands under message requests.
    pub request: bool,
    /// Number of the last message that the asker may see.
    pub last_number: u64,
    /// Number of the last message that the asker has read; `last_number - read - unread_deleted` are unread.
    pub read: u64,
    /// How many of the messages after it are deleted, for everyone or for the asker alone.
    #[serde(default)]
    pub unread_deleted: u64,
    /// The last message that the asker may see.
    pub last: Option<Message>,
}

impl Dialog {
    /// How many messages are unread.
    pub fn unread(&self) -> u64 {
        self.last_number.saturating_sub(self.read).saturating_sub(self.unread_deleted)
    }

    /// Moves the read marker on, never back. How many deleted ones are left after it is known where it comes to
    /// the end; else [`crate::Event::Unread`] tells.
    pub fn read_to(&mut self, number: u64) {
        self.read = self.read.max(number);
        if self.read >= self.last_number {
            self.unread_deleted = 0;
        }
    }
}

/// Which dialogs to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DialogFilter {
    /// All but message requests.
    #[default]
    All,
    /// Those with unread messages.
    Unread,
    /// Groups only.
    Groups,
    /// Channels only.
    Channels,
    /// Message requests only.
    Requests,
}

impl DialogFilter {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Unread => "unread",
            Self::Groups => "groups",
            Self::Channels => "channels",
            Self::Requests => "requests",
        }
    }
}

/// A page of dialogs, by last activity, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DialogPage {
    /// At most [`crate::limits::DIALOG_PAGE`] dialogs.
    pub dialogs: Vec<Dialog>,
    /// Whether more follow; ask for them with the last dialog's `last.id`.
    pub more: bool,
}

/// A room opened: the dialog and everyone who is in it; of a channel, its admins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RoomView {
    /// The asker's view.
    pub dialog: Dialog,
    /// Active members, owner first, then admins, then by nickname.
    pub members: Vec<Member>,
}

/// A new group, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewGroup {
    /// See [`crate::text::GroupName`].
    pub name: String,
    /// 0 to 359.
    pub hue: u16,
    /// Whom to add besides the creator; friends of the creator.
    pub member_ids: Vec<UserId>,
}

/// An invite link, as its group's admins see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Invite {
    /// To revoke it by.
    pub id: InviteId,
    /// The secret part of the link `/join/{token}`; told only once, when it is made.
    pub token: Option<String>,
    /// Who made it.
    pub created_by: UserCard,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// How many people came by it.
    pub uses: u32,
}

/// What an invite link shows to strangers, who cannot see the group yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InviteOffer {
    /// A group, or a channel.
    pub kind: RoomKind,
    /// Its name.
    pub name: String,
    /// Its colour, in degrees.
    pub hue: u16,
    /// How many are in.
    pub member_count: u32,
    /// The nickname of whoever invites.
    pub invited_by: String,
}

/// What an invite link shows before somebody joins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct InvitePreview {
    /// The group.
    pub room: Room,
    /// Who invites.
    pub invited_by: UserCard,
    /// Whether the asker is a member already.
    pub joined: bool,
}
