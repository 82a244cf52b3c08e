//! Editing and deleting: earlier versions, what waits to be purged, and what one has put out of one's own sight.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean, integer, text, text_null};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns that messages gain. `SQLite` alters a table one column at a time.
fn columns() -> [ColumnDef; 4] {
    [
        big_integer_null("edited_at"),
        // What the sender alone sees in place of the body: edited across a block.
        text_null("shadow_body"),
        big_integer_null("deleted_at"),
        big_integer_null("deleted_by"),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in columns() {
            let alter = Table::alter().table("messages").add_column(&mut column).to_owned();
            manager.alter_table(alter).await?;
        }

        let versions = Table::create()
            .table("message_versions")
            .col(big_integer("message_id"))
            .col(integer("version"))
            .col(text("body"))
            .col(boolean("shadowed"))
            .col(big_integer("written_at"))
            .primary_key(Index::create().col("message_id").col("version"))
            .foreign_key(&mut belongs_to("message_versions", "message_id", "messages"))
            .to_owned();
        manager.create_table(versions).await?;

        let purges = Table::create()
            .table("message_purges")
            .col(big_integer("message_id").primary_key())
            .col(big_integer("due_at"))
            .foreign_key(&mut belongs_to("message_purges", "message_id", "messages"))
            .to_owned();
        manager.create_table(purges).await?;

        let hides = Table::create()
            .table("message_hides")
            .col(big_integer("user_id"))
            .col(big_integer("message_id"))
            .col(big_integer("room_id"))
            // The room's sequence number of the act, for a device that was away.
            .col(big_integer("seq"))
            .primary_key(Index::create().col("user_id").col("message_id"))
            .foreign_key(&mut belongs_to("message_hides", "user_id", "users"))
            .foreign_key(&mut belongs_to("message_hides", "message_id", "messages"))
            .foreign_key(&mut belongs_to("message_hides", "room_id", "rooms"))
            .to_owned();
        manager.create_table(hides).await?;
        let mut by_message = Index::create();
        by_message.name("message_hides_by_message").table("message_hides").col("message_id");
        manager.create_index(by_message).await?;
        let mut by_seq = Index::create();
        by_seq.name("message_hides_by_seq").table("message_hides").col("room_id").col("user_id").col("seq");
        manager.create_index(by_seq).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["message_hides", "message_purges", "message_versions"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for column in columns() {
            let alter = Table::alter().table("messages").drop_column(column.get_column_name()).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
