//! Who is in which room, and how far they have read.

use sea_orm::entity::prelude::*;

use super::words::Role;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
#[allow(clippy::struct_excessive_bools, reason = "a row has the columns that it has")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub room_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    pub role: Role,
    /// False once they have left or were removed.
    pub active: bool,
    pub muted: bool,
    /// A room with a stranger that this member has not answered yet.
    pub request: bool,
    /// Away from the list: a declined request, until this member opens it again, or a group into which somebody
    /// has brought them whom they have blocked.
    pub hidden: bool,
    pub read_number: i64,
    /// How many of the messages after `read_number` are deleted, for everyone or for this member alone.
    pub unread_deleted: i64,
    pub delivered_number: i64,
    /// Sequence number of the last change of the membership; markers take none.
    pub seq: i64,
    pub joined_at: i64,
    /// Position of the last message fetched over plain text.
    pub fetched_position: i64,
    /// The newest invite link of the room when an admin removed them, zero for none; only a newer one lets them
    /// in. None for whoever was not removed.
    pub removed_invite: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::room::Entity", from = "Column::RoomId", to = "super::room::Column::Id")]
    Room,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl Related<super::room::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Room.def()
    }
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
