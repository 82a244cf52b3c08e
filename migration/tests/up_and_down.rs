//! The schema goes up, down and up again on a database with rows in every table.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

use sapa_migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

const ROWS: [&str; 13] = [
    "INSERT INTO users (id, username, nickname, search, password_hash, who_may_write, created_at) \
     VALUES (1, 'sari', 'Sari', 'sari', '', 'everyone', 1), (2, 'oleh', 'Олег', 'олег', '', 'friends', 1)",
    "INSERT INTO sessions (user_id, token_hash, user_agent, created_at, seen_at, expires_at) \
     VALUES (1, 'x', '', 1, 1, 2)",
    "INSERT INTO friendships VALUES (1, 2, 1, 1, NULL)",
    "INSERT INTO blocks VALUES (1, 2, 1)",
    "INSERT INTO rooms (id, kind, name, search, hue, created_at) VALUES (1, 'direct', '', '', 0, 1)",
    "INSERT INTO direct_pairs VALUES (1, 2, 1)",
    "INSERT INTO memberships VALUES (1, 1, 'member', TRUE, FALSE, FALSE, FALSE, 0, 0, 0, 1)",
    "INSERT INTO messages (room_id, sender_id, client_id, seq, position, number, kind, body, shadowed, \
     created_at) VALUES (1, 1, 'c', 1, 1, 1, 'text', 'halo', FALSE, 1)",
    "INSERT INTO invites (room_id, created_by, token_hash, created_at, expires_at) VALUES (1, 1, 'x', 1, 2)",
    "INSERT INTO message_versions SELECT id, 1, 'hallo', FALSE, 1 FROM messages",
    "INSERT INTO message_purges SELECT id, 1 FROM messages",
    "INSERT INTO message_hides SELECT 1, id, 1, 1 FROM messages",
    "INSERT INTO attachments (owner_id, message_id, ordinal, key, state, kind, media_type, name, size, \
     animated, created_at) SELECT 1, id, 0, 'k', 'ready', 'file', 'a/b', 'n', 1, FALSE, 1 FROM messages",
];

async fn fill(db: &DatabaseConnection) {
    for sql in ROWS {
        db.execute_unprepared(sql).await.unwrap();
    }
}

#[tokio::test]
async fn up_down_up() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("sapa.db").display());
    let db = Database::connect(url).await.unwrap();

    Migrator::up(&db, None).await.unwrap();
    fill(&db).await;
    for _ in Migrator::migrations() {
        Migrator::down(&db, Some(1)).await.unwrap();
    }
    Migrator::up(&db, None).await.unwrap();
    // Every table is back, empty.
    fill(&db).await;
    Migrator::down(&db, None).await.unwrap();
}

#[tokio::test]
async fn ids_are_not_used_twice() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("sapa.db").display());
    let db = Database::connect(url).await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    fill(&db).await;
    db.execute_unprepared("DELETE FROM messages").await.unwrap();
    db.execute_unprepared(ROWS[7]).await.unwrap();
    let newer = db.execute_unprepared("UPDATE messages SET body = '' WHERE id = 2").await.unwrap();
    assert_eq!(newer.rows_affected(), 1);
}
