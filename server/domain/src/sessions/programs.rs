//! Programs: an access token that lives for minutes, and a refresh token that is good once.
//!
//! The tokens of one sign-in are a family (RFC 9700, 4.14.2): a refresh token that is used a second time
//! has been stolen, from the program or by it, so its whole family ends.

use sapa_model::text::Password;
use sapa_model::{AppError, AppResult, ErrorCode, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{Device, LIFE_MS, SignedIn, begin_as, device, end, new_row, open, recognise};
use crate::chat::Chat;
use crate::entity::words::SessionKind;
use crate::entity::{refresh_token, session};
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::writer::Work;
use crate::{standing, token};

/// How long an access token lives, in milliseconds: 15 minutes.
const ACCESS_MS: i64 = 15 * 60 * 1_000;
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
            device::remember(w, user_id, &device).await?;
            Ok((session_id, w.now()))
        })
        .await?;
    let scope = Scope { user_id, session_id, token: None };
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
/// `signed_out` for one that is unknown, has expired or was used before: then its session ends too.
pub async fn refresh(chat: &Chat, refresh: &str) -> AppResult<Tokens> {
    let (access, next) = (token::new()?, token::new()?);
    let (spent, access_hash, next_hash) = (token::hash(refresh), token::hash(&access), token::hash(&next));
    let renewed = chat
        .write(async move |w| {
            let Some(found) = refresh_token::Entity::find_by_id(&spent).one(w.db()).await.or_fault()? else {
                return Ok(None);
            };
            if found.spent_at.is_some() {
                // Kept: what is refused here must be ended all the same.
                end(w, session::Column::Id.eq(found.session_id)).await?;
                return Ok(None);
            }
            let alive = session::Entity::find_by_id(found.session_id)
                .filter(session::Column::ExpiresAt.gt(w.now().0))
                .filter(standing::may_act((session::Entity, session::Column::UserId)))
                .one(w.db())
                .await
                .or_fault()?;
            let Some(before) = alive else { return Ok(None) };
            let scope = Scope {
                user_id: UserId(before.user_id),
                session_id: sapa_model::ids::SessionId(before.id),
                token: None,
            };
            let mut spent = found.into_active_model();
            spent.spent_at = Set(Some(w.now().0));
            spent.update(w.db()).await.or_fault()?;
            let access_expires_at = w.now().0 + ACCESS_MS;
            let mut row = before.into_active_model();
            row.token_hash = Set(access_hash);
            row.token_expires_at = Set(Some(access_expires_at));
            row.seen_at = Set(w.now().0);
            row.expires_at = Set(w.now().0 + LIFE_MS);
            row.update(w.db()).await.or_fault()?;
            hand_out(w, scope.session_id.0, next_hash).await?;
            Ok(Some((scope, Timestamp(access_expires_at))))
        })
        .await?;
    let (scope, access_expires_at) = renewed.ok_or_else(|| {
        AppError::new(ErrorCode::SignedOut, "This refresh token is no longer good. Please sign in.")
    })?;
    Ok(Tokens { access, access_expires_at, refresh: next, scope })
}

async fn hand_out(w: &Work, session_id: i64, token_hash: String) -> AppResult<()> {
    let row = refresh_token::ActiveModel {
        token_hash: Set(token_hash),
        session_id: Set(session_id),
        created_at: Set(w.now().0),
        spent_at: Set(None),
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
