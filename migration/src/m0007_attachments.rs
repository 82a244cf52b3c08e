//! Attachments of messages.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, boolean, integer, integer_null, text, text_null,
};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let attachments = Table::create()
            .table("attachments")
            .col(big_pk_auto("id"))
            .col(big_integer("owner_id"))
            // None until it is sent.
            .col(big_integer_null("message_id"))
            .col(integer("ordinal"))
            .col(text("key").unique_key())
            .col(text("state"))
            .col(text("kind"))
            .col(text("media_type"))
            .col(text("name"))
            .col(big_integer("size"))
            .col(integer_null("width"))
            .col(integer_null("height"))
            .col(boolean("animated"))
            .col(text_null("preview"))
            // The type of the smaller variants; none where there are none.
            .col(text_null("thumbnail_type"))
            // Of a recording, as JSON.
            .col(text_null("voice"))
            .col(big_integer("created_at"))
            .foreign_key(&mut belongs_to("attachments", "owner_id", "users"))
            .foreign_key(&mut belongs_to("attachments", "message_id", "messages"))
            .to_owned();
        manager.create_table(attachments).await?;
        let by_message =
            Index::create().name("attachments_by_message").table("attachments").col("message_id").to_owned();
        manager.create_index(by_message).await?;
        let by_owner =
            Index::create().name("attachments_by_owner").table("attachments").col("owner_id").to_owned();
        manager.create_index(by_owner).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("attachments").to_owned()).await
    }
}
