//! Invitations that the host makes, lists and takes back.

use sapa_model::{AppError, AppResult, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Host;
use crate::entity::invitation::{self, Column};
use crate::fault::OrFault;
use crate::{cards, clock, token};

/// Invitations that are listed, the newest.
const LISTED: u64 = 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// An invitation as the host sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What it is taken back by.
    pub id: i64,
    /// Whom the host had in mind.
    pub note: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// What has become of it.
    pub state: InvitationState,
}

/// What has become of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationState {
    /// It waits for somebody.
    Open,
    /// Somebody has come by it; their username, if they are still here.
    Used(Option<String>),
    /// The host has taken it back.
    Revoked,
    /// It was not used in time.
    Expired,
}

impl Host {
    /// Makes an invitation that is good once, for so many days. Its secret is told only here.
    pub async fn invite(&self, note: &str, days: u32) -> AppResult<String> {
        let (secret, now) = (token::new()?, clock::now().0);
        let row = invitation::ActiveModel {
            token_hash: Set(token::hash(&secret)),
            note: Set(note.to_owned()),
            created_at: Set(now),
            expires_at: Set(now + i64::from(days) * DAY_MS),
            ..Default::default()
        };
        invitation::Entity::insert(row).exec_without_returning(&self.db).await.or_fault()?;
        Ok(secret)
    }

    /// Invitations, the newest first.
    pub async fn invitations(&self) -> AppResult<Vec<Invitation>> {
        let newest = invitation::Entity::find().order_by_desc(Column::Id).limit(LISTED);
        let rows = newest.all(&self.db).await.or_fault()?;
        let people: Vec<_> = rows.iter().filter_map(|row| row.user_id).map(UserId).collect();
        let (cards, now) = (cards::load(&self.db, &people).await?, clock::now().0);
        let state = |row: &invitation::Model| {
            let name = |id| cards.get(&UserId(id)).map(|card| card.username.clone());
            match (row.used_at, row.revoked_at) {
                (Some(_), _) => InvitationState::Used(row.user_id.and_then(name)),
                (None, Some(_)) => InvitationState::Revoked,
                (None, None) if row.expires_at <= now => InvitationState::Expired,
                (None, None) => InvitationState::Open,
            }
        };
        let shown = |row: invitation::Model| Invitation {
            state: state(&row),
            id: row.id,
            note: row.note,
            created_at: Timestamp(row.created_at),
            expires_at: Timestamp(row.expires_at),
        };
        Ok(rows.into_iter().map(shown).collect())
    }

    /// Takes an invitation back; `not_found` for one that is not open.
    pub async fn revoke_invitation(&self, id: i64) -> AppResult<()> {
        let revoked = invitation::Entity::update_many()
            .set(invitation::ActiveModel { revoked_at: Set(Some(clock::now().0)), ..Default::default() })
            .filter(Column::Id.eq(id))
            .filter(Column::UsedAt.is_null())
            .filter(Column::RevokedAt.is_null())
            .exec(&self.db)
            .await
            .or_fault()?;
        if revoked.rows_affected == 0 { Err(AppError::not_found("open invitation")) } else { Ok(()) }
    }
}
