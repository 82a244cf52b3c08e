//! Channels, reactions, views and comments.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, boolean, integer, text, text_null,
};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let channels = Table::create()
            .table("channels")
            .col(big_integer("room_id").primary_key())
            // None for a private channel.
            .col(text_null("handle").unique_key())
            // Name, handle and description in folded case.
            .col(text("search"))
            .col(text("description"))
            .col(boolean("comments"))
            // Active members.
            .col(big_integer("followers"))
            .foreign_key(&mut belongs_to("channels", "room_id", "rooms"))
            .to_owned();
        manager.create_table(channels).await?;

        // Of a channel's post only: how many followers have seen it, how many comments it has.
        for mut column in [big_integer_null("views"), big_integer("comments").default(0).to_owned()] {
            let alter = Table::alter().table("messages").add_column(&mut column).to_owned();
            manager.alter_table(alter).await?;
        }

        let reactions = Table::create()
            .table("reactions")
            .col(big_integer("message_id"))
            .col(big_integer("user_id"))
            .col(text("emoji"))
            // Across a block: for the eyes of whoever reacts alone, and not counted.
            .col(boolean("shadowed"))
            .primary_key(Index::create().col("message_id").col("user_id"))
            .foreign_key(&mut belongs_to("reactions", "message_id", "messages"))
            .foreign_key(&mut belongs_to("reactions", "user_id", "users"))
            .to_owned();
        manager.create_table(reactions).await?;
        let counts = Table::create()
            .table("reaction_counts")
            .col(big_integer("message_id"))
            .col(text("emoji"))
            .col(integer("count"))
            // When the emoji came first: its place among the others.
            .col(big_integer("since"))
            .primary_key(Index::create().col("message_id").col("emoji"))
            .foreign_key(&mut belongs_to("reaction_counts", "message_id", "messages"))
            .to_owned();
        manager.create_table(counts).await?;

        let comments = Table::create()
            .table("comments")
            .col(big_pk_auto("id"))
            .col(big_integer("message_id"))
            .col(big_integer("author_id"))
            .col(text("client_id"))
            .col(text("body"))
            .col(big_integer("created_at"))
            .foreign_key(&mut belongs_to("comments", "message_id", "messages"))
            .foreign_key(&mut belongs_to("comments", "author_id", "users"))
            .to_owned();
        manager.create_table(comments).await?;
        for (name, table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        let mut once = Index::create();
        once.name("comments_once")
            .unique()
            .table("comments")
            .col("message_id")
            .col("author_id")
            .col("client_id");
        manager.create_index(once).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["comments", "reaction_counts", "reactions", "channels"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        for (name, table, _) in INDEXES.into_iter().filter(|(_, table, _)| *table == "memberships") {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        // What was a channel's no version before this one can read.
        let channels =
            Query::delete().from_table("rooms").and_where(Expr::col("kind").eq("channel")).to_owned();
        manager.execute(channels).await?;
        for column in ["comments", "views"] {
            let alter = Table::alter().table("messages").drop_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}

/// Name, table, columns.
const INDEXES: [(&str, &str, [&str; 2]); 5] = [
    ("comments_by_message", "comments", ["message_id", "id"]),
    ("comments_by_author", "comments", ["author_id", "created_at"]),
    ("channels_by_followers", "channels", ["followers", "room_id"]),
    // A channel's admins, and who has changed, without reading all of its followers.
    ("memberships_by_role", "memberships", ["room_id", "role"]),
    ("memberships_by_seq", "memberships", ["room_id", "seq"]),
];
