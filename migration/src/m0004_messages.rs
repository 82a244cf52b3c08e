//! The log of each room: texts and system lines.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, boolean, text, text_null};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let messages = Table::create()
            .table("messages")
            .col(big_pk_auto("id"))
            .col(big_integer("room_id"))
            .col(big_integer("sender_id"))
            // None for system lines, which NULL keeps out of the unique index.
            .col(text_null("client_id"))
            .col(big_integer("seq"))
            .col(big_integer("position"))
            .col(big_integer("number"))
            .col(text("kind"))
            .col(text("body"))
            .col(boolean("shadowed"))
            .col(big_integer("created_at"))
            .foreign_key(&mut belongs_to("messages", "room_id", "rooms"))
            .foreign_key(&mut belongs_to("messages", "sender_id", "users"))
            .to_owned();
        manager.create_table(messages).await?;

        let mut history = Index::create();
        history.name("messages_by_position").unique().table("messages").col("room_id").col("position");
        manager.create_index(history).await?;
        let mut changes = Index::create();
        changes.name("messages_by_seq").table("messages").col("room_id").col("seq");
        manager.create_index(changes).await?;
        let mut once = Index::create();
        once.name("messages_once")
            .unique()
            .table("messages")
            .col("room_id")
            .col("sender_id")
            .col("client_id");
        manager.create_index(once).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("messages").to_owned()).await
    }
}
