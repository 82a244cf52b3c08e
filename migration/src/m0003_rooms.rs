//! Rooms and who is in them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, boolean, integer, text};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rooms = Table::create()
            .table("rooms")
            .col(big_pk_auto("id"))
            .col(text("kind"))
            .col(text("name"))
            // The name in folded case.
            .col(text("search"))
            .col(integer("hue"))
            // The heads of the room's log: its last change, and its last text.
            .col(big_integer("last_seq").default(0))
            .col(big_integer("last_number").default(0))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(rooms).await?;

        // At most one direct room a pair; the smaller id first.
        let pairs = Table::create()
            .table("direct_pairs")
            .col(big_integer("low_user_id"))
            .col(big_integer("high_user_id"))
            .col(big_integer("room_id").unique_key())
            .primary_key(Index::create().col("low_user_id").col("high_user_id"))
            .foreign_key(&mut belongs_to("direct_pairs", "low_user_id", "users"))
            .foreign_key(&mut belongs_to("direct_pairs", "high_user_id", "users"))
            .foreign_key(&mut belongs_to("direct_pairs", "room_id", "rooms"))
            .to_owned();
        manager.create_table(pairs).await?;
        let by_high = Index::create()
            .name("direct_pairs_by_high_user")
            .table("direct_pairs")
            .col("high_user_id")
            .to_owned();
        manager.create_index(by_high).await?;

        let memberships = Table::create()
            .table("memberships")
            .col(big_integer("room_id"))
            .col(big_integer("user_id"))
            .col(text("role"))
            .col(boolean("active"))
            .col(boolean("muted"))
            .col(boolean("request"))
            .col(boolean("hidden"))
            .col(big_integer("read_number"))
            .col(big_integer("delivered_number"))
            .col(big_integer("seq"))
            .col(big_integer("joined_at"))
            .primary_key(Index::create().col("room_id").col("user_id"))
            .foreign_key(&mut belongs_to("memberships", "room_id", "rooms"))
            .foreign_key(&mut belongs_to("memberships", "user_id", "users"))
            .to_owned();
        manager.create_table(memberships).await?;
        let by_user =
            Index::create().name("memberships_by_user").table("memberships").col("user_id").to_owned();
        manager.create_index(by_user).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("memberships").to_owned()).await?;
        manager.drop_table(Table::drop().table("direct_pairs").to_owned()).await?;
        manager.drop_table(Table::drop().table("rooms").to_owned()).await
    }
}
