//! Joining, signing in and out, for programs.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sapa_app::api::context::FORGET;
use sapa_domain::sessions::Tokens;
use sapa_domain::{Chat, accounts, sessions};
use sapa_model::text::Password;
use sapa_model::{NewAccount, NewProfile, Timestamp, UserLanguage};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::input::{Asked, Body, Caller};
use super::wire::Profile;
use crate::config::Config;
use crate::problem::Problem;
use crate::session::{self, Credential, SignedIn};

/// A new account.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// 3 to 32 of a to z, 0 to 9 and `.`, `_`, `-`.
    username: String,
    /// At least 8 characters.
    password: Password,
    /// What others see: any script, one line.
    nickname: String,
    /// Waits for the letter that goes to it.
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    birthday: Option<String>,
    #[serde(default)]
    phone_number: Option<String>,
    /// Two letters of ISO 3166-1.
    #[serde(default)]
    country: Option<String>,
    /// A name of the IANA time zone database.
    #[serde(default)]
    time_zone: Option<String>,
    /// A few words about oneself.
    #[serde(default)]
    bio: Option<String>,
    #[serde(default)]
    languages: Option<Vec<UserLanguage>>,
    /// Where the host asks for one: the token of an invitation, or of a group's link.
    #[serde(default)]
    invitation: Option<String>,
}

/// What a program goes on with.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// To ask with, as `Authorization: Bearer`.
    access_token: String,
    /// When that ends.
    access_expires_at: Timestamp,
    /// To get the next two with, once.
    refresh_token: String,
    /// Who is signed in.
    user: Profile,
}

impl Session {
    async fn of(chat: &Chat, tokens: Tokens) -> Result<Json<Self>, Problem> {
        let user = accounts::profile(chat, &tokens.scope, tokens.scope.user_id).await.map_err(Problem)?;
        Ok(Json(Self {
            access_token: tokens.access,
            access_expires_at: tokens.access_expires_at,
            refresh_token: tokens.refresh,
            user: user.into(),
        }))
    }
}

/// Make an account
///
/// Where the host asks for a confirmed address, `email` must be given, and one signs in once it is
/// confirmed.
#[utoipa::path(post, path = "/register", tag = "Accounts", security(()),
    request_body(content = Registration, example = json!({"username": "wayan", "password": "rahasia-sekali",
        "nickname": "Wayan", "country": "ID", "languages": [{"kind": "native", "code": "id"},
        {"kind": "learning", "code": "uk", "level": "A2"}]})),
    responses((status = 201, body = Profile), (status = 403), (status = 409), (status = 410)))]
pub async fn register(
    State(chat): State<Chat>,
    caller: Caller,
    Body(new): Body<Registration>,
) -> Result<(StatusCode, Json<Profile>), Problem> {
    let text = Option::unwrap_or_default;
    let account = NewAccount {
        username: new.username,
        password: new.password,
        email: text(new.email),
        invitation: text(new.invitation),
        profile: NewProfile {
            nickname: new.nickname,
            first_name: text(new.first_name),
            last_name: text(new.last_name),
            bio: text(new.bio),
            birthday: text(new.birthday),
            phone_number: text(new.phone_number),
            country: text(new.country),
            time_zone: text(new.time_zone),
            languages: new.languages.unwrap_or_default(),
        },
    };
    let user_id = accounts::register(&chat, account, &caller.device).await.map_err(Problem)?;
    let profile = accounts::newcomer(&chat, user_id).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(profile.into())))
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
pub struct Login {
    /// Or `email`.
    #[serde(default)]
    username: Option<String>,
    /// A confirmed address.
    #[serde(default)]
    email: Option<String>,
    password: Password,
}

impl Login {
    fn name(&self) -> &str {
        self.username.as_deref().or(self.email.as_deref()).unwrap_or_default()
    }
}

/// Sign in
///
/// The access token lives for 15 minutes, the refresh token until it is used or for 30 days.
#[utoipa::path(post, path = "/login", tag = "Accounts", security(()),
    request_body(content = Login, example = json!({"username": "sari", "password": "sapa-demo"})),
    responses((status = 200, body = Session), (status = 401), (status = 403)))]
pub async fn login(
    State(chat): State<Chat>,
    caller: Caller,
    Body(login): Body<Login>,
) -> Result<Json<Session>, Problem> {
    let signed_in = sessions::begin_program(&chat, login.name(), &login.password, caller.device).await;
    Session::of(&chat, signed_in.map_err(Problem)?).await
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Refresh {
    refresh_token: String,
}

/// Take a refresh token for two new tokens
///
/// It is good once: asked again within 30 seconds, as after a lost answer, it gives the same two tokens; used
/// a second time later, or once its successor was used, it ends the session.
#[utoipa::path(post, path = "/token/refresh", tag = "Accounts", security(()),
    request_body(content = Refresh, example = json!({"refreshToken":
        "5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e"})),
    responses((status = 200, body = Session), (status = 401)))]
pub async fn refresh_tokens(
    State(chat): State<Chat>,
    Body(refresh): Body<Refresh>,
) -> Result<Json<Session>, Problem> {
    let renewed = sessions::refresh(&chat, &refresh.refresh_token).await.map_err(Problem)?;
    Session::of(&chat, renewed).await
}

/// End this session
#[utoipa::path(post, path = "/logout", tag = "Accounts", responses((status = 204)))]
pub async fn logout(
    State(chat): State<Chat>,
    State(config): State<Arc<Config>>,
    SignedIn(scope): SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    sessions::sign_out(&chat, &scope).await.map_err(Problem)?;
    let ended = StatusCode::NO_CONTENT.into_response();
    Ok(match session::credential(&config, &headers) {
        Some(Credential::Cookie(_)) => {
            let cookie = session::set_cookie(None, config.is_secure());
            ([(SET_COOKIE, cookie)], [FORGET], ended).into_response()
        }
        _ => ended,
    })
}

/// A letter's link.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Link {
    /// From the link.
    #[param(example = "5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e")]
    token: String,
}

/// A confirmed address.
#[derive(Serialize, ToSchema)]
pub struct Verified {
    email: String,
}

/// Confirm an e-mail address
#[utoipa::path(get, path = "/verify", tag = "Accounts", security(()), params(Link),
    responses((status = 200, body = Verified), (status = 409), (status = 410)))]
pub async fn verify(State(chat): State<Chat>, Asked(link): Asked<Link>) -> Result<Json<Verified>, Problem> {
    let email = accounts::verify_email(&chat, &link.token).await.map_err(Problem)?;
    Ok(Json(Verified { email }))
}

/// Ask for the letter to confirm an address once more
///
/// For those whom the host keeps out until then, and who have no session to ask with.
#[utoipa::path(post, path = "/verification", tag = "Accounts", security(()),
    request_body(content = Login, example = json!({"username": "maria", "password": "sapa-demo"})),
    responses((status = 204), (status = 401), (status = 409)))]
pub async fn send_verification_to(
    State(chat): State<Chat>,
    caller: Caller,
    Body(login): Body<Login>,
) -> Result<StatusCode, Problem> {
    accounts::send_again_to(&chat, login.name(), &login.password, &caller.device).await.map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who has forgotten a password.
#[derive(Deserialize, ToSchema)]
pub struct Forgotten {
    email: String,
}

/// Ask for a letter with a link to a new password
///
/// Answers alike whether or not somebody has this address.
#[utoipa::path(post, path = "/password-reset", tag = "Accounts", security(()),
    request_body(content = Forgotten, example = json!({"email": "sari@example.org"})),
    responses((status = 202)))]
pub async fn request_reset(
    State(chat): State<Chat>,
    caller: Caller,
    Body(forgotten): Body<Forgotten>,
) -> Result<StatusCode, Problem> {
    accounts::request_reset(&chat, &forgotten.email, &caller.device).await.map_err(Problem)?;
    Ok(StatusCode::ACCEPTED)
}

/// A new password, by a letter's link.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reset {
    token: String,
    new_password: Password,
}

/// Set a new password by the letter's link
///
/// Ends all sessions and tokens of the account.
#[utoipa::path(put, path = "/password-reset", tag = "Accounts", security(()),
    request_body(content = Reset, example = json!({"newPassword": "rahasia-baru", "token":
        "6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e"})),
    responses((status = 204), (status = 410)))]
pub async fn reset_password(
    State(chat): State<Chat>,
    Body(reset): Body<Reset>,
) -> Result<StatusCode, Problem> {
    accounts::reset_password(&chat, &reset.token, reset.new_password).await.map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}
