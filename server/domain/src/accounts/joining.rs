//! Who may make an account: everybody, those who were invited, or nobody; and how many a network may make.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sapa_model::account::Registration;
use sapa_model::{AppError, AppResult, ErrorCode, Timestamp, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::invitation::{self, Column};
use crate::fault::OrFault;
use crate::throttle::{Ledger, network};
use crate::writer::Work;
use crate::{invites, token};

/// After this a network has its whole allowance again.
const HOUR: Duration = Duration::from_hours(1);

/// How accounts come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JoinOptions {
    /// Who may make one.
    pub registration: Registration,
    /// How many may be made from one network within an hour: a class may come at once.
    pub network_an_hour: u32,
}

impl Default for JoinOptions {
    fn default() -> Self {
        Self { registration: Registration::Open, network_an_hour: 60 }
    }
}

/// The house's door. Its count is in memory: a restart forgives.
pub(crate) struct Door {
    pub registration: Registration,
    joined: Mutex<Ledger<IpAddr>>,
}

impl Door {
    pub fn new(options: JoinOptions) -> Self {
        let joined = Mutex::new(Ledger::new(options.network_an_hour, HOUR));
        Self { registration: options.registration, joined }
    }

    /// Takes one of a network's; `too_many_accounts` where none is left. Given back to whoever does not
    /// come in.
    pub fn take(&self, address: Option<IpAddr>, now: Instant) -> AppResult<()> {
        let Some(network) = address.map(network) else { return Ok(()) };
        let mut joined = self.joined.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = joined.wait(&network, now);
        if !wait.is_zero() {
            let message = "Too many accounts have been made from this network. Please try again later.";
            return Err(AppError::too_many(message, wait).coded(ErrorCode::TooManyAccounts));
        }
        joined.take(&network, now);
        Ok(())
    }

    pub fn give_back(&self, address: Option<IpAddr>) {
        if let Some(network) = address.map(network) {
            self.joined.lock().unwrap_or_else(PoisonError::into_inner).give_back(&network);
        }
    }

    /// Whether somebody with this invitation may come in at all: `registration_closed` or
    /// `invitation_required`, before anything else is looked at.
    pub fn check(&self, invitation: &str) -> AppResult<()> {
        match self.registration {
            Registration::Closed => {
                Err(AppError::new(ErrorCode::RegistrationClosed, "New accounts cannot be made here."))
            }
            Registration::Invite if invitation.trim().is_empty() => Err(invitation_required()),
            Registration::Open | Registration::Invite => Ok(()),
        }
    }
}

fn invitation_required() -> AppError {
    AppError::new(ErrorCode::InvitationRequired, "An account can be made by invitation only.")
        .on("invitation")
}

/// Uses an invitation of the host up for a new account. An open link of a group or channel is one too, as often
/// as it is good. Otherwise as [`check`] says.
pub(super) async fn admit(w: &Work, user_id: UserId, given: &str) -> AppResult<()> {
    let given = given.trim();
    let used = invitation::Entity::update_many()
        .set(invitation::ActiveModel {
            used_at: Set(Some(w.now().0)),
            user_id: Set(Some(user_id.0)),
            ..Default::default()
        })
        .filter(Column::TokenHash.eq(token::hash(given)))
        .filter(Column::UsedAt.is_null())
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(w.now().0))
        .exec(w.db())
        .await
        .or_fault()?;
    if used.rows_affected == 0 {
        check(w.db(), given, w.now()).await?;
    }
    Ok(())
}

/// Whether this invitation is good now: `invite_used` or `invite_gone`, field `invitation`, where not.
pub(super) async fn check<C: ConnectionTrait>(db: &C, given: &str, now: Timestamp) -> AppResult<()> {
    let given = given.trim();
    let of_host = invitation::Entity::find().filter(Column::TokenHash.eq(token::hash(given)));
    let good = match of_host.one(db).await.or_fault()? {
        Some(row) if row.used_at.is_some() => {
            Err(AppError::new(ErrorCode::InviteUsed, "This invitation was used. Ask for a new one."))
        }
        Some(row) if row.revoked_at.is_some() || row.expires_at <= now.0 => Err(invites::gone()),
        Some(_) => Ok(()),
        None => invites::check(db, given, now).await,
    };
    good.map_err(|error| error.on("invitation"))
}
