//! Whoever an admin has removed does not come back by a link of before.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The newest link of the room when they were removed, zero for none; null for whoever was not.
        let removed = big_integer_null("removed_invite");
        let memberships = Table::alter().table("memberships").add_column(removed).to_owned();
        manager.alter_table(memberships).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let memberships = Table::alter().table("memberships").drop_column("removed_invite").to_owned();
        manager.alter_table(memberships).await
    }
}
