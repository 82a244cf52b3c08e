//! Accounts.

use sea_orm::entity::prelude::*;

use super::words::{Circle, StoryAudience, WhoMayWrite};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub username: String,
    pub nickname: String,
    /// What searches look at: nickname, line break, username, through [`crate::fold::fold`].
    pub search: String,
    pub password_hash: String,
    pub email: Option<String>,
    /// The address through [`crate::fold::address_key`].
    pub email_key: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub birthday: Option<String>,
    pub country: Option<String>,
    pub who_may_write: WhoMayWrite,
    pub created_at: i64,
    pub last_seen_at: Option<i64>,
    pub bio: Option<String>,
    pub phone: Option<String>,
    pub time_zone: Option<String>,
    /// Grows with each change of what others see.
    pub revision: i32,
    pub who_sees_presence: Circle,
    pub who_sees_birthday: Circle,
    pub who_sees_phone: Circle,
    pub findable: bool,
    pub relay_calls: bool,
    /// The key of their picture.
    pub avatar: Option<String>,
    /// An address that waits to be confirmed; `email` holds confirmed ones only.
    pub pending_email: Option<String>,
    /// The same through [`crate::fold::address_key`].
    pub pending_email_key: Option<String>,
    /// Who may see their next story.
    pub story_audience: StoryAudience,
    /// When the host closed the account.
    pub banned_at: Option<i64>,
    /// Of letters that they did not ask for.
    pub language: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
