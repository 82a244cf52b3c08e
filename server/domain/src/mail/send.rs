//! Sending what is on its way.

use std::time::Duration;

use lettre::Message;
use lettre::message::Body;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use sapa_model::{AppError, AppResult, Timestamp, UserId, device};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::words::News;
use super::{DAY_MS, RESET_MS, words};
use crate::chat::Chat;
use crate::entity::words::LetterKind;
use crate::entity::{email_token, letter, user};
use crate::fault::OrFault;
use crate::fold::address_key;
use crate::{clock, security, token};

/// Waits between tries, in milliseconds; after the last one the letter is given up.
const WAITS_MS: [i64; 6] = [60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000];
/// Letters looked at together.
const BATCH: u64 = 20;
/// How often to look where nobody has said that there is something.
const EVERY: Duration = Duration::from_secs(30);
/// How long the link to confirm an address holds, in milliseconds.
const CONFIRM_MS: i64 = 3 * DAY_MS;
/// Longest name of a device that a letter tells, in bytes.
const NAME_MAX: usize = 40;

/// Sends letters as they come, for ever.
pub async fn run(chat: Chat) {
    loop {
        if let Err(error) = deliver(&chat).await {
            tracing::warn!(%error, "letters cannot be sent now");
        }
        let _ = tokio::time::timeout(EVERY, chat.post().waiting.notified()).await;
    }
}

/// Sends all that is due, and forgets what is a day old.
pub async fn deliver(chat: &Chat) -> AppResult<()> {
    let now = clock::now().0;
    let due = Condition::all().add(letter::Column::SentAt.is_null()).add(letter::Column::DueAt.lte(now));
    let rows = letter::Entity::find()
        .filter(due)
        .order_by_asc(letter::Column::DueAt)
        .limit(BATCH)
        .all(chat.db())
        .await
        .or_fault()?;
    for row in rows {
        let sent = send(chat, &row).await;
        if let Err(error) = &sent {
            tracing::warn!(%error, attempt = row.attempts + 1, "a letter could not be sent");
        }
        settle(chat, row, sent.is_ok()).await?;
    }
    chat.write(async move |w| {
        let over = Condition::all()
            .add(letter::Column::SentAt.is_not_null())
            .add(letter::Column::CreatedAt.lt(now - DAY_MS));
        letter::Entity::delete_many().filter(over).exec(w.db()).await.or_fault()?;
        let expired = email_token::Column::ExpiresAt.lte(now);
        email_token::Entity::delete_many().filter(expired).exec(w.db()).await.or_fault()?;
        Ok(())
    })
    .await
}

/// Notes that a letter has gone, or when to try again.
async fn settle(chat: &Chat, row: letter::Model, is_sent: bool) -> AppResult<()> {
    chat.write(async move |w| {
        let wait = usize::try_from(row.attempts).ok().and_then(|tries| WAITS_MS.get(tries));
        let change = match (is_sent, wait) {
            (true, _) => letter::ActiveModel { sent_at: Set(Some(w.now().0)), ..Default::default() },
            (false, Some(wait)) => letter::ActiveModel {
                attempts: Set(row.attempts + 1),
                due_at: Set(w.now().0 + wait),
                ..Default::default()
            },
            (false, None) => {
                tracing::error!("a letter was given up after {} tries", row.attempts + 1);
                letter::Entity::delete_by_id(row.id).exec(w.db()).await.or_fault()?;
                return Ok(());
            }
        };
        let update = letter::Entity::update_many().set(change).filter(letter::Column::Id.eq(row.id));
        update.exec(w.db()).await.or_fault()?;
        Ok(())
    })
    .await
}

async fn send(chat: &Chat, row: &letter::Model) -> Result<(), String> {
    let fault = |error: AppError| error.to_string();
    let Some((subject, body)) = write(chat, row).await.map_err(fault)? else { return Ok(()) };
    let message = Message::builder()
        .from(chat.post().from.clone())
        .to(row.address.parse().map_err(|error| format!("{error}"))?)
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(encoded(body))
        .map_err(|error| error.to_string())?;
    chat.post().send(message).await
}

/// A link shall stay whole for whoever reads the letter as a file: plain ASCII goes as it is. Its lines are
/// far below the 998 characters that a letter's may have (RFC 5322, 2.1.1), and hold no NUL.
fn encoded(text: String) -> Body {
    if text.is_ascii() {
        let lines = text.replace('\n', "\r\n").into_bytes();
        Body::dangerous_pre_encoded(lines, ContentTransferEncoding::SevenBit)
    } else {
        Body::new(text)
    }
}

/// Subject and text; nothing where the account no longer has to do with the address.
async fn write(chat: &Chat, row: &letter::Model) -> AppResult<Option<(String, String)>> {
    let found = user::Entity::find_by_id(row.user_id).one(chat.db()).await.or_fault()?;
    let Some(account) = found else { return Ok(None) };
    let super::Post { house, origin, .. } = chat.post();
    let about =
        words::About { house: house.as_str(), language: &row.language, username: &account.username, origin };
    // To whom the address belonged when it happened.
    if let Some(told) = words::news(row.kind, about, &what_is_known(chat, row).await?) {
        return Ok(Some(told));
    }
    let owns = |address: &Option<String>| {
        address.as_deref().is_some_and(|address| address_key(address) == row.address_key)
    };
    if !owns(&account.email) && !owns(&account.pending_email) {
        return Ok(None);
    }
    if row.kind == LetterKind::Confirm {
        let owner = user::Entity::find()
            .filter(user::Column::EmailKey.eq(row.address_key.as_str()))
            .one(chat.db())
            .await
            .or_fault()?;
        match owner {
            Some(owner) if owner.id == account.id => return Ok(None),
            // Whoever has typed the address is not told; its owner is.
            Some(owner) => {
                return Ok(Some(words::known(words::About { username: &owner.username, ..about })));
            }
            None => {}
        }
    }
    Ok(Some(if row.kind == LetterKind::Reset {
        words::reset(about, &link(chat, row, "reset", RESET_MS).await?)
    } else {
        words::confirm(about, &link(chat, row, "verify", CONFIRM_MS).await?)
    }))
}

/// When it happened and, of a device that has signed in, which one and from where.
async fn what_is_known(chat: &Chat, row: &letter::Model) -> AppResult<News> {
    let signed_in = match row.kind {
        LetterKind::NewDevice => {
            security::signed_in_at(chat.db(), UserId(row.user_id), row.created_at).await?
        }
        _ => None,
    };
    let device =
        signed_in.map(|event| (device::name(&event.device).filter(|name| is_harmless(name)), event.address));
    Ok(News { at: Timestamp(row.created_at), device })
}

/// A program calls itself as it likes: nothing that a letter's reader could follow.
fn is_harmless(name: &str) -> bool {
    let is_harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | ' ' | '-' | '_');
    name.len() <= NAME_MAX && name.chars().all(is_harmless)
}

/// A link that no other is, in place of those of its kind that the account had.
async fn link(chat: &Chat, row: &letter::Model, path: &str, life: i64) -> AppResult<String> {
    let secret = token::new()?;
    let link = format!("{}/{path}/{secret}", chat.post().origin);
    let (user_id, kind, address) = (UserId(row.user_id), row.kind, row.address.clone());
    chat.write(async move |w| {
        let before = Condition::all()
            .add(email_token::Column::UserId.eq(user_id.0))
            .add(email_token::Column::Purpose.eq(kind));
        email_token::Entity::delete_many().filter(before).exec(w.db()).await.or_fault()?;
        let token = email_token::ActiveModel {
            token_hash: Set(token::hash(&secret)),
            user_id: Set(user_id.0),
            purpose: Set(kind),
            address: Set(address),
            expires_at: Set(w.now().0 + life),
        };
        email_token::Entity::insert(token).exec_without_returning(w.db()).await.or_fault()?;
        Ok(())
    })
    .await?;
    Ok(link)
}
