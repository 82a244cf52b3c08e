//! What a person signs in with, and changing it.

use std::time::Instant;

use sapa_model::account::NewCredentials;
use sapa_model::text::{Password, Username};
use sapa_model::{AppError, AppResult, ErrorCode, Profile, ProfileChange, TokenScope};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::details::Details;
use super::{hash_new, profile, search_text, taken};
use crate::chat::Chat;
use crate::entity::user;
use crate::entity::words::LetterKind;
use crate::fault::{OrFault, fault, is_taken};
use crate::scope::Scope;
use crate::security::Act;
use crate::throttle::Source;
use crate::writer::Work;
use crate::{clock, mail, security, sessions};

/// Whether somebody who is signed in also knows the password: `wrong_password` or `too_many_tries` where not,
/// both on field `password`.
pub(super) async fn confirm_password(chat: &Chat, scope: &Scope, password: Password) -> AppResult<()> {
    let found = user::Entity::find_by_id(scope.user_id.0).one(chat.db()).await.or_fault()?;
    check_password(chat, scope, &found.ok_or_else(AppError::signed_out)?, password).await
}

/// Counted by the session alone: what strangers try elsewhere is nothing to somebody who is in.
async fn check_password(
    chat: &Chat,
    scope: &Scope,
    account: &user::Model,
    password: Password,
) -> AppResult<()> {
    let source = Source::Session(scope.session_id);
    let counted = chat.throttle().attempt(&account.username, &source, Instant::now());
    counted.map_err(|error| error.on("password"))?;
    if !chat.hasher().verify(scope.network, password, Some(account.password_hash.clone())).await? {
        let wrong = AppError::new(ErrorCode::WrongPassword, "This is not your password.");
        return Err(wrong.on("password"));
    }
    chat.throttle().succeeded(&account.username, &source);
    Ok(())
}

/// A change of what somebody signs in with, checked and ready to be written.
struct Change {
    username: Option<Username>,
    password_hash: Option<String>,
}

/// Changes the username, the password, or both, and ends all sessions but the one that asks.
///
/// Errors: `wrong_password`, field `password`, unless the old password is given, and `too_many_tries`
/// after too many; those of [`Username::parse`]; `username_taken`; the form of a new password and
/// `easily_guessed`, field `newPassword`.
pub async fn change_credentials(chat: &Chat, scope: &Scope, change: NewCredentials) -> AppResult<()> {
    scope.in_person()?;
    let (scope, change) = (*scope, prepare(chat, scope, change).await?);
    chat.write(async move |w| write(w, scope, change).await).await?;
    chat.post().waiting.notify_one();
    Ok(())
}

/// Changes a part of what the asker tells of themselves and, where given, what they sign in with: both or
/// neither. Errors as for [`super::update_profile`] and [`change_credentials`].
pub async fn change(
    chat: &Chat,
    scope: &Scope,
    profile: ProfileChange,
    credentials: Option<NewCredentials>,
) -> AppResult<Profile> {
    let me = if credentials.is_some() { scope.in_person()? } else { scope.may(TokenScope::Account)? };
    let asker = *scope;
    let credentials = match credentials {
        Some(change) => Some(prepare(chat, scope, change).await?),
        None => None,
    };
    chat.write(async move |w| {
        if let Some(change) = credentials {
            write(w, asker, change).await?;
        }
        let form = profile::own(w.db(), me).await?.to_form();
        let details = Details::parse(&profile.onto(form), clock::today())?;
        profile::write(w, me, &details).await
    })
    .await?;
    chat.post().waiting.notify_one();
    profile::own(chat.db(), me).await
}

async fn prepare(chat: &Chat, scope: &Scope, change: NewCredentials) -> AppResult<Change> {
    let found = user::Entity::find_by_id(scope.user_id.0).one(chat.db()).await.or_fault()?;
    let before = found.ok_or_else(AppError::signed_out)?;
    let username = match change.username.trim() {
        "" => None,
        typed => Some(Username::parse(typed)?).filter(|new| new.as_str() != before.username),
    };
    if let Some(new) = &change.new_password {
        new.check_new().map_err(|error| error.on("newPassword"))?;
    }
    check_password(chat, scope, &before, change.password).await?;
    let password_hash = match change.new_password {
        Some(new) => Some(hash_new(chat, scope.network, new, &before, username.as_ref()).await?),
        None => None,
    };
    Ok(Change { username, password_hash })
}

async fn write(w: &mut Work, scope: Scope, change: Change) -> AppResult<()> {
    let found = user::Entity::find_by_id(scope.user_id.0).one(w.db()).await.or_fault()?;
    let before = found.ok_or_else(AppError::signed_out)?;
    let nickname = before.nickname.clone();
    let renamed = change.username.is_some();
    if let Some(username) = &change.username {
        let detail = format!("{} to {}", before.username, username.as_str());
        security::note_by(w, &scope, Act::UsernameChanged, &detail).await?;
    }
    if change.password_hash.is_some() {
        security::note_by(w, &scope, Act::PasswordChanged, "").await?;
        mail::notify(w, scope.user_id, LetterKind::PasswordChanged).await?;
    }
    let mut row = before.into_active_model();
    if let Some(username) = change.username {
        row.search = Set(search_text(&nickname, username.as_str()));
        row.username = Set(username.into());
    }
    if let Some(hash) = change.password_hash {
        row.password_hash = Set(hash);
    }
    match row.update(w.db()).await {
        Ok(_) => {}
        Err(error) if is_taken(&error) => return Err(taken(&error.to_string())),
        Err(error) => return Err(fault(&error)),
    }
    if renamed {
        profile::tell(w, scope.user_id).await?;
    }
    sessions::end_others(w, scope).await
}
