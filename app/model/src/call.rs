//! Calls: who rings whom, who is in, and what two browsers tell each other to reach one another.
//!
//! Sound and pictures never pass through the server. It says who is in a call and carries the signals
//! of those who are, to nobody else.

use serde::{Deserialize, Serialize};

use crate::ids::{CallId, RoomId, UserId};
use crate::people::UserCard;
use crate::time::Timestamp;

/// What a call begins with; a camera can be switched on and off in either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallMedia {
    /// Sound.
    Audio,
    /// Sound and pictures.
    #[default]
    Video,
}

/// A call as everyone in its room sees it, as long as it lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// Which call.
    pub id: CallId,
    /// In which room; a room has one call at a time.
    pub room_id: RoomId,
    /// What it began with.
    pub media: CallMedia,
    /// Who rang.
    pub caller: UserCard,
    /// When they rang.
    pub started_at: Timestamp,
    /// When the first of the others came in.
    pub answered_at: Option<Timestamp>,
    /// Whoever was rung or came in, in that order.
    pub parties: Vec<CallParty>,
    /// Grows with each change: of two states the one with the larger is newer.
    pub revision: u32,
    /// How it ended; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<CallOutcome>,
}

impl Call {
    /// Somebody's part in it.
    pub fn party(&self, user_id: UserId) -> Option<&CallParty> {
        self.parties.iter().find(|party| party.user.id == user_id)
    }

    /// Those who are in.
    pub fn joined(&self) -> impl Iterator<Item = &CallParty> {
        self.parties.iter().filter(|party| party.state == PartyState::Joined)
    }

    /// Whether it still rings for somebody.
    pub fn rings_for(&self, user_id: UserId) -> bool {
        self.outcome.is_none() && self.party(user_id).is_some_and(|party| party.state == PartyState::Ringing)
    }
}

/// One person's part in a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CallParty {
    /// Who.
    pub user: UserCard,
    /// How they stand to it.
    pub state: PartyState,
    /// Where they sit: another number means that they have come in anew, from another page or device.
    /// None while they are not in, or have not come in with a live connection yet.
    pub seat: Option<u32>,
    /// What they let the others hear and see.
    pub shows: CallShows,
}

/// How somebody stands to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartyState {
    /// It rings on all of their devices.
    Ringing,
    /// They are in.
    Joined,
    /// They did not want to.
    Declined,
    /// They were in another call.
    Busy,
    /// They did not answer in time.
    Missed,
    /// They were in and have left.
    Left,
}

/// What somebody in a call lets the others hear and see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CallShows {
    /// Their microphone is on.
    pub microphone: bool,
    /// Their camera is on.
    pub camera: bool,
    /// They share a screen.
    pub screen: bool,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// Somebody came in, and in the end all had left.
    Answered,
    /// Nobody answered in time, or the caller gave up.
    Missed,
    /// The other did not want to.
    Declined,
    /// The other was in another call.
    Busy,
}

impl CallOutcome {
    /// Whether the line that tells of it counts as unread, as a text does.
    pub fn is_missed(self) -> bool {
        matches!(self, Self::Missed | Self::Busy)
    }
}

/// What is left of a call in the room's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CallLine {
    /// What it began with.
    pub media: CallMedia,
    /// How it ended.
    pub outcome: CallOutcome,
    /// How long people spoke, in seconds; none where nobody did, or where it is not known because the
    /// server went down meanwhile.
    pub seconds: Option<u32>,
}

/// What somebody who comes into a call needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CallTicket {
    /// The call as it is now.
    pub call: Call,
    /// The seat taken; none where the connection that came in is not a live one.
    pub seat: Option<u32>,
    /// How the others are reached.
    pub link: CallLink,
}

/// How those in a call reach each other: what the host has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "provider", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CallLink {
    /// Each with each, by signals over the live connection.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    P2p {
        /// As `RTCConfiguration.iceServers` takes them.
        ice_servers: Vec<IceServer>,
        /// The asker shows their address to nobody: only relayed ways are taken.
        relay_only: bool,
    },
    /// By a LiveKit server.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Livekit {
        /// Where it is, `wss://…`.
        url: String,
        /// Lets the asker into the room, for a while.
        token: String,
        /// The room's name there.
        room: String,
    },
    /// By Twilio Video.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Twilio {
        /// Lets the asker into the room, for a while.
        token: String,
        /// The room's unique name there.
        room: String,
    },
}

/// A STUN or TURN server, as `RTCIceServer` is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct IceServer {
    /// Its addresses, `stun:…`, `turn:…` or `turns:…`.
    pub urls: Vec<String>,
    /// Of a TURN server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Of a TURN server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
}

/// What one browser tells another in a call; the server carries it and reads nothing into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Signal {
    /// An offer: what the sender can send and take (RFC 8829).
    Offer {
        /// Session description.
        sdp: String,
    },
    /// The answer to an offer.
    Answer {
        /// Session description.
        sdp: String,
    },
    /// A way by which the sender may be reached, or none in it: there are no more (RFC 8838).
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Candidate {
        /// As `RTCIceCandidate` writes it.
        candidate: String,
        /// For which part of the description.
        sdp_mid: Option<String>,
        /// The same, by number.
        sdp_m_line_index: Option<u16>,
    },
}
