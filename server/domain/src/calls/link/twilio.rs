//! Calls by Twilio Video, as seed 001 has them: the room is looked up, made if there is none, and a token
//! lets one in (<https://www.twilio.com/docs/video/api/rooms-resource>,
//! <https://www.twilio.com/docs/iam/access-tokens>).

use std::time::Duration;

use reqwest::{Client, RequestBuilder, StatusCode};
use sapa_model::call::CallLink;
use sapa_model::{AppError, AppResult, ErrorCode, Timestamp, UserId};
use serde::Serialize;
use tokio::sync::OnceCell;

use super::{Secret, token};
use crate::tls;

/// How long one may take to come in, in seconds. Whoever loses the connection shows the same token again.
const LIFE: i64 = 10 * 60;
/// How long Twilio may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// An account at Twilio, and how to sign for it.
#[derive(Clone, Debug)]
pub struct TwilioOptions {
    /// `AC…`
    pub account: String,
    /// `SK…`
    pub key: String,
    /// The key's secret.
    pub secret: Secret,
    /// Where the API is, `https://video.twilio.com`.
    pub url: String,
    /// Made with the first call.
    pub client: OnceCell<Client>,
}

#[derive(Serialize)]
struct Claims<'a> {
    jti: String,
    iss: &'a str,
    sub: &'a str,
    iat: i64,
    exp: i64,
    grants: Grants<'a>,
}

#[derive(Serialize)]
struct Grants<'a> {
    identity: String,
    video: Video<'a>,
}

#[derive(Serialize)]
struct Video<'a> {
    room: &'a str,
}

impl TwilioOptions {
    /// What lets somebody into a room, which is there then. `internal` where Twilio does not answer.
    pub async fn link(&self, user_id: UserId, room: String, now: Timestamp) -> AppResult<CallLink> {
        self.find_or_make(&room).await?;
        let now = now.0 / 1_000;
        let claims = Claims {
            jti: format!("{}-{now}-{user_id}", self.key),
            iss: &self.key,
            sub: &self.account,
            iat: now,
            exp: now + LIFE,
            grants: Grants { identity: user_id.to_string(), video: Video { room: &room } },
        };
        let token = token::sign(&claims, Some("twilio-fpa;v=1"), &self.secret)?;
        Ok(CallLink::Twilio { token, room })
    }

    async fn find_or_make(&self, room: &str) -> AppResult<()> {
        if self.find(room).await? {
            return Ok(());
        }
        let client = self.client().await?;
        let request = client.post(format!("{}/v1/Rooms", self.url)).form(&[("UniqueName", room)]);
        let made = self.ask(request).await?;
        // Or somebody else has made it meanwhile (Twilio's error 53113).
        if made.is_success() || self.find(room).await? { Ok(()) } else { Err(refused(made)) }
    }

    async fn find(&self, room: &str) -> AppResult<bool> {
        let client = self.client().await?;
        match self.ask(client.get(format!("{}/v1/Rooms/{room}", self.url))).await? {
            StatusCode::NOT_FOUND => Ok(false),
            status if status.is_success() => Ok(true),
            status => Err(refused(status)),
        }
    }

    async fn ask(&self, request: RequestBuilder) -> AppResult<StatusCode> {
        let request = request.basic_auth(&self.key, Some(self.secret.as_str()));
        let answer = request.send().await.map_err(|error| {
            // Without its address, in which the room stands.
            tracing::warn!(error = %error.without_url(), "Twilio does not answer");
            unavailable()
        })?;
        Ok(answer.status())
    }

    async fn client(&self) -> AppResult<&Client> {
        let make = async || {
            tls::use_ring();
            Client::builder().timeout(PATIENCE).build().map_err(|error| {
                tracing::error!(%error, "Twilio cannot be asked");
                AppError::internal()
            })
        };
        self.client.get_or_try_init(make).await
    }
}

fn refused(status: StatusCode) -> AppError {
    tracing::error!(%status, "Twilio refuses");
    unavailable()
}

fn unavailable() -> AppError {
    AppError::new(ErrorCode::Unavailable, "Calls cannot be made just now. Please try again later.")
}
