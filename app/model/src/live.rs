//! The live connection: what a client says over `/ws` and what it hears.
//!
//! JSON text frames. Each command carries a `ref`, which its one answer repeats, with `done` or with
//! an `error`. Events have no `ref`. The sender of a change hears its event too, so that a client has
//! one way to learn of changes.
//!
//! An object with one key, the kind, stands for each command and event: unlike a tag beside the
//! fields it is read in one go, without a copy of the whole being made first.

use serde::{Deserialize, Serialize};

use crate::call::{Call, CallMedia, CallShows, CallTicket, Signal};
use crate::emoji::Emoji;
use crate::error::AppError;
use crate::ids::{AttachmentId, CallId, ClientId, MessageId, RoomId, StoryId, UserId};
use crate::message::Message;
use crate::people::{Person, Presence, UserCard};
use crate::room::{Dialog, Member, Room};
use crate::story::{Story, StoryViewer};
use crate::time::Timestamp;

/// A frame from a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClientFrame {
    /// Chosen by the client, repeated by the answer.
    pub r#ref: u64,
    /// What it asks for.
    pub command: ClientCommand,
}

/// What a client can ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ClientCommand {
    /// Send a text into a room. Idempotent by `clientId`.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Send {
        /// Where to.
        room_id: RoomId,
        /// The sender's own name for the message.
        client_id: ClientId,
        /// What it says; may be empty where it carries files.
        text: String,
        /// What it carries: files uploaded before, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<AttachmentId>,
    },
    /// Messages up to `number` have been read.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Read {
        /// Where.
        room_id: RoomId,
        /// The last one's number.
        number: u64,
    },
    /// Messages up to `number` have reached this device.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Delivered {
        /// Where.
        room_id: RoomId,
        /// The last one's number.
        number: u64,
    },
    /// The user is typing.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Typing {
        /// Where.
        room_id: RoomId,
    },
    /// Watch these people's presence, and no others.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Watch {
        /// At most [`crate::limits::WATCH_MAX`].
        user_ids: Vec<UserId>,
    },
    /// Send what has changed since the connection was lost; in parts of about
    /// [`crate::limits::RESUME_BYTES`].
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Resume {
        /// At most [`crate::limits::RESUME_ROOMS_MAX`] rooms with what the client holds of them.
        rooms: Vec<Cursor>,
    },
    /// Ring a room's others and come in; where a call is going on there, only come in.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Call {
        /// Where.
        room_id: RoomId,
        /// With what.
        media: CallMedia,
    },
    /// Come into a call with this connection: to answer it, or again after the connection was lost.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    JoinCall {
        /// Which.
        call_id: CallId,
        /// The seat that this page has had; none for a page that comes in anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seat: Option<u32>,
    },
    /// Do not want to come into a call; it stops ringing on all devices.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    DeclineCall {
        /// Which.
        call_id: CallId,
    },
    /// Leave a call. Between two that is its end.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    LeaveCall {
        /// Which.
        call_id: CallId,
    },
    /// Say what the others of a call may hear and see.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    ShowInCall {
        /// Which.
        call_id: CallId,
        /// What.
        shows: CallShows,
    },
    /// Tell another in a call how to reach this one.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Signal {
        /// In which call.
        call_id: CallId,
        /// The other's seat.
        to: u32,
        /// What.
        signal: Signal,
    },
    /// Nothing but an ack: the client's heartbeat.
    Ping,
}

/// How far a client knows a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cursor {
    /// Which room.
    pub room_id: RoomId,
    /// The last change that it has seen.
    pub seq: u64,
}

/// A frame from the server: an answer with its `ref`, or an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(untagged, try_from = "Parts")]
pub enum ServerFrame {
    /// A command was done, durably where it changes anything.
    Ack {
        /// Of the command.
        r#ref: u64,
        /// What came of it.
        done: Done,
    },
    /// A command was refused; nothing of it was done.
    Error {
        /// Of the command; none if the frame could not be read so far.
        #[serde(skip_serializing_if = "Option::is_none")]
        r#ref: Option<u64>,
        /// Why.
        error: AppError,
    },
    /// Something happened.
    Event {
        /// What.
        event: Event,
    },
}

/// All that a frame from the server may hold: to read it without trying one shape after the other.
#[derive(Deserialize)]
struct Parts {
    r#ref: Option<u64>,
    done: Option<Done>,
    error: Option<AppError>,
    event: Option<Event>,
}

impl TryFrom<Parts> for ServerFrame {
    type Error = &'static str;

    fn try_from(parts: Parts) -> Result<Self, &'static str> {
        match parts {
            Parts { event: Some(event), .. } => Ok(Self::Event { event }),
            Parts { r#ref, error: Some(error), .. } => Ok(Self::Error { r#ref, error }),
            Parts { r#ref: Some(r#ref), done: Some(done), .. } => Ok(Self::Ack { r#ref, done }),
            _ => Err("neither an answer nor an event"),
        }
    }
}

/// What came of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Done {
    /// Nothing to tell.
    Ok,
    /// The message is in the room's log.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Sent {
        /// Under this id.
        message_id: MessageId,
        /// With this sequence number.
        seq: u64,
    },
    /// The presence of those whom the client now watches.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Watching {
        /// One for each.
        presence: Vec<Presence>,
    },
    /// What has changed, room by room.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Resumed {
        /// One for each room asked for of which the user is a member.
        rooms: Vec<RoomChanges>,
    },
    /// The seat in a call is taken.
    InCall(CallTicket),
}

/// What changed in a room since a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RoomChanges {
    /// Which room, as it is now; up to its `seq` this answer tells everything.
    pub room: Room,
    /// Messages new or changed, by seq.
    pub messages: Vec<Message>,
    /// Messages that this user has deleted for themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden: Vec<MessageId>,
    /// Memberships new or changed, and everyone's markers unless there is `more`.
    pub members: Vec<Member>,
    /// Too much has changed to be told: load the room anew.
    pub reload: bool,
    /// It did not all fit into one answer: come again with the `seq` of this one.
    #[serde(default)]
    pub more: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Event {
    /// The connection stands; everything from here on is heard.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Hello {
        /// Who is signed in.
        user_id: UserId,
        /// The server's clock.
        now: Timestamp,
        /// The calls that go on in the user's rooms.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        calls: Vec<Call>,
    },
    /// A message is new, or has changed: take it if its `seq` is newer than what is held.
    Message(Message),
    /// This user has deleted a message for themselves.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Hidden {
        /// Where.
        room_id: RoomId,
        /// Which.
        message_id: MessageId,
        /// The room's sequence number of the act.
        seq: u64,
    },
    /// This user has reacted to a message, or taken that back. The message itself, with the new counts, is
    /// told to everyone.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Reacted {
        /// Where.
        room_id: RoomId,
        /// To which.
        message_id: MessageId,
        /// How; none once it is taken back.
        emoji: Option<Emoji>,
    },
    /// The shared part of a room has changed.
    Room(Room),
    /// A membership is new or has changed.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Member {
        /// Where.
        room_id: RoomId,
        /// As it is now.
        member: Member,
    },
    /// A room has appeared for this user, or what only this user sees of it has changed.
    Dialog(Dialog),
    /// This user is no longer in a room, or has put it away.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    DialogGone {
        /// Which.
        room_id: RoomId,
    },
    /// A member's markers have moved. They only ever grow; take the larger.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Marker {
        /// Where.
        room_id: RoomId,
        /// Whose.
        user_id: UserId,
        /// Number of the last message that has reached them.
        delivered: u64,
        /// Number of the last message that they have read.
        read: u64,
    },
    /// Messages that this user has not read were deleted, or are back. Take it unless the read marker that is
    /// held is further on.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Unread {
        /// Where.
        room_id: RoomId,
        /// Number of the last message that they have read.
        read: u64,
        /// How many of those after it are deleted.
        deleted: u64,
    },
    /// Somebody is typing; shown for [`crate::limits::TYPING_SHOWN_MS`].
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Typing {
        /// Where.
        room_id: RoomId,
        /// Who.
        user_id: UserId,
    },
    /// A call has begun, has changed or has ended: take it if its `revision` is newer than what is held.
    Call(Call),
    /// Another in a call says how to reach them.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Signal {
        /// In which call.
        call_id: CallId,
        /// The other's seat.
        from: u32,
        /// What.
        signal: Signal,
    },
    /// Somebody whom this connection watches has come or gone.
    Presence(Presence),
    /// Somebody's profile has changed: their name, their picture, or more of it than the card shows.
    User(UserCard),
    /// A story is new to this user, or has changed for them: they have seen it.
    Story(Story),
    /// A story is gone, or this user may no longer see it.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    StoryGone {
        /// Which.
        story_id: StoryId,
        /// Whose.
        author_id: UserId,
    },
    /// Somebody has seen a story of this user's.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    StoryViewed {
        /// Which.
        story_id: StoryId,
        /// Who.
        viewer: StoryViewer,
        /// How many that makes.
        viewers: u32,
    },
    /// This user cares for somebody's stories no more, or again.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    StoryMuted {
        /// Whose.
        author_id: UserId,
        /// As it is now.
        muted: bool,
    },
    /// A session to which this user comes begins soon: the message that proposes it.
    Reminder(Message),
    /// How this user stands to somebody has changed.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Relation {
        /// As it is now.
        person: Person,
        /// Friend requests that wait for this user's answer.
        friend_requests: u32,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_have_the_documented_spelling() {
        let frame = ClientFrame {
            r#ref: 7,
            command: ClientCommand::Send {
                room_id: RoomId(3),
                client_id: ClientId::parse("0191e7a0-0000-7000-8000-00000000abcd").unwrap(),
                text: "halo".to_owned(),
                attachments: Vec::new(),
            },
        };
        let json = r#"{"ref":7,"command":{"send":{"roomId":3,"clientId":"0191e7a0-0000-7000-8000-00000000abcd","text":"halo"}}}"#;
        assert_eq!(serde_json::to_string(&frame).unwrap(), json);
        assert_eq!(serde_json::from_str::<ClientFrame>(json).unwrap(), frame);

        let error = AppError::not_found("room");
        for (frame, json) in [
            (ServerFrame::Ack { r#ref: 7, done: Done::Ok }, r#"{"ref":7,"done":"ok"}"#.to_owned()),
            (
                ServerFrame::Ack { r#ref: 7, done: Done::Sent { message_id: MessageId(9), seq: 4 } },
                r#"{"ref":7,"done":{"sent":{"messageId":9,"seq":4}}}"#.to_owned(),
            ),
            (
                ServerFrame::Error { r#ref: None, error: error.clone() },
                format!(r#"{{"error":{}}}"#, serde_json::to_string(&error).unwrap()),
            ),
            (
                ServerFrame::Event { event: Event::Typing { room_id: RoomId(3), user_id: UserId(1) } },
                r#"{"event":{"typing":{"roomId":3,"userId":1}}}"#.to_owned(),
            ),
        ] {
            assert_eq!(serde_json::to_string(&frame).unwrap(), json);
            assert_eq!(serde_json::from_str::<ServerFrame>(&json).unwrap(), frame);
        }
        assert!(serde_json::from_str::<ServerFrame>(r#"{"ref":7}"#).is_err());
    }

    #[test]
    fn unknown_commands_and_fields_of_the_wrong_kind_are_not_read() {
        for bad in [
            r#"{"ref":1,"command":"launch"}"#,
            r#"{"ref":1}"#,
            r#"{"command":"ping"}"#,
            r#"{"ref":1,"command":{"read":{"roomId":"x","number":1}}}"#,
        ] {
            assert!(serde_json::from_str::<ClientFrame>(bad).is_err(), "{bad}");
        }
    }
}
