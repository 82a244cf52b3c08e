//! Friendships, asked for or made. One row a pair, the smaller id first.

use sapa_model::UserId;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "friendships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub low_user_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub high_user_id: i64,
    pub asked_by: i64,
    pub asked_at: i64,
    /// None while it is only asked for.
    pub accepted_at: Option<i64>,
}

impl Model {
    /// The one of the two who is not `user_id`.
    pub fn other(&self, user_id: UserId) -> UserId {
        UserId(if self.low_user_id == user_id.0 { self.high_user_id } else { self.low_user_id })
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
