//! What the host does from the command line, beside a running server or without one.
//!
//! It reads and writes the same database. A running server looks by itself whether somebody is connected who is
//! banned ([`enforce`]), so that they are out of every door within a second.

mod enforce;
mod invitations;
mod log;

use sapa_model::report::Report;
use sapa_model::text::Username;
use sapa_model::{AppError, AppResult, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseConnection, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, TransactionTrait,
};

use crate::chat::OpenError;
use crate::entity::{report, session, user};
use crate::fault::OrFault;
use crate::security::Act;
use crate::{cards, clock, database, security};

pub use enforce::enforce;
pub use invitations::{Invitation, InvitationState};
pub use log::{LogFilter, LogRow};

/// Reports on a page.
const PAGE: u64 = 200;

/// The host's way into the database.
pub struct Host {
    db: DatabaseConnection,
}

impl Host {
    /// Opens a database that is there already, and in use perhaps.
    pub async fn open(database_url: &str) -> Result<Self, OpenError> {
        Ok(Self { db: database::open_beside(database_url).await? })
    }

    /// A page of reports, the newest first; only open ones unless `all` are wanted. `before` is the number of the
    /// last one of the page before; behind the last page there is an empty one.
    pub async fn reports(&self, all: bool, before: Option<i64>) -> AppResult<Vec<Report>> {
        let mut rows = report::Entity::find().order_by_desc(report::Column::Id).limit(PAGE);
        if let Some(before) = before {
            rows = rows.filter(report::Column::Id.lt(before));
        }
        if !all {
            rows = rows.filter(report::Column::ClosedAt.is_null());
        }
        let rows = rows.all(&self.db).await.or_fault()?;
        let people: Vec<_> = rows.iter().flat_map(|row| [row.reporter_id, row.user_id]).map(UserId).collect();
        let cards = cards::load(&self.db, &people).await?;
        let name = |id: i64| cards.get(&UserId(id)).map(|card| card.username.clone()).unwrap_or_default();
        let report = |row: report::Model| Report {
            id: row.id,
            reporter: name(row.reporter_id),
            user: name(row.user_id),
            reason: row.reason.into(),
            note: row.note,
            excerpt: serde_json::from_str(&row.excerpt).unwrap_or_default(),
            created_at: Timestamp(row.created_at),
            closed_at: row.closed_at.map(Timestamp),
        };
        Ok(rows.into_iter().map(report).collect())
    }

    /// Closes a report; `not_found` for one that is not there.
    pub async fn close_report(&self, id: i64) -> AppResult<()> {
        let found = report::Entity::find_by_id(id).one(&self.db).await.or_fault()?;
        let mut row = found.ok_or_else(|| AppError::not_found("report"))?.into_active_model();
        row.closed_at = Set(Some(clock::now().0));
        row.update(&self.db).await.or_fault()?;
        Ok(())
    }

    /// Bans an account: it is signed out everywhere and cannot sign in. Again, nothing changes.
    pub async fn ban(&self, username: &str) -> AppResult<()> {
        let account = self.account(username).await?;
        let id = account.id;
        let mut row = account.into_active_model();
        let change = self.db.begin().await.or_fault()?;
        row.banned_at = Set(Some(clock::now().0));
        row.update(&change).await.or_fault()?;
        security::note(&change, Act::Banned, UserId(id), "").await?;
        session::Entity::delete_many()
            .filter(session::Column::UserId.eq(id))
            .exec(&change)
            .await
            .or_fault()?;
        change.commit().await.or_fault()
    }

    /// Lifts a ban; without one nothing changes.
    pub async fn unban(&self, username: &str) -> AppResult<()> {
        let account = self.account(username).await?;
        let id = UserId(account.id);
        let mut row = account.into_active_model();
        row.banned_at = Set(None);
        row.update(&self.db).await.or_fault()?;
        security::note(&self.db, Act::Unbanned, id, "").await
    }

    async fn account(&self, username: &str) -> AppResult<user::Model> {
        let username = Username::parse(username.trim_start_matches('@'))?;
        let found = user::Entity::find().filter(user::Column::Username.eq(username.as_str()));
        found.one(&self.db).await.or_fault()?.ok_or_else(|| AppError::not_found("account"))
    }
}
