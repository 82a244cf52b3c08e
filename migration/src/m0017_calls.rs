//! Calls, and who takes relayed ways only.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, boolean, text};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let calls = Table::create()
            .table("calls")
            .col(big_pk_auto("id"))
            .col(big_integer("room_id"))
            .col(big_integer("caller_id"))
            .col(text("media"))
            // For the caller only: the other of the pair has blocked them.
            .col(boolean("shadowed"))
            .col(big_integer("started_at"))
            .col(big_integer_null("answered_at"))
            .col(big_integer_null("ended_at"))
            .foreign_key(&mut belongs_to("calls", "room_id", "rooms"))
            .foreign_key(&mut belongs_to("calls", "caller_id", "users"))
            .to_owned();
        manager.create_table(calls).await?;
        let by_end = Index::create().name("calls_by_end").table("calls").col("ended_at").to_owned();
        manager.create_index(by_end).await?;
        let relay = boolean("relay_calls").default(false).to_owned();
        manager.alter_table(Table::alter().table("users").add_column(relay).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("users").drop_column("relay_calls").to_owned()).await?;
        manager.drop_table(Table::drop().table("calls").to_owned()).await
    }
}
