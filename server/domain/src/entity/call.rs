//! Calls that were begun. A call that is over lives on as its line in the room's log.

use sea_orm::entity::prelude::*;

use super::words::CallMedia;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calls")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub room_id: i64,
    pub caller_id: i64,
    pub media: CallMedia,
    /// For the caller only: the other has blocked them.
    pub shadowed: bool,
    pub started_at: i64,
    pub answered_at: Option<i64>,
    pub ended_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
