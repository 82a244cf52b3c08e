//! Reports for the host to read, and accounts that are banned.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, text};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let banned = Table::alter().table("users").add_column(big_integer_null("banned_at")).to_owned();
        manager.alter_table(banned).await?;
        let mut by_ban = Index::create();
        by_ban.name("users_by_banned_at").table("users").col("banned_at");
        manager.create_index(by_ban).await?;
        let reports = Table::create()
            .table("reports")
            .col(big_pk_auto("id"))
            .col(big_integer("reporter_id"))
            .col(big_integer("user_id"))
            .col(text("reason"))
            .col(text("note"))
            // The message and what stood around it, as JSON: a copy, for it may be deleted meanwhile.
            .col(text("excerpt"))
            .col(big_integer("created_at"))
            .col(big_integer_null("closed_at"))
            .foreign_key(&mut belongs_to("reports", "reporter_id", "users"))
            .foreign_key(&mut belongs_to("reports", "user_id", "users"))
            .to_owned();
        manager.create_table(reports).await?;
        let by_reporter = Index::create()
            .name("reports_by_reporter")
            .table("reports")
            .col("reporter_id")
            .col("created_at")
            .to_owned();
        manager.create_index(by_reporter).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("reports").to_owned()).await?;
        manager.drop_index(Index::drop().name("users_by_banned_at").table("users").to_owned()).await?;
        let banned = Table::alter().table("users").drop_column("banned_at").to_owned();
        manager.alter_table(banned).await
    }
}
