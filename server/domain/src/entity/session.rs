//! Signed-in devices and programs, and personal API tokens.

use sea_orm::entity::prelude::*;

use super::words::SessionKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub token_hash: String,
    pub address: Option<String>,
    pub user_agent: String,
    pub created_at: i64,
    pub seen_at: i64,
    pub expires_at: i64,
    pub kind: SessionKind,
    /// What a personal API token is for.
    pub name: Option<String>,
    /// What it may do: words parted by spaces.
    pub scopes: Option<String>,
    /// When the token ends, where that is before the session does.
    pub token_expires_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
