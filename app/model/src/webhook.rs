//! Webhooks: how another service writes into a group, and hears what is written there.

use serde::{Deserialize, Serialize};

use crate::ids::WebhookId;
use crate::message::Message;
use crate::people::UserCard;
use crate::room::Room;
use crate::time::Timestamp;

/// Which way a webhook leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A secret address: what is posted there is written into the group.
    Incoming,
    /// What is written in the group is posted to an address.
    Outgoing,
}

/// A webhook about to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewWebhook {
    /// Which way.
    pub direction: Direction,
    /// What it is for; as a nickname.
    pub name: String,
    /// Of an outgoing one: where to, an `http` or `https` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A webhook, as its group's admins see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// To delete it by.
    pub id: WebhookId,
    /// Which way.
    pub direction: Direction,
    /// What it is for.
    pub name: String,
    /// Who made it; an incoming one writes in their name.
    pub created_by: UserCard,
    /// When it was made.
    pub created_at: Timestamp,
    /// Of an outgoing one: where to.
    pub url: Option<String>,
    /// Of an incoming one the secret part of its address `/api/v1/hooks/{secret}`, of an outgoing one the key
    /// that its posts are signed with; told only once, when it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Why the last post did not arrive; none where it did.
    pub last_error: Option<String>,
    /// Given up after many tries: make it anew.
    pub failed: bool,
}

/// What an outgoing webhook is told: the room as it is, and what was written or has changed, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WebhookPost {
    /// Which webhook.
    pub webhook_id: WebhookId,
    /// Where it happened.
    pub room: Room,
    /// Messages new or changed, by `seq`.
    pub messages: Vec<Message>,
    /// Too much has changed to be told: read the history.
    pub reload: bool,
}
