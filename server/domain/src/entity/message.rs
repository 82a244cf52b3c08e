//! The log of each room.

use sea_orm::entity::prelude::*;

use super::words::MessageKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub room_id: i64,
    pub sender_id: i64,
    /// None for system lines.
    pub client_id: Option<String>,
    pub seq: i64,
    pub position: i64,
    pub number: i64,
    pub kind: MessageKind,
    /// The text; of any other kind what it tells, as JSON.
    pub body: String,
    /// Written to somebody who had blocked the sender: for the sender only, for ever.
    pub shadowed: bool,
    pub created_at: i64,
    pub edited_at: Option<i64>,
    /// What the sender alone sees in place of `body`: edited after the other of the pair had blocked
    /// them.
    pub shadow_body: Option<String>,
    /// Deleted for everyone. `body` stays until the deletion can no longer be undone.
    pub deleted_at: Option<i64>,
    pub deleted_by: Option<i64>,
    /// Of a channel's post only: how many followers have seen it.
    pub views: Option<i64>,
    /// Of a channel's post: how many comments it has.
    pub comments: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
