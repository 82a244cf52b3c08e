//! The asker's own account: settings, address, devices, tokens.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use sapa_domain::{Chat, accounts, sessions};
use sapa_model::account::SignedInDevice;
use sapa_model::ids::SessionId;
use sapa_model::text::Password;
use sapa_model::{ApiToken, Me, NewApiToken, Settings};
use serde::Deserialize;
use utoipa::ToSchema;

use super::input::{At, Body, Caller};
use crate::problem::Problem;
use crate::session::SignedIn;

/// Who is signed in
///
/// With what waits for them.
#[utoipa::path(get, path = "/me", tag = "Own account", responses((status = 200, body = Me)))]
pub async fn me(State(chat): State<Chat>, SignedIn(scope): SignedIn) -> Result<Json<Me>, Problem> {
    accounts::me(&chat, &scope).await.map(Json).map_err(Problem)
}

/// Own settings
#[utoipa::path(get, path = "/settings", tag = "Own account", operation_id = "show_settings", responses((status = 200, body = Settings)))]
pub async fn settings(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
) -> Result<Json<Settings>, Problem> {
    accounts::me(&chat, &scope).await.map(|me| Json(me.settings)).map_err(Problem)
}

/// Change own settings
#[utoipa::path(put, path = "/settings", tag = "Own account",
    request_body(content = Settings, example = json!({"whoMayWrite": "friends", "whoSeesPresence": "friends",
        "whoSeesBirthday": "nobody", "whoSeesPhone": "nobody", "findable": true, "relayCalls": false})),
    responses((status = 200, body = Settings)))]
pub async fn update_settings(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(settings): Body<Settings>,
) -> Result<Json<Settings>, Problem> {
    accounts::update_settings(&chat, &scope, settings).await.map(Json).map_err(Problem)
}

/// Another e-mail address.
#[derive(Deserialize, ToSchema)]
pub struct NewEmail {
    /// Empty for none.
    email: String,
    /// Who is signed in is not yet who knows it.
    password: Password,
}

/// Change the e-mail address
///
/// The new one waits to be confirmed.
#[utoipa::path(put, path = "/email", tag = "Own account",
    request_body(content = NewEmail, example = json!({"email": "sari.new@example.org", "password": "sapa-demo"})),
    responses((status = 204), (status = 409)))]
pub async fn change_email(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    caller: Caller,
    Body(new): Body<NewEmail>,
) -> Result<StatusCode, Problem> {
    let changed = accounts::change_email(&chat, &scope, &new.email, new.password, &caller.device).await;
    changed.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Send the letter to the waiting address once more
#[utoipa::path(post, path = "/email/verification", tag = "Own account",
    responses((status = 204), (status = 404), (status = 409)))]
pub async fn send_verification(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    caller: Caller,
) -> Result<StatusCode, Problem> {
    let sent = accounts::send_again(&chat, &scope, &caller.device).await;
    sent.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Where the asker is signed in
#[utoipa::path(get, path = "/devices", tag = "Own account", responses((status = 200, body = Vec<SignedInDevice>)))]
pub async fn devices(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
) -> Result<Json<Vec<SignedInDevice>>, Problem> {
    sessions::devices(&chat, &scope).await.map(Json).map_err(Problem)
}

/// Sign all other devices out
#[utoipa::path(delete, path = "/devices", tag = "Own account", responses((status = 204)))]
pub async fn revoke_other_devices(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
) -> Result<StatusCode, Problem> {
    sessions::revoke_others(&chat, &scope).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Sign a device out
#[utoipa::path(delete, path = "/devices/{deviceId}", tag = "Own account",
    params(("deviceId" = SessionId, Path, description = "Which", example = 2)), responses((status = 204)))]
pub async fn revoke_device(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(device): At<SessionId>,
) -> Result<StatusCode, Problem> {
    sessions::revoke(&chat, &scope, device).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Own API tokens
#[utoipa::path(get, path = "/tokens", tag = "Own account", responses((status = 200, body = Vec<ApiToken>)))]
pub async fn tokens(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
) -> Result<Json<Vec<ApiToken>>, Problem> {
    sessions::api_tokens(&chat, &scope).await.map(Json).map_err(Problem)
}

/// Make an API token
///
/// For a bot or a script, which may do with it what its scopes say. Its secret is told only in this answer.
#[utoipa::path(post, path = "/tokens", tag = "Own account",
    request_body(content = NewApiToken, example = json!({"name": "Kopi bot", "scopes": ["read", "write"], "days": 365})),
    responses((status = 201, body = ApiToken), (status = 409)))]
pub async fn make_token(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(new): Body<NewApiToken>,
) -> Result<(StatusCode, Json<ApiToken>), Problem> {
    let made = sessions::make_api_token(&chat, &scope, new).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Revoke an API token
#[utoipa::path(delete, path = "/tokens/{tokenId}", tag = "Own account",
    params(("tokenId" = SessionId, Path, description = "Which", example = 3)), responses((status = 204)))]
pub async fn revoke_token(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(token): At<SessionId>,
) -> Result<StatusCode, Problem> {
    sessions::revoke(&chat, &scope, token).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}
