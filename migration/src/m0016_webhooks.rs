//! Webhooks of groups, outgoing and incoming.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, integer, text, text_null};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let webhooks = Table::create()
            .table("webhooks")
            .col(big_pk_auto("id"))
            .col(big_integer("room_id"))
            .col(big_integer("created_by"))
            .col(text("name"))
            .col(big_integer("created_at"))
            // Of an incoming one: the hash of the secret part of its address.
            .col(text_null("token_hash").unique_key())
            // Of an outgoing one: where to, and what it is signed with.
            .col(text_null("url"))
            .col(text_null("secret"))
            // How far into the room's log it has been told, and how the last tries went.
            .col(big_integer("seq").default(0))
            .col(integer("attempts").default(0))
            .col(big_integer("due_at").default(0))
            .col(text_null("last_error"))
            .col(big_integer_null("failed_at"))
            .foreign_key(&mut belongs_to("webhooks", "room_id", "rooms"))
            .foreign_key(&mut belongs_to("webhooks", "created_by", "users"))
            .to_owned();
        manager.create_table(webhooks).await?;
        let by_room = Index::create().name("webhooks_by_room").table("webhooks").col("room_id").to_owned();
        manager.create_index(by_room).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("webhooks").to_owned()).await
    }
}
