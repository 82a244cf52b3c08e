//! Accounts: joining, and what people settle for themselves.

pub(crate) mod country;
mod credentials;
mod details;
mod emails;
mod joining;
mod profile;

use std::net::IpAddr;
use std::time::Instant;

use sapa_model::account::{Me, NewAccount, Registration};
use sapa_model::text::{Email, Password, Username};
use sapa_model::{AppError, AppResult, ErrorCode, Profile, TokenScope, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;

use crate::chat::Chat;
use crate::entity::words::LetterKind;
use crate::entity::{user, words};
use crate::fault::{OrFault, fault, is_taken};
use crate::fold::fold;
use crate::mail::Letter;
use crate::password::Owner;
use crate::scope::Scope;
use crate::security::Act;
use crate::sessions::Device;
use crate::{cards, clock, mail, people, rooms, security};

pub use credentials::{change, change_credentials};
use details::Details;
pub use emails::{
    change_email, check_reset, request_reset, reset_password, send_again, send_again_to, verify_email,
};
pub(crate) use joining::Door;
pub use joining::JoinOptions;
pub(crate) use profile::tell;
pub use profile::{hear_language, profile, update_profile, update_settings};

/// Makes an account.
///
/// `registration_closed` and `invitation_required` come before all else, then the first field that cannot be
/// taken is blamed, by its form or as `easily_guessed`, `username_taken`, `invite_used`, `invite_gone`; `too_many_accounts` of one network.
/// A given e-mail address waits for the letter that goes to it, in the language of the interface.
pub async fn register(chat: &Chat, account: NewAccount, device: &Device) -> AppResult<UserId> {
    chat.door().check(&account.invitation)?;
    let username = Username::parse(&account.username)?;
    account.password.check_new()?;
    let email = details::given(&account.email).map(Email::parse).transpose()?;
    if email.is_none() && chat.requires_verified_email() {
        return Err(AppError::required("email"));
    }
    let details = Details::parse(&account.profile, clock::today())?;
    chat.door().take(device.address, Instant::now())?;
    let id = write_new(chat, account, username, email, details, device).await;
    if id.is_err() {
        chat.door().give_back(device.address);
    }
    chat.post().waiting.notify_one();
    id
}

/// Who may make an account here.
pub fn registration(chat: &Chat) -> Registration {
    chat.door().registration
}

/// Why somebody with this invitation, or with an empty one, could not make an account now:
/// `registration_closed`, `invitation_required`, `invite_used`, `invite_gone`. None where they could.
pub async fn kept_out(chat: &Chat, invitation: &str) -> AppResult<Option<ErrorCode>> {
    let admitted = match chat.door().check(invitation) {
        Ok(()) if registration(chat) == Registration::Invite => {
            joining::check(chat.db(), invitation, clock::now()).await
        }
        checked => checked,
    };
    match admitted {
        Ok(()) => Ok(None),
        Err(error) if error.is_fault() => Err(error),
        Err(error) => Ok(Some(error.code)),
    }
}

async fn write_new(
    chat: &Chat,
    account: NewAccount,
    username: Username,
    email: Option<Email>,
    details: Details,
    device: &Device,
) -> AppResult<UserId> {
    let invitation = (registration(chat) == Registration::Invite).then_some(account.invitation);
    let owner = Owner::new(username.as_str(), email.as_ref().map(Email::as_str));
    let password_hash = chat.hasher().hash(device.address, account.password, owner).await?;
    let (device, limits) = (device.clone(), chat.post().limits);
    chat.write(async move |w| {
        let mut row = user::ActiveModel {
            search: Set(search_text(details.nickname.as_str(), username.as_str())),
            username: Set(username.into()),
            password_hash: Set(password_hash),
            who_may_write: Set(words::WhoMayWrite::Everyone),
            created_at: Set(w.now().0),
            language: Set(Some(device.language.to_owned()).filter(|code| !code.is_empty())),
            ..Default::default()
        };
        details.write(&mut row);
        emails::wait(&mut row, email.clone());
        match user::Entity::insert(row).exec(w.db()).await {
            Ok(inserted) => {
                let id = UserId(inserted.last_insert_id);
                if let Some(invitation) = &invitation {
                    joining::admit(w, id, invitation).await?;
                }
                profile::write_languages(w, id, &details).await?;
                security::note_from(w.db(), &device, Act::Joined, Some(id)).await?;
                if let Some(email) = &email {
                    let letter = Letter::asked_for(id, LetterKind::Confirm, email.as_str(), &device);
                    mail::write_if_few(w, limits, letter).await?;
                }
                Ok(id)
            }
            Err(error) if is_taken(&error) => Err(taken(&error.to_string())),
            Err(error) => Err(fault(&error)),
        }
    })
    .await
}

/// What somebody who has just joined tells of themselves, before they have signed in.
pub async fn newcomer(chat: &Chat, user_id: UserId) -> AppResult<Profile> {
    profile::own(chat.db(), user_id).await
}

/// The hash of another password for an account, which may be about to have another name too.
///
/// Errors: `easily_guessed`, field `newPassword`.
async fn hash_new(
    chat: &Chat,
    address: Option<IpAddr>,
    password: Password,
    account: &user::Model,
    username: Option<&Username>,
) -> AppResult<String> {
    let name = username.map_or(account.username.as_str(), Username::as_str);
    let emails = account.email.iter().chain(&account.pending_email).map(String::as_str);
    let hashed = chat.hasher().hash(address, password, Owner::new(name, emails)).await;
    hashed.map_err(|error| error.renamed("password", "newPassword"))
}

/// What a person is found by.
pub(crate) fn search_text(nickname: &str, username: &str) -> String {
    fold(&format!("{nickname}\n{username}"))
}

/// Which of the two unique columns a refused row fell over: both databases name it.
fn taken(error: &str) -> AppError {
    if error.contains("email_key") {
        AppError::new(ErrorCode::EmailTaken, "This address belongs to another account.").on("email")
    } else {
        AppError::new(ErrorCode::UsernameTaken, "This username is taken.").on("username")
    }
}

/// The asker's own view of themselves, with the counts that the navigation shows.
pub async fn me(chat: &Chat, scope: &Scope) -> AppResult<Me> {
    scope.may(TokenScope::Read)?;
    let id = scope.user_id;
    let row = user::Entity::find_by_id(id.0).one(chat.db()).await.or_fault()?;
    let row = row.ok_or_else(AppError::signed_out)?;
    let counts = rooms::counts(chat.db(), id).await?;
    let own = cards::person(chat.db(), id, id).await?;
    Ok(Me {
        user: own.user,
        languages: own.languages,
        settings: profile::settings(&row),
        email: row.email,
        pending_email: row.pending_email,
        friend_requests: people::waiting(chat.db(), id).await?,
        message_requests: counts.message_requests,
        unread: counts.unread,
    })
}
