//! Sessions that people propose in a room, and who comes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, boolean, integer};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let schedules = Table::create()
            .table("schedules")
            .col(big_pk_auto("id"))
            // The message that proposes it; its text is the topic.
            .col(big_integer("message_id").unique_key())
            .col(big_integer("starts_at"))
            .col(integer("minutes"))
            .col(big_integer_null("cancelled_at"))
            // When those who come were reminded.
            .col(big_integer_null("reminded_at"))
            .foreign_key(&mut belongs_to("schedules", "message_id", "messages"))
            .to_owned();
        manager.create_table(schedules).await?;
        let by_start =
            Index::create().name("schedules_by_start").table("schedules").col("starts_at").to_owned();
        manager.create_index(by_start).await?;
        let answers = Table::create()
            .table("schedule_answers")
            .col(big_integer("schedule_id"))
            .col(big_integer("user_id"))
            .col(boolean("accepts"))
            // Across a block: for the eyes of whoever answers alone.
            .col(boolean("shadowed"))
            .col(big_integer("answered_at"))
            .primary_key(Index::create().col("schedule_id").col("user_id"))
            .foreign_key(&mut belongs_to("schedule_answers", "schedule_id", "schedules"))
            .foreign_key(&mut belongs_to("schedule_answers", "user_id", "users"))
            .to_owned();
        manager.create_table(answers).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["schedule_answers", "schedules"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
