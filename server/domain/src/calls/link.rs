//! How those in a call reach each other: what the host has chosen, and what each of them is told of it.

mod livekit;
mod p2p;
mod token;
mod twilio;

use std::fmt;
use std::time::Duration;

use sapa_model::call::CallLink;
use sapa_model::{AppError, AppResult, RoomId, UserId, limits};
use sea_orm::{EntityTrait, QuerySelect};

use crate::chat::Chat;
use crate::entity::user;
use crate::fault::OrFault;
use crate::{cards, clock};

pub use livekit::LivekitOptions;
pub use p2p::TurnOptions;
pub use twilio::TwilioOptions;

/// How calls are made.
#[derive(Clone, Debug)]
pub struct CallOptions {
    /// How long a call rings.
    pub ring: Duration,
    /// How long the place of somebody is kept whose connection is lost.
    pub grace: Duration,
    /// How long if they have left the page, perhaps to load it anew.
    pub grace_left: Duration,
    /// How those in a call reach each other.
    pub link: LinkOptions,
}

impl Default for CallOptions {
    fn default() -> Self {
        let milliseconds = |time: i64| Duration::from_millis(time.unsigned_abs());
        Self {
            ring: milliseconds(limits::CALL_RING_MS),
            grace: milliseconds(limits::CALL_GRACE_MS),
            grace_left: milliseconds(limits::CALL_GRACE_LEFT_MS),
            link: LinkOptions::P2p { stun: Vec::new(), turn: None },
        }
    }
}

/// What the host has chosen.
#[derive(Clone, Debug)]
pub enum LinkOptions {
    /// Each with each.
    P2p {
        /// Servers that tell people their own addresses, `stun:…`.
        stun: Vec<String>,
        /// Servers that relay.
        turn: Option<TurnOptions>,
    },
    /// A LiveKit server in the middle.
    Livekit(LivekitOptions),
    /// Twilio Video in the middle.
    Twilio(TwilioOptions),
}

impl LinkOptions {
    /// How many may be in a call.
    pub fn most(&self) -> usize {
        match self {
            Self::P2p { .. } => limits::CALL_MESH_MAX,
            Self::Livekit(_) | Self::Twilio(_) => limits::CALL_ROOM_MAX,
        }
    }

    /// Whether a browser needs nothing but its own means to take part. With a provider in the middle a
    /// program comes in by the provider's SDK.
    pub fn needs_no_sdk(&self) -> bool {
        matches!(self, Self::P2p { .. })
    }
}

/// Something that stands in no log.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes it in.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// What somebody who comes into a call is told.
pub async fn make(chat: &Chat, user_id: UserId, room_id: RoomId) -> AppResult<CallLink> {
    let now = clock::now();
    match &chat.calls().link {
        LinkOptions::P2p { stun, turn } => {
            let ice_servers = p2p::ice_servers(stun, turn.as_ref(), user_id, now);
            Ok(CallLink::P2p { ice_servers, relay_only: relay_only(chat, user_id).await? })
        }
        LinkOptions::Livekit(livekit) => {
            let card = cards::one(chat.db(), user_id).await?;
            livekit.link(&card, room_name(room_id), now)
        }
        LinkOptions::Twilio(twilio) => twilio.link(user_id, room_name(room_id), now).await,
    }
}

/// What a room is called at a provider.
fn room_name(room_id: RoomId) -> String {
    format!("sapa-{room_id}")
}

async fn relay_only(chat: &Chat, user_id: UserId) -> AppResult<bool> {
    user::Entity::find_by_id(user_id.0)
        .select_only()
        .column(user::Column::RelayCalls)
        .into_tuple()
        .one(chat.db())
        .await
        .or_fault()?
        .ok_or_else(AppError::internal)
}
