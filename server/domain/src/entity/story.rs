//! What people show their friends for a day.

use sea_orm::entity::prelude::*;

use super::words::StoryAudience;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stories")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub author_id: i64,
    pub client_id: String,
    /// A text on a colour, or the caption of a file.
    pub text: String,
    /// The colour; none where it shows a file.
    pub hue: Option<i32>,
    pub audience: StoryAudience,
    pub created_at: i64,
    /// From then on nobody sees it, and it is purged.
    pub expires_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
