//! Programs: sessions of more kinds than a browser's, and the tokens with which they live on.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, text, text_null};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns that sessions gain. `SQLite` alters a table one column at a time.
fn columns() -> [ColumnDef; 4] {
    [
        text("kind").default("browser").to_owned(),
        // Of a personal API token: what it is for, and its scopes, parted by spaces.
        text_null("name"),
        text_null("scopes"),
        // When the access token ends, where that is before the session does.
        big_integer_null("token_expires_at"),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in columns() {
            let alter = Table::alter().table("sessions").add_column(&mut column).to_owned();
            manager.alter_table(alter).await?;
        }
        // A family of refresh tokens for each session: the last one is good, the spent ones tell of theft.
        let refresh_tokens = Table::create()
            .table("refresh_tokens")
            .col(text("token_hash").primary_key())
            .col(big_integer("session_id"))
            .col(big_integer("created_at"))
            .col(big_integer_null("spent_at"))
            .foreign_key(&mut belongs_to("refresh_tokens", "session_id", "sessions"))
            .to_owned();
        manager.create_table(refresh_tokens).await?;
        let mut by_session = Index::create();
        by_session.name("refresh_tokens_by_session").table("refresh_tokens").col("session_id");
        manager.create_index(by_session).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("refresh_tokens").to_owned()).await?;
        // Nothing before knew what a token may not do, or when it ends.
        manager.get_connection().execute_unprepared("DELETE FROM sessions WHERE kind <> 'browser'").await?;
        for column in columns() {
            let alter = Table::alter().table("sessions").drop_column(column.get_column_name()).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
