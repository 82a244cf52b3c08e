//! Reading the security log.

use sapa_model::{AppResult, Timestamp, UserId};
use sea_orm::{ActiveEnum as _, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use super::Host;
use crate::cards;
use crate::entity::security_event::{self, Column};
use crate::fault::OrFault;

/// What of the log is wanted.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// Of this account only, by its username.
    pub username: Option<String>,
    /// Older than the row with this number.
    pub before: Option<i64>,
    /// At most so many rows.
    pub limit: u64,
}

/// A row of the security log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogRow {
    /// Grows with time.
    pub id: i64,
    /// When it happened.
    pub at: Timestamp,
    /// What happened: a stable word.
    pub act: String,
    /// Whose account, if there is one.
    pub username: Option<String>,
    /// Where from, if known.
    pub address: Option<String>,
    /// What the device calls itself.
    pub device: String,
    /// What else is to be known.
    pub detail: String,
}

impl Host {
    /// The security log, the newest first. `not_found` for an account that is not there.
    pub async fn log(&self, filter: LogFilter) -> AppResult<Vec<LogRow>> {
        let mut rows = security_event::Entity::find().order_by_desc(Column::Id).limit(filter.limit);
        if let Some(username) = filter.username {
            rows = rows.filter(Column::UserId.eq(self.account(&username).await?.id));
        }
        if let Some(before) = filter.before {
            rows = rows.filter(Column::Id.lt(before));
        }
        let rows = rows.all(&self.db).await.or_fault()?;
        let people: Vec<_> = rows.iter().filter_map(|row| row.user_id).map(UserId).collect();
        let cards = cards::load(&self.db, &people).await?;
        let shown = |row: security_event::Model| LogRow {
            id: row.id,
            at: Timestamp(row.at),
            act: row.act.to_value(),
            username: row.user_id.and_then(|id| Some(cards.get(&UserId(id))?.username.clone())),
            address: row.address,
            device: row.device,
            detail: row.detail,
        };
        Ok(rows.into_iter().map(shown).collect())
    }
}
