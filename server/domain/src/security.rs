//! The security log: who signed in or failed to, from where, and what was changed. The host reads it.
//!
//! It holds no texts and no secrets, nor the names that were tried in vain: a password is soon typed into the
//! wrong field. It is bounded in age and rows, failures by themselves, so that nobody pushes out the rest.

use sapa_model::{AppResult, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::chat::Chat;
use crate::clock;
use crate::entity::security_event::{self, Column};
use crate::entity::session;
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::sessions::Device;
use crate::writer::Work;

pub(crate) use crate::entity::words::SecurityAct as Act;

/// Rows that are kept, the newest: of failures, and of all else.
const KEPT: [u64; 2] = [20_000, 100_000];
/// Rows between two looks at that.
const LOOK_EVERY: i64 = 1_000;
/// How long rows are kept, in milliseconds: half a year.
const KEPT_MS: i64 = 183 * 24 * 60 * 60 * 1_000;
/// What is kept of a detail, in characters.
const DETAIL_MAX: usize = 200;

/// Notes what somebody did who is signed in.
pub(crate) async fn note_by(w: &Work, scope: &Scope, act: Act, detail: &str) -> AppResult<()> {
    let session = session::Entity::find_by_id(scope.session_id.0).one(w.db()).await.or_fault()?;
    let (address, device) = session.map(|row| (row.address, row.user_agent)).unwrap_or_default();
    write(w.db(), act, Some(scope.user_id), address, device, detail).await
}

/// Notes what was done from a device, to an account if one is known.
pub(crate) async fn note_from<C: ConnectionTrait>(
    db: &C,
    device: &Device,
    act: Act,
    user_id: Option<UserId>,
) -> AppResult<()> {
    let address = device.address.map(|address| address.to_string());
    write(db, act, user_id, address, device.user_agent.clone(), "").await
}

/// Notes what was done to an account by whoever has a link, or by the host.
pub(crate) async fn note<C: ConnectionTrait>(
    db: &C,
    act: Act,
    user_id: UserId,
    detail: &str,
) -> AppResult<()> {
    write(db, act, Some(user_id), None, String::new(), detail).await
}

/// How the first sign-in to an account since then was noted, if it still is.
pub(crate) async fn signed_in_at<C: ConnectionTrait>(
    db: &C,
    user_id: UserId,
    since: i64,
) -> AppResult<Option<security_event::Model>> {
    security_event::Entity::find()
        .filter(Column::UserId.eq(user_id.0))
        .filter(Column::Act.eq(Act::SignedIn))
        .filter(Column::At.gte(since))
        .order_by_asc(Column::Id)
        .one(db)
        .await
        .or_fault()
}

async fn write<C: ConnectionTrait>(
    db: &C,
    act: Act,
    user_id: Option<UserId>,
    address: Option<String>,
    device: String,
    detail: &str,
) -> AppResult<()> {
    let row = security_event::ActiveModel {
        at: Set(clock::now().0),
        act: Set(act),
        user_id: Set(user_id.map(|id| id.0)),
        address: Set(address),
        device: Set(device),
        detail: Set(detail.chars().take(DETAIL_MAX).collect()),
        ..Default::default()
    };
    let id = security_event::Entity::insert(row).exec(db).await.or_fault()?.last_insert_id;
    if id % LOOK_EVERY == 0 {
        for (failures, kept) in [true, false].into_iter().zip(KEPT) {
            trim(db, failures, kept).await?;
        }
    }
    Ok(())
}

/// Forgets all but the newest rows of one sort.
async fn trim<C: ConnectionTrait>(db: &C, failures: bool, kept: u64) -> AppResult<()> {
    let sort = || {
        let failed = Act::SignInFailed;
        let sort = if failures { Column::Act.eq(failed) } else { Column::Act.ne(failed) };
        Condition::all().add(sort)
    };
    let newest_beyond = security_event::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(sort())
        .order_by_desc(Column::Id)
        .offset(kept)
        .limit(1)
        .into_tuple::<i64>()
        .one(db)
        .await
        .or_fault()?;
    if let Some(id) = newest_beyond {
        let beyond = sort().add(Column::Id.lte(id));
        security_event::Entity::delete_many().filter(beyond).exec(db).await.or_fault()?;
    }
    Ok(())
}

/// Forgets what is too old.
pub async fn delete_old(chat: &Chat) -> AppResult<()> {
    chat.write(async move |w| {
        let old = Column::At.lt(w.now().0 - KEPT_MS);
        security_event::Entity::delete_many().filter(old).exec(w.db()).await.or_fault()?;
        Ok(())
    })
    .await
}
