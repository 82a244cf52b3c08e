//! Accounts and sessions.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::account::{Me, NewAccount, NewCredentials, Settings, SignedInDevice};
use sapa_model::ids::SessionId;
use sapa_model::text::Password;
use sapa_model::{ApiToken, AppError, ErrorCode, NewApiToken, NewProfile, Profile, UserCard};
use server_fn::codec::Json;

use crate::live::Bootstrap;

#[cfg(feature = "ssr")]
use super::context::{asker, chat, set_session, signed_in};
#[cfg(feature = "ssr")]
use super::device_cookie;

/// Makes an account and signs in to it.
#[server(prefix = "/rpc", endpoint = "register", input = Json, output = Json)]
pub async fn register(account: NewAccount) -> Result<(), AppError> {
    join(account).await
}

/// Why somebody with this invitation, or an empty one, could not make an account now; none where they could.
#[server(name = FetchKeptOut, prefix = "/rpc", endpoint = "kept_out", input = Json, output = Json)]
pub async fn kept_out(invitation: String) -> Result<Option<ErrorCode>, AppError> {
    sapa_domain::accounts::kept_out(&chat()?, &invitation).await
}

/// Signs in by username or e-mail address.
#[server(prefix = "/rpc", endpoint = "sign_in", input = Json, output = Json)]
pub async fn sign_in(login: String, password: Password) -> Result<(), AppError> {
    enter(login, password).await
}

/// Ends this session, here and at its open connections.
#[server(prefix = "/rpc", endpoint = "sign_out", input = Json, output = Json)]
pub async fn sign_out() -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    set_session(None);
    sapa_domain::sessions::sign_out(&chat, &scope).await
}

/// The signed-in user with their counts; `None` for strangers.
#[server(name = FetchMe, prefix = "/rpc", endpoint = "me", input = Json, output = Json)]
pub async fn me() -> Result<Option<Me>, AppError> {
    match signed_in() {
        Ok((chat, scope)) => sapa_domain::accounts::me(&chat, &scope).await.map(Some),
        Err(_) => Ok(None),
    }
}

/// What the messenger starts from, as it is now.
#[server(name = FetchBootstrap, prefix = "/rpc", endpoint = "bootstrap", input = Json, output = Json)]
pub async fn bootstrap() -> Result<Bootstrap, AppError> {
    let (chat, scope) = signed_in()?;
    Bootstrap::load(&chat, &scope, None).await
}

/// Changes what the user has chosen for themselves.
#[server(prefix = "/rpc", endpoint = "update_settings", input = Json, output = Json)]
pub async fn update_settings(settings: Settings) -> Result<Settings, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::accounts::update_settings(&chat, &scope, settings).await
}

/// Changes what the user tells of themselves.
#[server(prefix = "/rpc", endpoint = "update_profile", input = Json, output = Json)]
pub async fn update_profile(profile: NewProfile) -> Result<Profile, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::accounts::update_profile(&chat, &scope, profile).await
}

/// Takes the user's picture away.
#[server(prefix = "/rpc", endpoint = "remove_avatar", input = Json, output = Json)]
pub async fn remove_avatar() -> Result<UserCard, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::avatars::remove_own(&chat, &scope).await
}

/// Gives the account another e-mail address, which waits to be confirmed.
#[server(prefix = "/rpc", endpoint = "change_email", input = Json, output = Json)]
pub async fn change_email(email: String, password: Password) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::accounts::change_email(&chat, &scope, &email, password, &device()).await
}

/// Sends the letter to the user's waiting address once more.
#[server(prefix = "/rpc", endpoint = "send_verification", input = Json, output = Json)]
pub async fn send_verification() -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::accounts::send_again(&chat, &scope, &device()).await
}

/// The same for somebody who is kept out until then.
#[server(prefix = "/rpc", endpoint = "send_verification_to", input = Json, output = Json)]
pub async fn send_verification_to(login: String, password: Password) -> Result<(), AppError> {
    sapa_domain::accounts::send_again_to(&chat()?, &login, &password, &device()).await
}

/// Follows the link to confirm an address; answers with it.
#[server(prefix = "/rpc", endpoint = "verify_email", input = Json, output = Json)]
pub async fn verify_email(token: String) -> Result<String, AppError> {
    sapa_domain::accounts::verify_email(&chat()?, &token).await
}

/// Asks for a letter with a link to a new password.
#[server(prefix = "/rpc", endpoint = "request_reset", input = Json, output = Json)]
pub async fn request_reset(email: String) -> Result<(), AppError> {
    sapa_domain::accounts::request_reset(&chat()?, &email, &device()).await
}

/// Whether that link still holds.
#[server(name = CheckReset, prefix = "/rpc", endpoint = "check_reset", input = Json, output = Json)]
pub async fn check_reset(token: String) -> Result<bool, AppError> {
    sapa_domain::accounts::check_reset(&chat()?, &token).await
}

/// Follows that link.
#[server(prefix = "/rpc", endpoint = "reset_password", input = Json, output = Json)]
pub async fn reset_password(token: String, new_password: Password) -> Result<(), AppError> {
    sapa_domain::accounts::reset_password(&chat()?, &token, new_password).await
}

/// Where the user is signed in.
#[server(name = FetchDevices, prefix = "/rpc", endpoint = "devices", input = Json, output = Json)]
pub async fn devices() -> Result<Vec<SignedInDevice>, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::sessions::devices(&chat, &scope).await
}

/// Signs a device out; without one, all others than this.
#[server(prefix = "/rpc", endpoint = "revoke_device", input = Json, output = Json)]
pub async fn revoke_device(device: Option<SessionId>) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    match device {
        Some(device) => sapa_domain::sessions::revoke(&chat, &scope, device).await,
        None => sapa_domain::sessions::revoke_others(&chat, &scope).await,
    }
}

/// The user's API tokens.
#[server(name = FetchApiTokens, prefix = "/rpc", endpoint = "api_tokens", input = Json, output = Json)]
pub async fn api_tokens() -> Result<Vec<ApiToken>, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::sessions::api_tokens(&chat, &scope).await
}

/// Makes an API token; its secret is told only in this answer.
#[server(prefix = "/rpc", endpoint = "make_api_token", input = Json, output = Json)]
pub async fn make_api_token(token: NewApiToken) -> Result<ApiToken, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::sessions::make_api_token(&chat, &scope, token).await
}

/// Changes what the user signs in with.
#[server(prefix = "/rpc", endpoint = "change_credentials", input = Json, output = Json)]
pub async fn change_credentials(change: NewCredentials) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::accounts::change_credentials(&chat, &scope, change).await
}

#[cfg(feature = "ssr")]
async fn join(account: NewAccount) -> Result<(), AppError> {
    let chat = chat()?;
    let user = sapa_domain::accounts::register(&chat, account, &device()).await?;
    let signed_in = sapa_domain::sessions::begin(&chat, user, device()).await?;
    take_up(&chat, &signed_in).await
}

#[cfg(feature = "ssr")]
async fn enter(login: String, password: Password) -> Result<(), AppError> {
    let chat = chat()?;
    let signed_in = sapa_domain::sessions::sign_in(&chat, &login, &password, device()).await?;
    take_up(&chat, &signed_in).await
}

/// Gives the browser a session, in the place of the one that it had, and what it is known by when it comes again.
#[cfg(feature = "ssr")]
async fn take_up(
    chat: &sapa_domain::Chat,
    signed_in: &sapa_domain::sessions::SignedIn,
) -> Result<(), AppError> {
    if let Some(old) = asker().scope {
        sapa_domain::sessions::end_replaced(chat, &old).await?;
    }
    set_session(Some(&signed_in.token));
    if let Some(secret) = &signed_in.device {
        device_cookie::set(secret);
    }
    Ok(())
}

#[cfg(feature = "ssr")]
fn device() -> sapa_domain::sessions::Device {
    let asker = asker();
    sapa_domain::sessions::Device {
        address: asker.address,
        user_agent: asker.user_agent,
        secret: device_cookie::get(),
        language: crate::ui::kit::Preferences::current().language.code(),
    }
}
