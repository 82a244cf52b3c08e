//! Pictures of people and groups.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, text_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SHOWN_BY: [&str; 2] = ["users", "rooms"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in SHOWN_BY {
            let alter = Table::alter().table(table).add_column(text_null("avatar")).to_owned();
            manager.alter_table(alter).await?;
        }
        // Keys in the storage that nobody shows, or not yet: what is left of them at a start is deleted.
        let loose = Table::create()
            .table("loose_avatars")
            .col(text("key").primary_key())
            .col(big_integer("since"))
            .to_owned();
        manager.create_table(loose).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("loose_avatars").to_owned()).await?;
        for table in SHOWN_BY {
            let alter = Table::alter().table(table).drop_column("avatar").to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
