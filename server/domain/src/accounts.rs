//! Accounts: joining, and what people settle for themselves.

mod country;
mod credentials;
mod details;

use sapa_model::account::{Me, NewAccount, Settings};
use sapa_model::text::{Nickname, Username};
use sapa_model::{AppError, AppResult, ErrorCode, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::{user, words};
use crate::fault::{OrFault, fault, is_taken};
use crate::fold::fold;
use crate::scope::Scope;
use crate::{cards, clock, people, rooms};

pub use credentials::change_credentials;
use details::Details;

/// Makes an account.
///
/// The first field that cannot be taken is blamed: by its form, as `username_taken`, or as
/// `email_taken`.
pub async fn register(chat: &Chat, account: NewAccount) -> AppResult<UserId> {
    let username = Username::parse(&account.username)?;
    account.password.check_new()?;
    let nickname = Nickname::parse(&account.nickname)?;
    let details = Details::parse(&account, clock::today())?;
    let password_hash = chat.hasher().hash(account.password).await?;
    chat.write(async move |w| {
        let row = user::ActiveModel {
            id: NotSet,
            search: Set(search_text(nickname.as_str(), username.as_str())),
            username: Set(username.into()),
            nickname: Set(nickname.into()),
            password_hash: Set(password_hash),
            email_key: Set(details.email.as_ref().map(|email| fold(email.as_str()))),
            email: Set(details.email.map(Into::into)),
            first_name: Set(details.first_name.map(Into::into)),
            last_name: Set(details.last_name.map(Into::into)),
            birthday: Set(details.birthday),
            country: Set(details.country),
            who_may_write: Set(words::WhoMayWrite::Everyone),
            created_at: Set(w.now().0),
            last_seen_at: Set(None),
        };
        match user::Entity::insert(row).exec(w.db()).await {
            Ok(inserted) => Ok(UserId(inserted.last_insert_id)),
            Err(error) if is_taken(&error) => Err(taken(&error.to_string())),
            Err(error) => Err(fault(&error)),
        }
    })
    .await
}

/// What a person is found by.
fn search_text(nickname: &str, username: &str) -> String {
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
    let id = scope.user_id;
    let row = user::Entity::find_by_id(id.0).one(chat.db()).await.or_fault()?;
    let who_may_write = row.ok_or_else(AppError::signed_out)?.who_may_write.into();
    let counts = rooms::counts(chat.db(), id).await?;
    Ok(Me {
        user: cards::one(chat.db(), id).await?,
        settings: Settings { who_may_write },
        friend_requests: people::waiting(chat.db(), id).await?,
        message_requests: counts.message_requests,
        unread: counts.unread,
    })
}

/// Changes what the asker has chosen.
pub async fn update_settings(chat: &Chat, scope: &Scope, settings: Settings) -> AppResult<Settings> {
    let id = scope.user_id;
    chat.write(async move |w| {
        user::Entity::update_many()
            .set(user::ActiveModel {
                who_may_write: Set(settings.who_may_write.into()),
                ..Default::default()
            })
            .filter(user::Column::Id.eq(id.0))
            .exec(w.db())
            .await
            .or_fault()?;
        Ok(settings)
    })
    .await
}
