//! Stories: what people show their friends for a day, who may see them, and who has.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, integer_null, text};

use crate::belongs_to;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(stories()).await?;
        for (name, columns, unique) in [
            ("stories_by_client_id", ["author_id", "client_id"].as_slice(), true),
            ("stories_by_expiry", &["expires_at"], false),
        ] {
            let mut index = Index::create().name(name).table("stories").to_owned();
            for column in columns {
                index.col(*column);
            }
            if unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        // Whom a story's audience names.
        manager.create_table(pairs("story_people", ["story_id", "user_id"], ["stories", "users"])).await?;
        let views = pairs("story_views", ["story_id", "user_id"], ["stories", "users"])
            .col(big_integer("seen_at"))
            .to_owned();
        manager.create_table(views).await?;
        manager.create_table(pairs("story_mutes", ["user_id", "author_id"], ["users", "users"])).await?;
        // Whom the audience of somebody's next story names.
        manager.create_table(pairs("story_circles", ["owner_id", "user_id"], ["users", "users"])).await?;
        let replies = Table::create()
            .table("story_replies")
            .col(big_integer("message_id").primary_key())
            // The story may be gone; nothing of it is here.
            .col(big_integer("story_id"))
            .col(big_integer("author_id"))
            .col(text("kind"))
            .foreign_key(&mut belongs_to("story_replies", "message_id", "messages"))
            .to_owned();
        manager.create_table(replies).await?;
        add_column(manager, "users", text("story_audience").default("friends").to_owned()).await?;
        // The story that shows a file; none for all others.
        add_column(manager, "attachments", big_integer_null("story_id")).await?;
        let by_story =
            Index::create().name("attachments_by_story").table("attachments").col("story_id").to_owned();
        manager.create_index(by_story).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // From here on a file of a story is one that nobody has sent, and is swept away like these.
        let index = Index::drop().name("attachments_by_story").table("attachments").to_owned();
        manager.drop_index(index).await?;
        for (table, column) in [("attachments", "story_id"), ("users", "story_audience")] {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        let tables =
            ["story_replies", "story_circles", "story_mutes", "story_views", "story_people", "stories"];
        for table in tables {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn stories() -> TableCreateStatement {
    Table::create()
        .table("stories")
        .col(big_pk_auto("id"))
        .col(big_integer("author_id"))
        .col(text("client_id"))
        // A text on a colour, or the caption of a file.
        .col(text("text"))
        // None where it shows a file.
        .col(integer_null("hue"))
        .col(text("audience"))
        .col(big_integer("created_at"))
        .col(big_integer("expires_at"))
        .foreign_key(&mut belongs_to("stories", "author_id", "users"))
        .to_owned()
}

/// A table whose key is a pair of ids.
fn pairs(
    table: &'static str,
    [one, other]: [&'static str; 2],
    [of_one, of_other]: [&'static str; 2],
) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(big_integer(one))
        .col(big_integer(other))
        .primary_key(Index::create().col(one).col(other))
        .foreign_key(&mut belongs_to(table, one, of_one))
        .foreign_key(&mut belongs_to(table, other, of_other))
        .to_owned()
}

async fn add_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    mut column: ColumnDef,
) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await
}
