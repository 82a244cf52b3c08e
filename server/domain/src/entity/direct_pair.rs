//! The direct room of a pair, the smaller id first.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "direct_pairs")]
#[allow(clippy::struct_field_names, reason = "a row has the columns that it has")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub low_user_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub high_user_id: i64,
    pub room_id: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
