//! The stories that messages answer. They outlive these, and hold nothing of them.

use sea_orm::entity::prelude::*;

use super::words::StoryKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "story_replies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: i64,
    pub story_id: i64,
    pub author_id: i64,
    pub kind: StoryKind,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
