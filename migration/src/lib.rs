//! The database schema, step by step, up and down, for `SQLite` and `PostgreSQL`.
//!
//! Times are milliseconds since 1970 (`BIGINT`), as everywhere in Sapa. Ids are never used twice,
//! also not after the newest row is gone.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m0001_users;
mod m0002_people;
mod m0003_rooms;
mod m0004_messages;
mod m0005_invites;
mod m0006_edits;
mod m0007_attachments;
mod m0008_profiles;
mod m0009_avatars;
mod m0010_emails;
mod m0011_corrections;
mod m0012_reports;
mod m0013_schedules;
mod m0014_tokens;
mod m0015_inbox;
mod m0016_webhooks;
mod m0017_calls;
mod m0018_stories;
mod m0019_channels;
mod m0020_removals;
mod m0022_known_devices;
mod m0023_invitations;
mod m0024_security_log;
mod m0025_heartbeats;
mod m0026_unread_deleted;
mod m0027_friendship_ids;

/// Brings a database to the newest schema, or back.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let steps: Vec<Box<dyn MigrationTrait>> = vec![
            Box::new(m0001_users::Migration),
            Box::new(m0002_people::Migration),
            Box::new(m0003_rooms::Migration),
            Box::new(m0004_messages::Migration),
            Box::new(m0005_invites::Migration),
            Box::new(m0006_edits::Migration),
            Box::new(m0007_attachments::Migration),
            Box::new(m0008_profiles::Migration),
            Box::new(m0009_avatars::Migration),
            Box::new(m0010_emails::Migration),
            Box::new(m0011_corrections::Migration),
            Box::new(m0012_reports::Migration),
            Box::new(m0013_schedules::Migration),
            Box::new(m0014_tokens::Migration),
            Box::new(m0015_inbox::Migration),
            Box::new(m0016_webhooks::Migration),
            Box::new(m0017_calls::Migration),
            Box::new(m0018_stories::Migration),
            Box::new(m0019_channels::Migration),
            Box::new(m0020_removals::Migration),
            Box::new(m0022_known_devices::Migration),
            Box::new(m0023_invitations::Migration),
            Box::new(m0024_security_log::Migration),
            Box::new(m0025_heartbeats::Migration),
            Box::new(m0026_unread_deleted::Migration),
            Box::new(m0027_friendship_ids::Migration),
        ];
        steps.into_iter().map(|step| Box::new(Whole(step)) as Box<dyn MigrationTrait>).collect()
    }
}

/// A step and the note that it was taken, in one transaction: whatever ends the program in the middle of it, the
/// next start begins it anew.
struct Whole(Box<dyn MigrationTrait>);

impl MigrationName for Whole {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Whole {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.down(manager).await
    }
}

/// A foreign key that takes its rows away with the row that they belong to.
fn belongs_to(table: &'static str, column: &'static str, parent: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(table, column)
        .to(parent, "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}
