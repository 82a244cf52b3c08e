//! Links by which people join groups.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, text_uniq};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let invites = Table::create()
            .table("invites")
            .col(big_pk_auto("id"))
            .col(big_integer("room_id"))
            .col(big_integer("created_by"))
            .col(text_uniq("token_hash"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .col(big_integer_null("revoked_at"))
            .col(big_integer("uses").default(0))
            .foreign_key(&mut belongs_to("invites", "room_id", "rooms"))
            .foreign_key(&mut belongs_to("invites", "created_by", "users"))
            .to_owned();
        manager.create_table(invites).await?;
        let by_room = Index::create().name("invites_by_room").table("invites").col("room_id").to_owned();
        manager.create_index(by_room).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("invites").to_owned()).await
    }
}
