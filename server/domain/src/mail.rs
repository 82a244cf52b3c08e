//! Letters: written down with what they are about, sent by themselves a moment later.
//!
//! A letter is a row ([`letter`]) before it is anything else, so that it survives a crash and a mail
//! server that is away. Its link is made when it leaves: only a hash of it is stored.

mod post;
mod send;
mod words;

use std::path::PathBuf;

use std::time::Duration;

use sapa_model::{AppError, AppResult, ErrorCode, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter};

use crate::entity::letter;
use crate::entity::words::LetterKind;
use crate::fault::OrFault;
use crate::fold::fold;
use crate::writer::Work;

pub(crate) use post::Post;
pub use post::PostError;
pub use send::{deliver, run};

/// Letters to one account, and to one address, within a day.
const A_DAY: u64 = 10;
/// Least time between two letters of a kind to an account, in milliseconds.
const APART_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// How letters are sent.
#[derive(Clone, Debug)]
pub struct MailOptions {
    /// A mail server: `smtp://` or `smtps://`, with name and password where it asks for them. Without
    /// one, letters are written into `folder`.
    pub smtp_url: Option<String>,
    /// Where letters are written without a mail server.
    pub folder: PathBuf,
    /// Who they are from, as in a letter's head: `Sapa <sapa@example.org>`.
    pub from: String,
    /// Scheme and host of the links in them.
    pub origin: String,
}

/// The same, but nothing where there have been too many: whoever asks is not to learn of the others.
pub(crate) async fn write_if_few(
    w: &Work,
    user_id: UserId,
    kind: LetterKind,
    address: &str,
    language: &str,
) -> AppResult<()> {
    match write(w, user_id, kind, address, language).await {
        Err(error) if error.code == ErrorCode::TooMany => Ok(()),
        written => written,
    }
}

/// Puts a letter on its way.
///
/// `too_many` where one of its kind has gone to the account just now, or too many to the account or
/// the address within a day.
pub(crate) async fn write(
    w: &Work,
    user_id: UserId,
    kind: LetterKind,
    address: &str,
    language: &str,
) -> AppResult<()> {
    use letter::Column;
    let now = w.now().0;
    let address_key = fold(address);
    let count = async |such: Condition| letter::Entity::find().filter(such).count(w.db()).await.or_fault();
    let today = Condition::all().add(Column::CreatedAt.gt(now - DAY_MS));
    let to_either =
        Condition::any().add(Column::UserId.eq(user_id.0)).add(Column::AddressKey.eq(address_key.as_str()));
    let just_now = Condition::all()
        .add(Column::UserId.eq(user_id.0))
        .add(Column::AddressKey.eq(address_key.as_str()))
        .add(Column::Kind.eq(kind))
        .add(Column::CreatedAt.gt(now - APART_MS));
    if count(today.add(to_either)).await? >= A_DAY || count(just_now).await? > 0 {
        let message = "A letter has been sent already. Please wait before asking for another.";
        return Err(AppError::too_many(message, Duration::from_millis(APART_MS.unsigned_abs())));
    }
    let row = letter::ActiveModel {
        user_id: Set(user_id.0),
        kind: Set(kind),
        address: Set(address.to_owned()),
        address_key: Set(address_key),
        language: Set(language.to_owned()),
        attempts: Set(0),
        created_at: Set(now),
        due_at: Set(now),
        sent_at: Set(None),
        ..Default::default()
    };
    letter::Entity::insert(row).exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}
