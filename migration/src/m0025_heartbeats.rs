//! The row by which the program proves that what it commits can be read by others.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let heartbeats = Table::create()
            .table("heartbeats")
            .col(big_integer("id").primary_key())
            .col(big_integer("beat"))
            .to_owned();
        manager.create_table(heartbeats).await?;
        let only = Query::insert()
            .into_table("heartbeats")
            .columns(["id", "beat"])
            .values_panic([1, 0].map(Into::into))
            .to_owned();
        manager.execute(only).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("heartbeats").to_owned()).await
    }
}
