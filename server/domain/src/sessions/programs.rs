//! Programs: an access token that lives for minutes, and a refresh token that is good once.
//!
//! The tokens of one sign-in are a family (RFC 9700, 4.14.2): a refresh token that is used a second time
//! has been stolen, from the program or by it, so its whole family ends; but for a short grace, in which a
//! program that asks twice gets the same answer twice.

use sapa_model::ids::SessionId;
use sapa_model::text::Password;
use sapa_model::{AppError, AppResult, ErrorCode, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, SelectExt};

use super::{Device, LIFE_MS, SignedIn, begin_as, end, new_row, open, recognise, welcome};
use crate::chat::Chat;
use crate::entity::words::SessionKind;
use crate::entity::{refresh_token, session};
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::security::Act;
use crate::writer::Work;
use crate::{security, standing, token};

/// How long an access token lives, in milliseconds: 15 minutes.
const ACCESS_MS: i64 = 15 * 60 * 1_000;
/// How long a spent refresh token still gets its successor, in milliseconds.
const GRACE_MS: i64 = 30 * 1_000;
/// How long a terminal stays signed in, in milliseconds: a day.
const TERMINAL_MS: i64 = 24 * 60 * 60 * 1_000;

/// What a program goes on with.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// To ask with.
    pub access: String,
    /// When that ends.
    pub access_expires_at: Timestamp,
    /// To get the next two with, once.
    pub refresh: String,
    /// Who is signed in, where.
    pub scope: Scope,
}

/// Signs a program in by username or e-mail address. Errors as for [`super::sign_in`].
pub async fn begin_program(
    chat: &Chat,
    login: &str,
    password: &Password,
    device: Device,
) -> AppResult<Tokens> {
    let user_id = recognise(chat, login, password, &device).await?;
    let (access, refresh) = (token::new()?, token::new()?);
    let (access_hash, refresh_hash) = (token::hash(&access), token::hash(&refresh));
    let must_verify = chat.requires_verified_email();
    let (session_id, now) = chat
        .write(async move |w| {
            let row = session::ActiveModel {
                token_expires_at: Set(Some(w.now().0 + ACCESS_MS)),
                ..new_row(w, user_id, &device, SessionKind::Program, access_hash, LIFE_MS)
            };
            let session_id = open(w, must_verify, row).await?;
            hand_out(w, session_id.0, refresh_hash).await?;
            welcome(w, user_id, &device).await?;
            Ok((session_id, w.now()))
        })
        .await?;
    chat.post().waiting.notify_one();
    let scope = Scope { user_id, session_id, token: None, network: None };
    Ok(Tokens { access, access_expires_at: Timestamp(now.0 + ACCESS_MS), refresh, scope })
}

/// Signs a terminal in, for a day. Errors as for [`super::sign_in`].
pub async fn begin_terminal(
    chat: &Chat,
    login: &str,
    password: &Password,
    device: Device,
) -> AppResult<SignedIn> {
    let user_id = recognise(chat, login, password, &device).await?;
    begin_as(chat, user_id, device, SessionKind::Terminal, TERMINAL_MS).await
}

/// Takes a refresh token for two new ones; the access token so far ends with it.
///
/// Whoever asks again within half a minute, because two asked at once or the answer was lost, gets the very
/// same two, as long as the new refresh token was not used. `signed_out` for one that is unknown, has expired
/// or was used before: then its session ends too.
pub async fn refresh(chat: &Chat, refresh: &str) -> AppResult<Tokens> {
    let (spent, salt) = (refresh.to_owned(), token::new()?);
    let renewed = chat
        .write(async move |w| {
            let found =
                refresh_token::Entity::find_by_id(token::hash(&spent)).one(w.db()).await.or_fault()?;
            let Some(found) = found else { return Ok(None) };
            let alive = session::Entity::find_by_id(found.session_id)
                .filter(session::Column::ExpiresAt.gt(w.now().0))
                .filter(standing::may_act((session::Entity, session::Column::UserId)))
                .one(w.db())
                .await
                .or_fault()?;
            let Some(before) = alive else { return Ok(None) };
            if found.spent_at.is_none() {
                return Ok(Some(renew(w, found, before, Pair::of(&spent, &salt), salt).await?));
            }
            let again = again(w, &found, &before, &spent).await?;
            if again.is_none() {
                // Kept: what is refused here must be ended all the same.
                end(w, session::Column::Id.eq(found.session_id)).await?;
                security::note(w.db(), Act::RefreshTokenReused, UserId(before.user_id), "").await?;
            }
            Ok(again)
        })
        .await?;
    renewed.ok_or_else(|| {
        AppError::new(ErrorCode::SignedOut, "This refresh token is no longer good. Please sign in.")
    })
}

/// The two tokens that follow a refresh token. They are made of it and of a salt: neither who has an old
/// token nor who reads the database knows them.
struct Pair {
    access: String,
    refresh: String,
}

impl Pair {
    fn of(spent: &str, salt: &str) -> Self {
        let made = |what: &str| token::hash(&format!("{what} {spent} {salt}"));
        Self { access: made("access"), refresh: made("refresh") }
    }

    fn into_tokens(self, session: &session::Model, access_expires_at: i64) -> Tokens {
        let (user_id, session_id) = (UserId(session.user_id), SessionId(session.id));
        Tokens {
            access: self.access,
            access_expires_at: Timestamp(access_expires_at),
            refresh: self.refresh,
            scope: Scope { user_id, session_id, token: None, network: None },
        }
    }
}

async fn renew(
    w: &Work,
    found: refresh_token::Model,
    before: session::Model,
    next: Pair,
    salt: String,
) -> AppResult<Tokens> {
    let now = w.now().0;
    let mut spent = found.into_active_model();
    (spent.spent_at, spent.salt) = (Set(Some(now)), Set(Some(salt)));
    spent.update(w.db()).await.or_fault()?;
    let (session_id, mut row) = (before.id, before.clone().into_active_model());
    row.token_hash = Set(token::hash(&next.access));
    row.token_expires_at = Set(Some(now + ACCESS_MS));
    row.seen_at = Set(now);
    row.expires_at = Set(now + LIFE_MS);
    row.update(w.db()).await.or_fault()?;
    hand_out(w, session_id, token::hash(&next.refresh)).await?;
    Ok(next.into_tokens(&before, now + ACCESS_MS))
}

/// The same two again, for a token that was spent just now and whose successor was not.
async fn again(
    w: &Work,
    found: &refresh_token::Model,
    session: &session::Model,
    spent: &str,
) -> AppResult<Option<Tokens>> {
    let (Some(spent_at), Some(salt)) = (found.spent_at, &found.salt) else { return Ok(None) };
    // Either way: a clock that goes back makes the grace no longer.
    if (w.now().0 - spent_at).abs() > GRACE_MS {
        return Ok(None);
    }
    let next = Pair::of(spent, salt);
    let unspent = refresh_token::Entity::find_by_id(token::hash(&next.refresh))
        .filter(refresh_token::Column::SpentAt.is_null());
    let is_good = unspent.exists(w.db()).await.or_fault()?;
    let access_expires_at = session.token_expires_at.unwrap_or_default();
    Ok(is_good.then(|| next.into_tokens(session, access_expires_at)))
}

async fn hand_out(w: &Work, session_id: i64, token_hash: String) -> AppResult<()> {
    let row = refresh_token::ActiveModel {
        token_hash: Set(token_hash),
        session_id: Set(session_id),
        created_at: Set(w.now().0),
        spent_at: Set(None),
        salt: Set(None),
    };
    refresh_token::Entity::insert(row).exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

/// Forgets refresh tokens that were spent so long ago that a thief would have come before.
pub async fn delete_spent(chat: &Chat) -> AppResult<()> {
    chat.write(async move |w| {
        let old = refresh_token::Column::SpentAt.lt(w.now().0 - LIFE_MS);
        refresh_token::Entity::delete_many().filter(old).exec(w.db()).await.or_fault()?;
        Ok(())
    })
    .await
}
