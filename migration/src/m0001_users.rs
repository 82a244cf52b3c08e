//! Accounts and the devices on which they are signed in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, text, text_null, text_uniq};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let users = Table::create()
            .table("users")
            .col(big_pk_auto("id"))
            .col(text_uniq("username"))
            .col(text("nickname"))
            // Nickname and username in folded case: what searches look at.
            .col(text("search"))
            .col(text("password_hash"))
            .col(text_null("email"))
            // The address in folded case, so that nobody takes the same one twice.
            .col(text_null("email_key").unique_key())
            .col(text_null("first_name"))
            .col(text_null("last_name"))
            .col(text_null("birthday"))
            .col(text_null("country"))
            .col(text("who_may_write"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_seen_at"))
            .to_owned();
        manager.create_table(users).await?;
        let by_name =
            Index::create().name("users_by_nickname").table("users").col("nickname").col("id").to_owned();
        manager.create_index(by_name).await?;

        let sessions = Table::create()
            .table("sessions")
            .col(big_pk_auto("id"))
            .col(big_integer("user_id"))
            .col(text_uniq("token_hash"))
            .col(text_null("address"))
            .col(text("user_agent"))
            .col(big_integer("created_at"))
            .col(big_integer("seen_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut belongs_to("sessions", "user_id", "users"))
            .to_owned();
        manager.create_table(sessions).await?;
        let by_user = Index::create().name("sessions_by_user").table("sessions").col("user_id").to_owned();
        manager.create_index(by_user).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("sessions").to_owned()).await?;
        manager.drop_table(Table::drop().table("users").to_owned()).await
    }
}
