//! Letters: written down with what they are about, sent by themselves a moment later.
//!
//! A letter is a row ([`letter`]) before it is anything else, so that it survives a crash and a mail
//! server that is away. Its link is made when it leaves: only a hash of it is stored.

mod post;
mod send;
mod words;

use std::path::PathBuf;
use std::time::Duration;

use sapa_model::text::HouseName;
use sapa_model::{AppError, AppResult, ErrorCode, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter};

use crate::entity::words::LetterKind;
use crate::entity::{letter, user};
use crate::fault::OrFault;
use crate::fold::address_key;
use crate::sessions::Device;
use crate::writer::Work;

pub(crate) use post::Post;
pub use post::PostError;
pub use send::{deliver, run};

/// Letters to addresses that are not confirmed: to one address, and to one account, within a day.
const A_DAY: u64 = 10;
/// Of those to one address, how many one network may have sent.
const A_DAY_FROM_ONE_NETWORK: u64 = 5;
/// Least time between two letters of a kind to an account, in milliseconds.
const APART_MS: i64 = 60_000;
/// Letters of a kind to a confirmed address within a day, before they come further apart.
const SOON: u64 = 5;
/// How long the link to a new password holds, in milliseconds. Further letters to a confirmed address come this
/// far apart: so the last one always helps its owner, whoever has asked for it.
const RESET_MS: i64 = 60 * 60 * 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// How letters are sent.
#[derive(Clone, Debug)]
pub struct MailOptions {
    /// A mail server: `smtp://` or `smtps://`, with name and password where it asks for them. Without
    /// one, letters are written into `folder`.
    pub smtp_url: Option<String>,
    /// Where letters are written without a mail server.
    pub folder: PathBuf,
    /// What the house is called.
    pub house: HouseName,
    /// Who they are from, as in a letter's head: `Sapa <sapa@example.org>`.
    pub from: String,
    /// Scheme and host of the links in them.
    pub origin: String,
    /// How many may be sent to addresses that nobody has confirmed.
    pub limits: LetterLimits,
}

/// How many letters a day may go to addresses that nobody has confirmed: they may be anybody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterLimits {
    /// That one network has asked for.
    pub network: u32,
    /// In all.
    pub total: u32,
}

impl Default for LetterLimits {
    fn default() -> Self {
        Self { network: 50, total: 1_000 }
    }
}

/// What is to be written to whom.
pub(crate) struct Letter {
    pub user_id: UserId,
    pub kind: LetterKind,
    pub address: String,
    /// Code of the language that it is written in; empty for that of the account.
    pub language: String,
    /// Where it was asked for.
    pub network: Option<String>,
    /// Whether the address is the account's, confirmed.
    pub to_owner: bool,
}

impl Letter {
    /// One to an address that is not confirmed, in the language of whoever asks for it.
    pub fn asked_for(user_id: UserId, kind: LetterKind, address: &str, device: &Device) -> Self {
        let (address, language) = (address.to_owned(), device.language.to_owned());
        Self { user_id, kind, address, language, network: device.network(), to_owner: false }
    }
}

/// The same, but nothing where there have been too many: whoever asks is not to learn of the others.
pub(crate) async fn write_if_few(w: &Work, limits: LetterLimits, letter: Letter) -> AppResult<()> {
    match write(w, limits, letter).await {
        Err(error) if error.code == ErrorCode::TooManyLetters => Ok(()),
        written => written,
    }
}

/// Puts a letter on its way.
///
/// `too_many_letters` where one of its kind has gone to the account just now, or too many have gone within a day: of
/// those to confirmed addresses each kind is counted by its account alone, so nobody else uses them up.
pub(crate) async fn write(w: &Work, limits: LetterLimits, letter: Letter) -> AppResult<()> {
    let now = w.now().0;
    let address_key = address_key(&letter.address);
    let wait_ms = if letter.to_owner {
        wait_of_owner(w, &letter).await?
    } else {
        wait_of_stranger(w, limits, &letter, &address_key).await?
    };
    if let Some(wait_ms) = wait_ms {
        let message = "A letter has been sent already. Please wait before asking for another.";
        let wait = Duration::from_millis(wait_ms.unsigned_abs());
        return Err(AppError::too_many(message, wait).coded(ErrorCode::TooManyLetters));
    }
    let language = if letter.language.is_empty() {
        let account = user::Entity::find_by_id(letter.user_id.0).one(w.db()).await.or_fault()?;
        account.and_then(|account| account.language).unwrap_or_default()
    } else {
        letter.language
    };
    let row = letter::ActiveModel {
        user_id: Set(letter.user_id.0),
        kind: Set(letter.kind),
        address: Set(letter.address),
        address_key: Set(address_key),
        language: Set(language),
        attempts: Set(0),
        created_at: Set(now),
        due_at: Set(now),
        sent_at: Set(None),
        network: Set(letter.network),
        to_owner: Set(letter.to_owner),
        ..Default::default()
    };
    letter::Entity::insert(row).exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

/// Tells the owner of an account what was done to it, at the confirmed address; without one nobody is told.
pub(crate) async fn notify(w: &Work, user_id: UserId, kind: LetterKind) -> AppResult<()> {
    let found = user::Entity::find_by_id(user_id.0).one(w.db()).await.or_fault()?;
    let Some((address, language)) = found.and_then(|row| Some((row.email?, row.language))) else {
        return Ok(());
    };
    let language = language.unwrap_or_default();
    let letter = Letter { user_id, kind, address, language, network: None, to_owner: true };
    write_if_few(w, LetterLimits::default(), letter).await
}

/// How long a letter to an account's own address has to wait, if it has.
async fn wait_of_owner(w: &Work, new: &Letter) -> AppResult<Option<i64>> {
    use letter::Column;
    let such = Condition::all()
        .add(Column::UserId.eq(new.user_id.0))
        .add(Column::Kind.eq(new.kind))
        .add(Column::ToOwner.eq(true));
    let apart = if count_since(w, DAY_MS, such.clone()).await? < SOON { APART_MS } else { RESET_MS };
    Ok((count_since(w, apart, such).await? > 0).then_some(apart))
}

/// How long a letter to what may be anybody's address has to wait, if it has.
async fn wait_of_stranger(
    w: &Work,
    limits: LetterLimits,
    new: &Letter,
    address_key: &str,
) -> AppResult<Option<i64>> {
    use letter::Column;
    let such = || Condition::all().add(Column::ToOwner.eq(false));
    let same = such()
        .add(Column::UserId.eq(new.user_id.0))
        .add(Column::AddressKey.eq(address_key))
        .add(Column::Kind.eq(new.kind));
    if count_since(w, APART_MS, same).await? > 0 {
        return Ok(Some(APART_MS));
    }
    let mut bounds = vec![
        (A_DAY, such().add(Column::UserId.eq(new.user_id.0))),
        (A_DAY, such().add(Column::AddressKey.eq(address_key))),
        (limits.total.into(), such()),
    ];
    if let Some(network) = &new.network {
        let here = || such().add(Column::Network.eq(network.as_str()));
        bounds.push((A_DAY_FROM_ONE_NETWORK, here().add(Column::AddressKey.eq(address_key))));
        bounds.push((limits.network.into(), here()));
    }
    for (most, such) in bounds {
        if count_since(w, DAY_MS, such).await? >= most {
            return Ok(Some(RESET_MS));
        }
    }
    Ok(None)
}

async fn count_since(w: &Work, ms: i64, such: Condition) -> AppResult<u64> {
    let late = such.add(letter::Column::CreatedAt.gt(w.now().0 - ms));
    letter::Entity::find().filter(late).count(w.db()).await.or_fault()
}
