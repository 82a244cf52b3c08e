//! E-mail addresses that wait to be confirmed, letters on their way, and the links in them.
//!
//! From here on `users.email` holds confirmed addresses only. Those of before were never asked about,
//! and so begin as waiting ones.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, integer, text, text_null};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns that users gain: an address as typed, and in folded case to find it by.
const COLUMNS: [&str; 2] = ["pending_email", "pending_email_key"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let alter = Table::alter().table("users").add_column(text_null(column)).to_owned();
            manager.alter_table(alter).await?;
        }
        let mut by_pending = Index::create();
        by_pending.name("users_by_pending_email").table("users").col("pending_email_key");
        manager.create_index(by_pending).await?;
        let db = manager.get_connection();
        db.execute_unprepared(
            "UPDATE users SET pending_email = email, pending_email_key = email_key, email = NULL, \
             email_key = NULL WHERE email IS NOT NULL",
        )
        .await?;

        let letters = Table::create()
            .table("letters")
            .col(big_pk_auto("id"))
            .col(big_integer("user_id"))
            .col(text("kind"))
            .col(text("address"))
            .col(text("address_key"))
            .col(text("language"))
            .col(integer("attempts"))
            .col(big_integer("created_at"))
            .col(big_integer("due_at"))
            // None while it is on its way.
            .col(big_integer_null("sent_at"))
            .foreign_key(&mut belongs_to("letters", "user_id", "users"))
            .to_owned();
        manager.create_table(letters).await?;
        for (name, column) in [("letters_by_user", "user_id"), ("letters_by_address", "address_key")] {
            let index = Index::create().name(name).table("letters").col(column).to_owned();
            manager.create_index(index).await?;
        }

        let tokens = Table::create()
            .table("email_tokens")
            .col(text("token_hash").primary_key())
            .col(big_integer("user_id"))
            .col(text("purpose"))
            .col(text("address"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut belongs_to("email_tokens", "user_id", "users"))
            .to_owned();
        manager.create_table(tokens).await?;
        let by_user =
            Index::create().name("email_tokens_by_user").table("email_tokens").col("user_id").to_owned();
        manager.create_index(by_user).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["email_tokens", "letters"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        let db = manager.get_connection();
        // A waiting address that is nobody's becomes its account's again; of several the oldest account's.
        db.execute_unprepared(
            "UPDATE users SET email = pending_email, email_key = pending_email_key WHERE email IS NULL AND \
             pending_email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM users AS other WHERE other.id <> users.id \
             AND (other.email_key = users.pending_email_key OR (other.email IS NULL AND \
             other.pending_email_key = users.pending_email_key AND other.id < users.id)))",
        )
        .await?;
        manager.drop_index(Index::drop().name("users_by_pending_email").table("users").to_owned()).await?;
        for column in COLUMNS {
            let alter = Table::alter().table("users").drop_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
