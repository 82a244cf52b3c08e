//! How far a member has fetched a room over plain text.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The position of the last message fetched.
        let mut column = big_integer("fetched_position").default(0).to_owned();
        let alter = Table::alter().table("memberships").add_column(&mut column).to_owned();
        manager.alter_table(alter).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let alter = Table::alter().table("memberships").drop_column("fetched_position").to_owned();
        manager.alter_table(alter).await
    }
}
