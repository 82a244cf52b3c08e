//! Sessions: who is signed in where. One row a device, a program, a terminal or a personal API token; only
//! hashes of their secrets are stored.

mod api_tokens;
mod device;
mod programs;

use std::time::Instant;

use sapa_model::account::SignedInDevice;
use sapa_model::ids::SessionId;
use sapa_model::text::Password;
use sapa_model::{AppError, AppResult, ErrorCode, Timestamp, UserId, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, SelectExt,
};

use crate::chat::Chat;
use crate::entity::words::{LetterKind, SessionKind};
use crate::entity::{session, user};
use crate::fault::OrFault;
use crate::fold::address_key;
use crate::hub::CloseReason;
use crate::scope::Scope;
use crate::security::Act;
use crate::writer::Work;
use crate::{clock, mail, security, standing, token};

pub use api_tokens::{api_tokens, make_api_token};
pub use device::Device;
pub use programs::{Tokens, begin_program, begin_terminal, delete_spent, refresh};

/// How long a session lives unused, in milliseconds: 30 days.
const LIFE_MS: i64 = 30 * 24 * HOUR_MS;
/// A session in use is written down at most this often.
const HOUR_MS: i64 = 3_600_000;

/// A session just begun.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The secret to authenticate with; told only here.
    pub token: String,
    /// Who is signed in, where.
    pub scope: Scope,
    /// What a browser keeps, also when it is signed out: by it the account knows it again.
    pub device: Option<String>,
}

/// Signs in by username or e-mail address.
///
/// `wrong_credentials` for an unknown name and a wrong password alike, after the same time;
/// `too_many_tries` after too many failures.
pub async fn sign_in(chat: &Chat, login: &str, password: &Password, device: Device) -> AppResult<SignedIn> {
    let user_id = recognise(chat, login, password, &device).await?;
    begin(chat, user_id, device).await
}

/// Who signs in with these.
pub(crate) async fn recognise(
    chat: &Chat,
    login: &str,
    password: &Password,
    device: &Device,
) -> AppResult<UserId> {
    // What is longer than any name need only stay unknown.
    let login: String = login.trim().chars().take(limits::EMAIL_MAX + 1).collect();
    let account = address_key(&login);
    let named = Condition::any()
        .add(user::Column::Username.eq(account.as_str()))
        .add(user::Column::EmailKey.eq(account.as_str()));
    let found = user::Entity::find().filter(named).one(chat.db()).await.or_fault()?;
    let (id, hash) = found.map(|user| (user.id, user.password_hash)).unzip();
    let source = device::source(chat.db(), id, device).await?;
    chat.throttle().attempt(&account, &source, Instant::now())?;
    let fits = chat.hasher().verify(device.address, password.clone(), hash).await?;
    let Some(id) = id.filter(|_| fits) else {
        let device = device.clone();
        let account = id.map(UserId);
        chat.write_later(async move |w| {
            security::note_from(w.db(), &device, Act::SignInFailed, account).await
        });
        return Err(AppError::new(ErrorCode::WrongCredentials, "That name and password do not match."));
    };
    chat.throttle().succeeded(&account, &source);
    Ok(UserId(id))
}

/// Begins a browser's session for somebody who has just shown who they are.
///
/// `email_unverified` where accounts must have a confirmed address and this one has none.
pub async fn begin(chat: &Chat, user_id: UserId, device: Device) -> AppResult<SignedIn> {
    let device = device.with_secret(chat.db()).await?;
    begin_as(chat, user_id, device, SessionKind::Browser, LIFE_MS).await
}

/// Begins a session of a kind that lives for so long.
async fn begin_as(
    chat: &Chat,
    user_id: UserId,
    device: Device,
    kind: SessionKind,
    life_ms: i64,
) -> AppResult<SignedIn> {
    let token = token::new()?;
    let token_hash = token::hash(&token);
    let must_verify = chat.requires_verified_email();
    let secret = device.secret.clone();
    let session_id = chat
        .write(async move |w| {
            let row = new_row(w, user_id, &device, kind, token_hash, life_ms);
            let session_id = open(w, must_verify, row).await?;
            welcome(w, user_id, &device).await?;
            Ok(session_id)
        })
        .await?;
    chat.post().waiting.notify_one();
    Ok(SignedIn { token, scope: Scope { user_id, session_id, token: None, network: None }, device: secret })
}

/// Notes that a device has signed in; of one that is new the owner gets a letter.
async fn welcome(w: &Work, user_id: UserId, device: &Device) -> AppResult<()> {
    security::note_from(w.db(), device, Act::SignedIn, Some(user_id)).await?;
    if device::remember(w, user_id, device).await? {
        mail::notify(w, user_id, LetterKind::NewDevice).await?;
    }
    Ok(())
}

fn new_row(
    w: &Work,
    user_id: UserId,
    device: &Device,
    kind: SessionKind,
    token_hash: String,
    life_ms: i64,
) -> session::ActiveModel {
    session::ActiveModel {
        user_id: Set(user_id.0),
        token_hash: Set(token_hash),
        address: Set(device.address.map(|address| address.to_string())),
        user_agent: Set(device.user_agent.clone()),
        created_at: Set(w.now().0),
        seen_at: Set(w.now().0),
        expires_at: Set(w.now().0 + life_ms),
        kind: Set(kind),
        ..Default::default()
    }
}

/// Writes a new session, if its account is open.
async fn open(w: &mut Work, must_verify: bool, row: session::ActiveModel) -> AppResult<SessionId> {
    let user_id = row.user_id.clone().take().unwrap_or_default();
    let found = user::Entity::find_by_id(user_id).one(w.db()).await.or_fault()?;
    let account = found.ok_or_else(AppError::signed_out)?;
    standing::check_row(&account)?;
    if must_verify && account.email.is_none() {
        return Err(AppError::new(ErrorCode::EmailUnverified, "Please confirm your e-mail address first."));
    }
    let row = session::Entity::insert(row).exec_with_returning(w.db()).await.or_fault()?;
    end_least_used(w, &row).await?;
    Ok(SessionId(row.id))
}

/// An account has a bounded number of sessions of a kind: a new one ends those that were not used for longest.
async fn end_least_used(w: &mut Work, new: &session::Model) -> AppResult<()> {
    let beyond: Vec<i64> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::UserId.eq(new.user_id))
        .filter(session::Column::Kind.eq(new.kind))
        .filter(session::Column::Id.ne(new.id))
        .order_by_desc(session::Column::SeenAt)
        .order_by_desc(session::Column::Id)
        .offset(limits::SESSIONS_MAX - 1)
        .limit(limits::SESSIONS_MAX)
        .into_tuple()
        .all(w.db())
        .await
        .or_fault()?;
    if !beyond.is_empty() {
        end(w, session::Column::Id.is_in(beyond)).await?;
    }
    Ok(())
}

/// Who a token belongs to; `None` for one that is unknown, has expired, or whose account may not act. Use keeps a session alive,
/// but no personal API token and no terminal's: these end when they were said to.
pub async fn authenticate(chat: &Chat, token: &str) -> AppResult<Option<Scope>> {
    let now = clock::now().0;
    let unexpired = Condition::any()
        .add(session::Column::TokenExpiresAt.is_null())
        .add(session::Column::TokenExpiresAt.gt(now));
    let found = session::Entity::find()
        .filter(session::Column::TokenHash.eq(token::hash(token)))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(unexpired)
        .filter(standing::may_act((session::Entity, session::Column::UserId)))
        .one(chat.db())
        .await
        .or_fault()?;
    let Some(row) = found else { return Ok(None) };
    if chat.requires_verified_email() {
        let verified = user::Entity::find_by_id(row.user_id).filter(user::Column::Email.is_not_null());
        if !verified.exists(chat.db()).await.or_fault()? {
            return Ok(None);
        }
    }
    if now - row.seen_at >= HOUR_MS {
        let lives_on = matches!(row.kind, SessionKind::Browser | SessionKind::Program);
        let expires_at = if lives_on { now + LIFE_MS } else { row.expires_at };
        chat.write_later(async move |w| {
            session::Entity::update_many()
                .set(session::ActiveModel {
                    seen_at: Set(now),
                    expires_at: Set(expires_at),
                    ..Default::default()
                })
                .filter(session::Column::Id.eq(row.id))
                .exec(w.db())
                .await
                .or_fault()?;
            Ok(())
        });
    }
    let token = api_tokens::scopes_of(&row);
    Ok(Some(Scope { user_id: UserId(row.user_id), session_id: SessionId(row.id), token, network: None }))
}

/// Ends the asker's session and closes its connections.
pub async fn sign_out(chat: &Chat, scope: &Scope) -> AppResult<()> {
    let scope = *scope;
    chat.write(async move |w| {
        session::Entity::delete_by_id(scope.session_id.0).exec(w.db()).await.or_fault()?;
        w.close_session(scope.user_id, scope.session_id);
        Ok(())
    })
    .await
}

/// Ends a browser's session in whose place it has begun another. That of a program stays.
pub async fn end_replaced(chat: &Chat, old: &Scope) -> AppResult<()> {
    let old = session::Column::Id
        .eq(old.session_id.0)
        .and(session::Column::UserId.eq(old.user_id.0))
        .and(session::Column::Kind.eq(SessionKind::Browser));
    chat.write(async move |w| end(w, old).await.map(drop)).await
}

/// Where the asker is signed in, the last used first.
pub async fn devices(chat: &Chat, scope: &Scope) -> AppResult<Vec<SignedInDevice>> {
    scope.in_person()?;
    let rows = session::Entity::find()
        .filter(session::Column::UserId.eq(scope.user_id.0))
        .filter(session::Column::Kind.ne(SessionKind::Token))
        .filter(session::Column::ExpiresAt.gt(clock::now().0))
        .order_by_desc(session::Column::SeenAt)
        .order_by_desc(session::Column::Id)
        .limit(limits::DEVICES_LISTED)
        .all(chat.db())
        .await
        .or_fault()?;
    let device = |row: session::Model| SignedInDevice {
        id: SessionId(row.id),
        user_agent: row.user_agent,
        address: row.address,
        created_at: Timestamp(row.created_at),
        seen_at: Timestamp(row.seen_at),
        current: row.id == scope.session_id.0,
    };
    Ok(rows.into_iter().map(device).collect())
}

/// Ends a session of the asker's and closes its connections; `not_found` for any other.
pub async fn revoke(chat: &Chat, scope: &Scope, id: SessionId) -> AppResult<()> {
    let (me, asker) = (scope.in_person()?, *scope);
    chat.write(async move |w| {
        let ended = end(w, session::Column::UserId.eq(me.0).and(session::Column::Id.eq(id.0))).await?;
        if ended == 0 {
            return Err(AppError::not_found("device"));
        }
        security::note_by(w, &asker, Act::SessionEnded, "").await
    })
    .await
}

/// Ends all sessions of the asker's but the one that asks. Personal API tokens stay: they are listed, and
/// revoked, by themselves.
pub async fn revoke_others(chat: &Chat, scope: &Scope) -> AppResult<()> {
    let (me, current) = (scope.in_person()?, scope.session_id);
    let others = session::Column::UserId
        .eq(me.0)
        .and(session::Column::Id.ne(current.0))
        .and(session::Column::Kind.ne(SessionKind::Token));
    let asker = *scope;
    chat.write(async move |w| {
        end(w, others).await?;
        security::note_by(w, &asker, Act::SessionEnded, "all others").await
    })
    .await
}

/// Ends all sessions of the asker's but the one that asks, and all tokens, within a change that makes it
/// necessary.
pub(crate) async fn end_others(w: &mut Work, scope: Scope) -> AppResult<()> {
    let others = session::Column::UserId.eq(scope.user_id.0).and(session::Column::Id.ne(scope.session_id.0));
    end(w, others).await?;
    Ok(())
}

/// Ends all sessions and tokens of a user, within a change that makes it necessary.
pub(crate) async fn end_all(w: &mut Work, user_id: UserId) -> AppResult<()> {
    end(w, session::Column::UserId.eq(user_id.0)).await?;
    // Also those whose row another program has taken away.
    w.close_user(user_id, CloseReason::SignedOut);
    Ok(())
}

/// The same of somebody whom the host has banned, who is told so.
pub(crate) async fn shut_out(w: &mut Work, user_id: UserId) -> AppResult<()> {
    w.close_user(user_id, CloseReason::Banned);
    end_all(w, user_id).await
}

/// Ends such sessions, closes their connections, and tells how many there were.
async fn end(w: &mut Work, such: SimpleExpr) -> AppResult<usize> {
    let rows = session::Entity::delete_many().filter(such).exec_with_returning(w.db()).await.or_fault()?;
    for row in &rows {
        w.close_session(UserId(row.user_id), SessionId(row.id));
    }
    Ok(rows.len())
}

/// Deletes the sessions that have expired.
pub async fn delete_expired(chat: &Chat) -> AppResult<()> {
    chat.write(async move |w| {
        let expired = session::Column::ExpiresAt.lte(w.now().0);
        session::Entity::delete_many().filter(expired).exec(w.db()).await.or_fault()?;
        Ok(())
    })
    .await
}
