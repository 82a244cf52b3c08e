//! Friendships, asked for or made. One row a pair, the smaller id first.

use sapa_model::UserId;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "friendships")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub low_user_id: i64,
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

/// The row of a pair, if there is one.
pub fn of_pair(one: UserId, other: UserId) -> Condition {
    Condition::all()
        .add(Column::LowUserId.eq(one.0.min(other.0)))
        .add(Column::HighUserId.eq(one.0.max(other.0)))
}

/// The rows of one user.
pub fn of_user(user_id: UserId) -> Condition {
    Condition::any().add(Column::LowUserId.eq(user_id.0)).add(Column::HighUserId.eq(user_id.0))
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
