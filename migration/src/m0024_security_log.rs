//! The security log.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, text, text_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let events = Table::create()
            .table("security_events")
            .col(big_pk_auto("id"))
            .col(big_integer("at"))
            .col(text("act"))
            // None for a name that nobody has. No foreign key: it is read when an account is gone too.
            .col(big_integer_null("user_id"))
            .col(text_null("address"))
            .col(text("device"))
            .col(text("detail"))
            .to_owned();
        manager.create_table(events).await?;
        let mut by_user = Index::create();
        by_user.name("security_events_by_user").table("security_events").col("user_id").col("id");
        manager.create_index(by_user).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("security_events").to_owned()).await
    }
}
