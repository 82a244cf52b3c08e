//! Devices and networks that an account has been signed in from, whom letters are counted by, and what makes
//! the successor of a spent refresh token.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, text, text_null};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let known = Table::create()
            .table("known_devices")
            .col(big_integer("user_id"))
            // A hash: of a browser's secret, or of where something is and what it calls itself.
            .col(text("key_hash"))
            .col(big_integer("seen_at"))
            .primary_key(Index::create().col("user_id").col("key_hash"))
            .foreign_key(&mut belongs_to("known_devices", "user_id", "users"))
            .to_owned();
        manager.create_table(known).await?;
        let by_key =
            Index::create().name("known_devices_by_key").table("known_devices").col("key_hash").to_owned();
        manager.create_index(by_key).await?;

        // The network that asked for a letter, and whether it goes to the account's confirmed address.
        for mut column in [text_null("network"), boolean("to_owner").default(false).to_owned()] {
            let alter = Table::alter().table("letters").add_column(&mut column).to_owned();
            manager.alter_table(alter).await?;
        }
        let by_network =
            Index::create().name("letters_by_network").table("letters").col("network").to_owned();
        manager.create_index(by_network).await?;

        let alter = Table::alter().table("refresh_tokens").add_column(text_null("salt")).to_owned();
        manager.alter_table(alter).await?;

        // Of letters that nobody asked for; none where an account is older.
        let alter = Table::alter().table("users").add_column(text_null("language")).to_owned();
        manager.alter_table(alter).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("users", "language"), ("refresh_tokens", "salt")] {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        manager.drop_index(Index::drop().name("letters_by_network").table("letters").to_owned()).await?;
        for column in ["to_owner", "network"] {
            manager.alter_table(Table::alter().table("letters").drop_column(column).to_owned()).await?;
        }
        manager.drop_table(Table::drop().table("known_devices").to_owned()).await
    }
}
