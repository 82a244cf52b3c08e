//! E-mail addresses: given, confirmed by a letter, and the way back to a forgotten password.
//!
//! An address waits (`pending_email`) until a link in a letter to it is followed; only then it is the
//! account's, to sign in with, and nobody else's. So nobody can hold somebody else's address, and no
//! answer tells whether one is known here: that goes by letter to its owner alone.

use std::time::Instant;

use sapa_model::text::{Email, Password};
use sapa_model::{AppError, AppResult, ErrorCode, Timestamp, UserId, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect,
};

use super::credentials::confirm_password;
use super::{details, hash_new, profile, taken};
use crate::chat::Chat;
use crate::entity::words::LetterKind;
use crate::entity::{email_token, user};
use crate::fault::{OrFault, Refused, fault, is_taken};
use crate::fold::address_key;
use crate::mail::{Letter, LetterLimits};
use crate::scope::Scope;
use crate::security::Act;
use crate::sessions::Device;
use crate::writer::Work;
use crate::{clock, mail, security, sessions, standing, token};

/// Accounts with the same waiting address to which a forgotten password is told.
const SAME_ADDRESS: u64 = 3;

/// Gives the account another address, which waits to be confirmed, or with an empty one takes it away.
///
/// Errors: those of [`Email::parse`]; `wrong_password`, field `password`, unless the password is given, and
/// `too_many_tries` after too many; `required` where accounts must have an address; `too_many_letters`.
pub async fn change_email(
    chat: &Chat,
    scope: &Scope,
    email: &str,
    password: Password,
    device: &Device,
) -> AppResult<()> {
    let email = details::given(email).map(Email::parse).transpose()?;
    if email.is_none() && chat.requires_verified_email() {
        return Err(AppError::required("email"));
    }
    let (me, asker) = (scope.in_person()?, *scope);
    confirm_password(chat, scope, password).await?;
    let (device, limits) = (device.clone(), chat.post().limits);
    chat.write(async move |w| {
        let before = own_row(w.db(), me).await?;
        let is_theirs = email.as_ref().is_some_and(|new| before.email.as_deref() == Some(new.as_str()));
        if !is_theirs {
            security::note_by(w, &asker, Act::AddressChanged, "").await?;
            mail::notify(w, me, LetterKind::AddressChanged).await?;
        }
        let mut row = before.into_active_model();
        match &email {
            None => (row.email, row.email_key) = (Set(None), Set(None)),
            Some(new) if !is_theirs => {
                let letter = Letter::asked_for(me, LetterKind::Confirm, new.as_str(), &device);
                mail::write(w, limits, letter).await?;
                if !device.language.is_empty() {
                    row.language = Set(Some(device.language.to_owned()));
                }
            }
            Some(_) => {}
        }
        wait(&mut row, email.filter(|_| !is_theirs));
        row.update(w.db()).await.or_fault()?;
        forget_links(w, me).await?;
        profile::tell(w, me).await
    })
    .await?;
    chat.post().waiting.notify_one();
    Ok(())
}

/// Sends the letter once more, to the signed-in asker's waiting address. `conflict` where none waits;
/// `too_many_letters`.
pub async fn send_again(chat: &Chat, scope: &Scope, device: &Device) -> AppResult<()> {
    scope.in_person()?;
    again(chat, scope.user_id, device).await
}

/// The same for somebody who is kept out until the address is confirmed, and so shows the password.
///
/// Errors as for [`sessions::sign_in`], `banned` among them, and it counts as a try like that.
pub async fn send_again_to(chat: &Chat, login: &str, password: &Password, device: &Device) -> AppResult<()> {
    let user_id = sessions::recognise(chat, login, password, device).await?;
    again(chat, user_id, device).await
}

async fn again(chat: &Chat, user_id: UserId, device: &Device) -> AppResult<()> {
    let (device, limits) = (device.clone(), chat.post().limits);
    chat.write(async move |w| {
        let account = own_row(w.db(), user_id).await?;
        standing::check_row(&account)?;
        let nothing = || AppError::new(ErrorCode::Conflict, "No address waits to be confirmed.");
        let address = account.pending_email.ok_or_else(nothing)?;
        mail::write(w, limits, Letter::asked_for(user_id, LetterKind::Confirm, &address, &device)).await
    })
    .await?;
    chat.post().waiting.notify_one();
    Ok(())
}

/// Follows the link of a letter: from here on the address is the account's. Answers with it.
///
/// `link_gone` for a link that is unknown, used or expired; `email_taken` where the address has become
/// another account's meanwhile.
pub async fn verify_email(chat: &Chat, token: &str) -> AppResult<String> {
    let token = token.to_owned();
    chat.write(async move |w| {
        let link = take_link(w, &token, LetterKind::Confirm).await?;
        let user_id = UserId(link.user_id);
        let row = own_row(w.db(), user_id).await?;
        if row.pending_email.as_deref() != Some(link.address.as_str()) {
            return Err(link_gone());
        }
        confirm(w, row, &link.address).await?;
        security::note(w.db(), Act::AddressConfirmed, user_id, "").await?;
        profile::tell(w, user_id).await?;
        Ok(link.address)
    })
    .await
}

/// Sends a letter with a link to a new password to the address of an account, if one has it. The answer is
/// the same for every address, and takes the same time. However many ask, the owner of a confirmed address
/// has a letter whose link holds, or gets one.
///
/// `too_many` after too many questions of one network.
pub async fn request_reset(chat: &Chat, email: &str, device: &Device) -> AppResult<()> {
    let email = Email::parse(email)?;
    let key = address_key(email.as_str());
    chat.throttle().question(device.address, Instant::now())?;
    let (device, own, limits) = (device.clone(), chat.clone(), chat.post().limits);
    // Not waited for: an address that is known would take longer.
    tokio::spawn(async move {
        let written = own.write(async move |w| write_resets(w, &key, limits, &device).await).await;
        match written {
            Ok(()) => own.post().waiting.notify_one(),
            Err(error) => tracing::warn!(%error, "a letter could not be written"),
        }
    });
    Ok(())
}

/// A letter to each account that has this address; of several that wait for it, to a few.
async fn write_resets(w: &Work, key: &str, limits: LetterLimits, device: &Device) -> AppResult<()> {
    let owner = user::Entity::find().filter(user::Column::EmailKey.eq(key));
    let mut found = owner.all(w.db()).await.or_fault()?;
    if found.is_empty() {
        let waits =
            Condition::all().add(user::Column::PendingEmailKey.eq(key)).add(user::Column::Email.is_null());
        let waiting = user::Entity::find().filter(waits).limit(SAME_ADDRESS);
        found = waiting.all(w.db()).await.or_fault()?;
    }
    for account in found {
        // To the address as its owner has written it, not as somebody has typed it here.
        let is_owner = account.email.is_some();
        let Some(address) = account.email.or(account.pending_email) else { continue };
        let letter = Letter::asked_for(UserId(account.id), LetterKind::Reset, &address, device);
        mail::write_if_few(w, limits, Letter { to_owner: is_owner, ..letter }).await?;
    }
    Ok(())
}

/// Whether the link of a letter still leads to a new password.
pub async fn check_reset(chat: &Chat, token: &str) -> AppResult<bool> {
    let found = find_link(chat.db(), token, LetterKind::Reset, clock::now()).await;
    Ok(found.if_allowed()?.is_some())
}

/// Sets a new password by the link of a letter, which confirms its address too, and ends all sessions.
///
/// Errors: the form of the password and `easily_guessed`, field `newPassword`, which leave the link as good as it
/// was; `link_gone`.
pub async fn reset_password(chat: &Chat, token: &str, new_password: Password) -> AppResult<()> {
    new_password.check_new().map_err(|error| error.on("newPassword"))?;
    let link = find_link(chat.db(), token, LetterKind::Reset, clock::now()).await?;
    let account = own_row(chat.db(), UserId(link.user_id)).await?;
    let hash = hash_new(chat, None, new_password, &account, None).await?;
    let token = token.to_owned();
    chat.write(async move |w| {
        let link = take_link(w, &token, LetterKind::Reset).await?;
        let row = own_row(w.db(), UserId(link.user_id)).await?;
        mail::notify(w, UserId(link.user_id), LetterKind::PasswordChanged).await?;
        security::note(w.db(), Act::PasswordReset, UserId(link.user_id), "").await?;
        let mut changed = row.clone().into_active_model();
        changed.password_hash = Set(hash);
        changed.update(w.db()).await.or_fault()?;
        if row.pending_email.as_deref() == Some(link.address.as_str()) {
            match confirm(w, row, &link.address).await {
                Err(error) if error.code != ErrorCode::EmailTaken => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        forget_links(w, UserId(link.user_id)).await?;
        sessions::end_all(w, UserId(link.user_id)).await
    })
    .await?;
    chat.post().waiting.notify_one();
    Ok(())
}

/// Puts a typed address into a new or changed row, as one that waits.
pub(super) fn wait(row: &mut user::ActiveModel, email: Option<Email>) {
    row.pending_email_key = Set(email.as_ref().map(|email| address_key(email.as_str())));
    row.pending_email = Set(email.map(Into::into));
}

/// Makes a waiting address the account's.
async fn confirm(w: &Work, row: user::Model, address: &str) -> AppResult<()> {
    let key = address_key(address);
    let owner = user::Entity::find().filter(user::Column::EmailKey.eq(key.as_str()));
    if owner.one(w.db()).await.or_fault()?.is_some_and(|owner| owner.id != row.id) {
        return Err(taken("email_key"));
    }
    let mut row = row.into_active_model();
    (row.email, row.email_key) = (Set(Some(address.to_owned())), Set(Some(key)));
    wait(&mut row, None);
    match row.update(w.db()).await {
        Ok(_) => Ok(()),
        Err(error) if is_taken(&error) => Err(taken(&error.to_string())),
        Err(error) => Err(fault(&error)),
    }
}

/// Uses a link up.
async fn take_link(w: &Work, token: &str, purpose: LetterKind) -> AppResult<email_token::Model> {
    let link = find_link(w.db(), token, purpose, w.now()).await?;
    email_token::Entity::delete_by_id(link.token_hash.as_str()).exec(w.db()).await.or_fault()?;
    Ok(link)
}

/// A link that holds, of somebody who may act.
async fn find_link<C: ConnectionTrait>(
    db: &C,
    token: &str,
    purpose: LetterKind,
    now: Timestamp,
) -> AppResult<email_token::Model> {
    if token.len() > limits::EMAIL_MAX {
        return Err(link_gone());
    }
    let such = Condition::all()
        .add(email_token::Column::TokenHash.eq(token::hash(token)))
        .add(email_token::Column::Purpose.eq(purpose))
        .add(email_token::Column::ExpiresAt.gt(now.0))
        .add(standing::may_act((email_token::Entity, email_token::Column::UserId)));
    email_token::Entity::find().filter(such).one(db).await.or_fault()?.ok_or_else(link_gone)
}

/// No link sent before holds any more.
async fn forget_links(w: &Work, user_id: UserId) -> AppResult<()> {
    let own = email_token::Column::UserId.eq(user_id.0);
    email_token::Entity::delete_many().filter(own).exec(w.db()).await.or_fault()?;
    Ok(())
}

async fn own_row<C: ConnectionTrait>(db: &C, user_id: UserId) -> AppResult<user::Model> {
    let found = user::Entity::find_by_id(user_id.0).one(db).await.or_fault()?;
    found.ok_or_else(AppError::signed_out)
}

fn link_gone() -> AppError {
    AppError::new(ErrorCode::LinkGone, "This link has expired or was used.")
}
