//! How two people stand to each other.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One row a pair, the smaller id first, whoever asked: two requests cannot cross.
        let friendships = Table::create()
            .table("friendships")
            .col(big_integer("low_user_id"))
            .col(big_integer("high_user_id"))
            .col(big_integer("asked_by"))
            .col(big_integer("asked_at"))
            .col(big_integer_null("accepted_at"))
            .primary_key(Index::create().col("low_user_id").col("high_user_id"))
            .foreign_key(&mut belongs_to("friendships", "low_user_id", "users"))
            .foreign_key(&mut belongs_to("friendships", "high_user_id", "users"))
            .to_owned();
        manager.create_table(friendships).await?;
        let by_high = Index::create()
            .name("friendships_by_high_user")
            .table("friendships")
            .col("high_user_id")
            .to_owned();
        manager.create_index(by_high).await?;

        let blocks = Table::create()
            .table("blocks")
            .col(big_integer("blocker_id"))
            .col(big_integer("blocked_id"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("blocker_id").col("blocked_id"))
            .foreign_key(&mut belongs_to("blocks", "blocker_id", "users"))
            .foreign_key(&mut belongs_to("blocks", "blocked_id", "users"))
            .to_owned();
        manager.create_table(blocks).await?;
        let by_blocked =
            Index::create().name("blocks_by_blocked").table("blocks").col("blocked_id").to_owned();
        manager.create_index(by_blocked).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("blocks").to_owned()).await?;
        manager.drop_table(Table::drop().table("friendships").to_owned()).await
    }
}
