//! Devices: where people sign in, and which of them have done so before.

use std::net::IpAddr;

use sapa_model::{AppResult, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, SelectExt};

use crate::entity::known_device;
use crate::fault::OrFault;
use crate::throttle::{Source, network};
use crate::token;
use crate::writer::Work;

/// Devices and networks that are remembered of one account, the last used.
const REMEMBERED: u64 = 50;

/// What somebody asks from, signed in or not.
#[derive(Clone, Debug, Default)]
pub struct Device {
    /// Where it is, if known.
    pub address: Option<IpAddr>,
    /// What it calls itself.
    pub user_agent: String,
    /// A browser's secret from an earlier sign-in ([`super::SignedIn::device`]).
    pub secret: Option<String>,
    /// The code of the language that it says to read; empty where it says none.
    pub language: &'static str,
}

impl Device {
    /// Its network, as letters are counted by it.
    pub(crate) fn network(&self) -> Option<String> {
        self.address.map(|address| network(address).to_string())
    }

    /// What it is known by: a browser by its secret, all else by its name and network.
    fn key(&self) -> Option<String> {
        match (&self.secret, self.network()) {
            (Some(secret), _) => Some(token::hash(&format!("device {secret}"))),
            (None, Some(network)) => Some(token::hash(&format!("{} at {network}", self.user_agent))),
            (None, None) => None,
        }
    }

    fn network_key(&self) -> Option<String> {
        self.network().map(|network| token::hash(&format!("network {network}")))
    }

    /// The same device with the secret that it keeps from here on: the one that it has, if that is one of ours.
    pub(super) async fn with_secret<C: ConnectionTrait>(mut self, db: &C) -> AppResult<Self> {
        let is_ours = match self.key().filter(|_| self.secret.is_some()) {
            Some(key) => {
                let such = known_device::Column::KeyHash.eq(key);
                known_device::Entity::find().filter(such).exists(db).await.or_fault()?
            }
            None => false,
        };
        if !is_ours {
            self.secret = Some(token::new()?);
        }
        Ok(self)
    }
}

/// How a try to sign in to an account counts: by what the account knows of where it comes from.
pub(super) async fn source<C: ConnectionTrait>(
    db: &C,
    user_id: Option<i64>,
    device: &Device,
) -> AppResult<Source> {
    // Asked for unknown names too, so that these take as long.
    let knows = async |key: &Option<String>| {
        let Some(key) = key else { return Ok(false) };
        let found = known_device::Entity::find_by_id((user_id.unwrap_or_default(), key.clone()));
        found.exists(db).await.or_fault()
    };
    let browser = device.key().filter(|_| device.secret.is_some());
    if let Some(key) = &browser
        && knows(&browser).await?
    {
        return Ok(Source::Device(key.clone()));
    }
    Ok(match device.address {
        Some(address) if knows(&device.network_key()).await? => Source::Known(address),
        address => Source::Stranger(address),
    })
}

/// Notes that a device has signed in. Whether it is new to an account that knows others.
pub(super) async fn remember(w: &Work, user_id: UserId, device: &Device) -> AppResult<bool> {
    use known_device::Column;
    let own = || known_device::Entity::find().filter(Column::UserId.eq(user_id.0));
    let Some(key) = device.key() else { return Ok(false) };
    let is_known = own().filter(Column::KeyHash.eq(key.as_str())).exists(w.db()).await.or_fault()?;
    let is_new = !is_known && own().exists(w.db()).await.or_fault()?;
    for key_hash in device.network_key().into_iter().chain([key]) {
        let row = known_device::ActiveModel {
            user_id: Set(user_id.0),
            key_hash: Set(key_hash),
            seen_at: Set(w.now().0),
        };
        let again =
            OnConflict::columns([Column::UserId, Column::KeyHash]).update_column(Column::SeenAt).to_owned();
        known_device::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(w.db())
            .await
            .or_fault()?;
    }
    forget_oldest(w, user_id).await?;
    Ok(is_new)
}

async fn forget_oldest(w: &Work, user_id: UserId) -> AppResult<()> {
    use known_device::Column;
    let oldest_kept = known_device::Entity::find()
        .select_only()
        .column(Column::SeenAt)
        .filter(Column::UserId.eq(user_id.0))
        .order_by_desc(Column::SeenAt)
        .offset(REMEMBERED)
        .limit(1)
        .into_tuple::<i64>()
        .one(w.db())
        .await
        .or_fault()?;
    let Some(too_old) = oldest_kept else { return Ok(()) };
    known_device::Entity::delete_many()
        .filter(Column::UserId.eq(user_id.0))
        .filter(Column::SeenAt.lte(too_old))
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}
