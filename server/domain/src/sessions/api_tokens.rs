//! Personal API tokens: for bots and scripts, each with a name, an end and the scopes it was made for.

use sapa_model::ids::SessionId;
use sapa_model::text::Nickname;
use sapa_model::{ApiToken, AppError, AppResult, NewApiToken, Timestamp, TokenScope, TokenScopes, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::{Device, new_row, open};
use crate::chat::Chat;
use crate::entity::session;
use crate::entity::words::SessionKind;
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::security::Act;
use crate::{clock, security, token};

/// What every token begins with, so that tools that look for leaked secrets know one.
const PREFIX: &str = "sapa_";
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Makes a token. Its secret is told only here.
///
/// Errors: the form of the name; `required`, field `scopes`, without any; `invalid`, field `days`;
/// `limit_reached`.
pub async fn make_api_token(chat: &Chat, scope: &Scope, new: NewApiToken) -> AppResult<ApiToken> {
    let (me, asker) = (scope.in_person()?, *scope);
    let name = String::from(Nickname::parse_as("name", &new.name)?);
    let scopes = new.scopes;
    if scopes.is_empty() {
        return Err(AppError::required("scopes"));
    }
    if new.days == 0 || new.days > limits::API_TOKEN_DAYS_MAX {
        let message = format!("days must be from 1 to {}.", limits::API_TOKEN_DAYS_MAX);
        return Err(AppError::invalid("days", message));
    }
    let life_ms = i64::from(new.days) * DAY_MS;
    let secret = format!("{PREFIX}{}", token::new()?);
    let hash = token::hash(&secret);
    let must_verify = chat.requires_verified_email();
    chat.write(async move |w| {
        let mine = session::Entity::find()
            .filter(session::Column::UserId.eq(me.0))
            .filter(session::Column::Kind.eq(SessionKind::Token))
            .filter(session::Column::ExpiresAt.gt(w.now().0));
        if mine.count(w.db()).await.or_fault()? >= limits::API_TOKENS_MAX as u64 {
            return Err(AppError::limit_reached("tokens", limits::API_TOKENS_MAX));
        }
        let row = session::ActiveModel {
            name: Set(Some(name.clone())),
            scopes: Set(Some(write(scopes))),
            ..new_row(w, me, &Device::default(), SessionKind::Token, hash, life_ms)
        };
        let id = open(w, must_verify, row).await?;
        security::note_by(w, &asker, Act::TokenMade, &name).await?;
        let now = w.now();
        let expires_at = Timestamp(now.0 + life_ms);
        Ok(ApiToken { id, name, scopes, token: Some(secret), created_at: now, seen_at: now, expires_at })
    })
    .await
}

/// The asker's tokens, the newest first. They are revoked like devices.
pub async fn api_tokens(chat: &Chat, scope: &Scope) -> AppResult<Vec<ApiToken>> {
    let me = scope.in_person()?;
    let rows = session::Entity::find()
        .filter(session::Column::UserId.eq(me.0))
        .filter(session::Column::Kind.eq(SessionKind::Token))
        .filter(session::Column::ExpiresAt.gt(clock::now().0))
        .order_by_desc(session::Column::Id)
        .all(chat.db())
        .await
        .or_fault()?;
    let token = |row: session::Model| ApiToken {
        id: SessionId(row.id),
        scopes: scopes_of(&row).unwrap_or_default(),
        name: row.name.unwrap_or_default(),
        token: None,
        created_at: Timestamp(row.created_at),
        seen_at: Timestamp(row.seen_at),
        expires_at: Timestamp(row.expires_at),
    };
    Ok(rows.into_iter().map(token).collect())
}

/// What the token of a session may do; none where it is no personal API token and may do all.
pub(super) fn scopes_of(row: &session::Model) -> Option<TokenScopes> {
    let written = row.scopes.as_deref().unwrap_or_default();
    let held = |scope: &TokenScope| written.split(' ').any(|word| word == scope.as_str());
    (row.kind == SessionKind::Token).then(|| TokenScope::ALL.into_iter().filter(held).collect())
}

fn write(scopes: TokenScopes) -> String {
    scopes.iter().map(TokenScope::as_str).collect::<Vec<_>>().join(" ")
}
