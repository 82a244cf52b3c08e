//! Files that messages carry, and those still on their way.

use sea_orm::entity::prelude::*;

use super::words::{MediaKind, UploadState};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachments")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub owner_id: i64,
    /// None until it is sent.
    pub message_id: Option<i64>,
    /// The story that shows it.
    pub story_id: Option<i64>,
    /// Its place in the message.
    pub ordinal: i32,
    /// Where the storage has it.
    #[sea_orm(unique)]
    pub key: String,
    pub state: UploadState,
    pub kind: MediaKind,
    pub media_type: String,
    pub name: String,
    /// In bytes; while it waits, as announced.
    pub size: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub animated: bool,
    /// A tiny picture as a `data:` address.
    pub preview: Option<String>,
    /// The type of the smaller variants; none where there are none.
    pub thumbnail_type: Option<String>,
    /// Of a recording, as JSON.
    pub voice: Option<String>,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
