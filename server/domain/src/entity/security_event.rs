//! What has happened to accounts.

use sea_orm::entity::prelude::*;

use super::words::SecurityAct;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "security_events")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: i64,
    pub act: SecurityAct,
    /// Whose account; none for a name that nobody has.
    pub user_id: Option<i64>,
    pub address: Option<String>,
    /// What the device calls itself.
    pub device: String,
    /// What else is to be known; never a text or a secret.
    pub detail: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
