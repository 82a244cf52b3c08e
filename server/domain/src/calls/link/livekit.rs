//! Calls by a LiveKit server: it takes whoever has a token (<https://docs.livekit.io/home/get-started/authentication>).

use sapa_model::call::CallLink;
use sapa_model::{AppResult, Timestamp, UserCard};
use serde::Serialize;

use super::{Secret, token};

/// How long one may take to come in, in seconds. Who is in gets further tokens from LiveKit.
const LIFE: i64 = 2 * 60;

/// Where the server is, and how to sign for it.
#[derive(Clone, Debug)]
pub struct LivekitOptions {
    /// `wss://…`
    pub url: String,
    /// Names the secret.
    pub key: String,
    /// What tokens are signed with.
    pub secret: Secret,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: String,
    name: &'a str,
    nbf: i64,
    exp: i64,
    video: Grant<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Grant<'a> {
    room: &'a str,
    room_join: bool,
    can_publish: bool,
    can_subscribe: bool,
}

impl LivekitOptions {
    /// What lets somebody into a room.
    pub fn link(&self, user: &UserCard, room: String, now: Timestamp) -> AppResult<CallLink> {
        let now = now.0 / 1_000;
        let claims = Claims {
            iss: &self.key,
            sub: user.id.to_string(),
            name: &user.nickname,
            nbf: now,
            exp: now + LIFE,
            video: Grant { room: &room, room_join: true, can_publish: true, can_subscribe: true },
        };
        let token = token::sign(&claims, None, &self.secret)?;
        Ok(CallLink::Livekit { url: self.url.clone(), token, room })
    }
}
