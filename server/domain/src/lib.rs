//! The rules of Sapa and their persistence. Knows no transport.
//!
//! Every door (web, WebSocket, and those to come) calls these functions with the [`Chat`] and the
//! [`Scope`] of who asks, and shows what they answer. A function checks, writes in one transaction
//! through the [`writer`], and what happened is told through the [`hub`] once it is durable.

mod cards;
mod chat;
mod clock;
mod database;
mod entity;
mod erasure;
mod fault;
mod fold;
mod heartbeat;
mod left_over;
mod password;
mod refold;
mod scope;
mod standing;
mod storage;
mod throttle;
mod token;
mod writer;

pub mod accounts;
pub mod attachments;
pub mod avatars;
pub mod calls;
pub mod channels;
pub mod comments;
pub mod groups;
pub mod host;
pub mod hub;
pub mod inbox;
pub mod invites;
pub mod live;
pub mod mail;
pub mod markers;
pub mod messages;
pub mod people;
pub mod rates;
pub mod reports;
pub mod rooms;
pub mod schedules;
pub mod security;
pub mod sessions;
pub mod stories;
pub mod tls;
pub mod turns;
pub mod webhooks;

pub use chat::{Chat, OpenError, OpenOptions};
pub use hub::Hub;
pub use scope::Scope;
pub use storage::StorageError;
pub use throttle::{TriesAllowed, network};
