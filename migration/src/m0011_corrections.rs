//! Corrections: what partners would have written instead.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, text};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let corrections = Table::create()
            .table("corrections")
            .col(big_integer("message_id"))
            .col(big_integer("author_id"))
            // What the message said when it was corrected.
            .col(text("original"))
            .col(text("body"))
            .col(boolean("accepted"))
            // Across a block: for the eyes of its author alone.
            .col(boolean("shadowed"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("message_id").col("author_id"))
            .foreign_key(&mut belongs_to("corrections", "message_id", "messages"))
            .foreign_key(&mut belongs_to("corrections", "author_id", "users"))
            .to_owned();
        manager.create_table(corrections).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("corrections").to_owned()).await
    }
}
