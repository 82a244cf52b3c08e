//! Deleted messages do not count as unread.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What is deleted, for everyone or for the member alone, after the member's read marker.
const COUNT: &str = "UPDATE memberships SET unread_deleted = (SELECT COUNT(*) FROM messages \
    WHERE messages.room_id = memberships.room_id AND messages.position > memberships.read_number \
    AND messages.number > memberships.read_number AND messages.kind = 'text' \
    AND (messages.deleted_at IS NOT NULL OR EXISTS (SELECT 1 FROM message_hides \
        WHERE message_hides.user_id = memberships.user_id AND message_hides.message_id = messages.id))) \
    WHERE read_number < (SELECT last_number FROM rooms WHERE rooms.id = memberships.room_id)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut deleted = big_integer("unread_deleted");
        deleted.default(0);
        let memberships = Table::alter().table("memberships").add_column(deleted).to_owned();
        manager.alter_table(memberships).await?;
        manager.get_connection().execute_unprepared(COUNT).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let memberships = Table::alter().table("memberships").drop_column("unread_deleted").to_owned();
        manager.alter_table(memberships).await
    }
}
