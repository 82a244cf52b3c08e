//! Profiles: what people tell of themselves, in which languages, and who may see it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, integer, text, text_null};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns that users gain. `SQLite` alters a table one column at a time.
fn columns() -> [ColumnDef; 8] {
    [
        text_null("bio"),
        text_null("phone"),
        text_null("time_zone"),
        // Grows with each change of what others see.
        integer("revision").default(0).to_owned(),
        text("who_sees_presence").default("everyone").to_owned(),
        text("who_sees_birthday").default("friends").to_owned(),
        text("who_sees_phone").default("friends").to_owned(),
        boolean("findable").default(true).to_owned(),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in columns() {
            let alter = Table::alter().table("users").add_column(&mut column).to_owned();
            manager.alter_table(alter).await?;
        }
        let languages = Table::create()
            .table("user_languages")
            .col(big_integer("user_id"))
            .col(text("code"))
            .col(integer("ordinal"))
            // Of what is being learned; none for a native language.
            .col(text_null("level"))
            .primary_key(Index::create().col("user_id").col("code"))
            .foreign_key(&mut belongs_to("user_languages", "user_id", "users"))
            .to_owned();
        manager.create_table(languages).await?;
        let mut by_code = Index::create();
        by_code.name("user_languages_by_code").table("user_languages").col("code").col("user_id");
        manager.create_index(by_code).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("user_languages").to_owned()).await?;
        for column in columns() {
            let alter = Table::alter().table("users").drop_column(column.get_column_name()).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
