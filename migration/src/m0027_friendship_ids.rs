//! A friendship has an id of its own, the same for both sides.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What a friendship is besides its id.
const COLUMNS: &str = "low_user_id, high_user_id, asked_by, asked_at, accepted_at";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rebuild(manager, Table::create().col(big_pk_auto("id")).to_owned()).await?;
        // Still one row a pair, whoever asked.
        let mut by_pair = Index::create();
        by_pair
            .name("friendships_by_pair")
            .unique()
            .table("friendships")
            .col("low_user_id")
            .col("high_user_id");
        manager.create_index(by_pair).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut paired = Table::create();
        paired.primary_key(Index::create().col("low_user_id").col("high_user_id"));
        rebuild(manager, paired).await
    }
}

/// Moves the friendships into a table with another key: `SQLite` cannot change that of one that is there.
async fn rebuild(manager: &SchemaManager<'_>, mut table: TableCreateStatement) -> Result<(), DbErr> {
    let db = manager.get_connection();
    db.execute_unprepared("CREATE TABLE friendships_before AS SELECT * FROM friendships").await?;
    manager.drop_table(Table::drop().table("friendships").to_owned()).await?;
    table
        .table("friendships")
        .col(big_integer("low_user_id"))
        .col(big_integer("high_user_id"))
        .col(big_integer("asked_by"))
        .col(big_integer("asked_at"))
        .col(big_integer_null("accepted_at"))
        .foreign_key(&mut belongs_to("friendships", "low_user_id", "users"))
        .foreign_key(&mut belongs_to("friendships", "high_user_id", "users"));
    manager.create_table(table).await?;
    let mut by_high = Index::create();
    by_high.name("friendships_by_high_user").table("friendships").col("high_user_id");
    manager.create_index(by_high).await?;
    // Ids grow with time, those of before too.
    let back = format!(
        "INSERT INTO friendships ({COLUMNS}) SELECT {COLUMNS} FROM friendships_before \
         ORDER BY asked_at, low_user_id, high_user_id"
    );
    db.execute_unprepared(&back).await?;
    manager.drop_table(Table::drop().table("friendships_before").to_owned()).await
}
