//! Webhooks of groups. One with a token is incoming, one with an address is outgoing.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhooks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub room_id: i64,
    pub created_by: i64,
    pub name: String,
    pub created_at: i64,
    pub token_hash: Option<String>,
    pub url: Option<String>,
    pub secret: Option<String>,
    /// Sequence number of the last change of the room that it was told of.
    pub seq: i64,
    /// Tries since the last one that went well.
    pub attempts: i32,
    pub due_at: i64,
    pub last_error: Option<String>,
    /// When it was given up.
    pub failed_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::room::Entity", from = "Column::RoomId", to = "super::room::Column::Id")]
    Room,
}

impl Related<super::room::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Room.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
