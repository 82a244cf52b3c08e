//! Rooms, with the heads of their logs.

use sea_orm::entity::prelude::*;

use super::words::RoomKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rooms")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: RoomKind,
    /// Empty for a direct room.
    pub name: String,
    /// The name through [`crate::fold::fold`].
    pub search: String,
    pub hue: i32,
    /// Sequence number of the last change.
    pub last_seq: i64,
    /// Number of the last text.
    pub last_number: i64,
    pub created_at: i64,
    /// The key of a group's picture.
    pub avatar: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
