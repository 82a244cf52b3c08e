//! Sessions that people have proposed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedules")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The message that proposes it; its text is the topic.
    pub message_id: i64,
    pub starts_at: i64,
    pub minutes: i32,
    pub cancelled_at: Option<i64>,
    /// When those who come were reminded.
    pub reminded_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
