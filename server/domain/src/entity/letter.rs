//! Letters on their way, and those of the last day.

use sea_orm::entity::prelude::*;

use super::words::LetterKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letters")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub kind: LetterKind,
    pub address: String,
    /// The address through [`crate::fold::address_key`].
    pub address_key: String,
    /// Of the interface that asked for it.
    pub language: String,
    pub attempts: i32,
    pub created_at: i64,
    pub due_at: i64,
    /// None while it is on its way.
    pub sent_at: Option<i64>,
    /// Where it was asked for.
    pub network: Option<String>,
    /// Whether it goes to the account's confirmed address.
    pub to_owner: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
