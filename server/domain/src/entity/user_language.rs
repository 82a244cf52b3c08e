//! The languages that people speak and learn.

use sea_orm::entity::prelude::*;

use super::words::Level;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_languages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    /// ISO 639-1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub ordinal: i32,
    /// None for a native language.
    pub level: Option<Level>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
