//! What edited messages said before.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: i64,
    /// From 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    pub body: String,
    /// Seen by the sender only; see `messages.shadow_body`.
    pub shadowed: bool,
    pub written_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
