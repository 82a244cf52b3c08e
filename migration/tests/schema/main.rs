//! The schema goes up, down and up again on a database with rows in every table, of either kind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

use sapa_migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

mod postgres;

const ROWS: [&str; 40] = [
    "INSERT INTO users (id, username, nickname, search, password_hash, who_may_write, created_at) \
     VALUES (1, 'sari', 'Sari', 'sari', '', 'everyone', 1), (2, 'oleh', 'Олег', 'олег', '', 'friends', 1)",
    "INSERT INTO sessions (user_id, token_hash, user_agent, created_at, seen_at, expires_at) \
     VALUES (1, 'x', '', 1, 1, 2)",
    "INSERT INTO friendships (low_user_id, high_user_id, asked_by, asked_at) VALUES (1, 2, 1, 1)",
    "INSERT INTO blocks VALUES (1, 2, 1)",
    "INSERT INTO rooms (id, kind, name, search, hue, created_at) VALUES (1, 'direct', '', '', 0, 1)",
    "INSERT INTO direct_pairs VALUES (1, 2, 1)",
    "INSERT INTO memberships (room_id, user_id, role, active, muted, request, hidden, read_number, \
     delivered_number, seq, joined_at) VALUES (1, 1, 'member', TRUE, FALSE, FALSE, FALSE, 0, 0, 0, 1)",
    "INSERT INTO messages (room_id, sender_id, client_id, seq, position, number, kind, body, shadowed, \
     created_at) VALUES (1, 1, 'c', 1, 1, 1, 'text', 'halo', FALSE, 1)",
    "INSERT INTO invites (room_id, created_by, token_hash, created_at, expires_at) VALUES (1, 1, 'x', 1, 2)",
    "INSERT INTO message_versions SELECT id, 1, 'hallo', FALSE, 1 FROM messages",
    "INSERT INTO message_purges SELECT id, 1 FROM messages",
    "INSERT INTO message_hides SELECT 1, id, 1, 1 FROM messages",
    "INSERT INTO attachments (owner_id, message_id, ordinal, key, state, kind, media_type, name, size, \
     animated, created_at) SELECT 1, id, 0, 'k', 'ready', 'file', 'a/b', 'n', 1, FALSE, 1 FROM messages",
    "INSERT INTO user_languages VALUES (1, 'id', 0, NULL), (1, 'uk', 1, 'B1')",
    "INSERT INTO loose_avatars VALUES ('k', 1)",
    "INSERT INTO letters (user_id, kind, address, address_key, language, attempts, created_at, due_at) \
     VALUES (1, 'confirm', 'S@x.org', 's@x.org', 'id', 0, 1, 1)",
    "INSERT INTO invitations (token_hash, note, created_at, expires_at, used_at, user_id) \
     VALUES ('x', '', 1, 2, 1, 1)",
    "INSERT INTO security_events (at, act, user_id, device, detail) VALUES (1, 'signed_in', 1, '', '')",
    "INSERT INTO known_devices VALUES (1, 'k', 1)",
    "INSERT INTO corrections SELECT id, 2, 'halo', 'halo!', FALSE, FALSE, 1 FROM messages",
    "INSERT INTO reports (reporter_id, user_id, reason, note, excerpt, created_at) \
     VALUES (1, 2, 'spam', '', '[]', 1)",
    "INSERT INTO schedules (id, message_id, starts_at, minutes) SELECT 1, id, 1, 60 FROM messages",
    "INSERT INTO schedule_answers VALUES (1, 2, TRUE, FALSE, 1)",
    "INSERT INTO webhooks (room_id, created_by, name, created_at) VALUES (1, 1, 'bot', 1)",
    "INSERT INTO calls (room_id, caller_id, media, shadowed, started_at) VALUES (1, 1, 'video', FALSE, 1)",
    "INSERT INTO stories (id, author_id, client_id, text, hue, audience, created_at, expires_at) \
     VALUES (1, 1, 'c', 'halo', 200, 'only', 1, 2)",
    "INSERT INTO story_people VALUES (1, 2)",
    "INSERT INTO story_views VALUES (1, 2, 1)",
    "INSERT INTO story_mutes VALUES (2, 1)",
    "INSERT INTO story_circles VALUES (1, 2)",
    "INSERT INTO story_replies SELECT id, 1, 1, 'text' FROM messages",
    "INSERT INTO refresh_tokens SELECT 'h', id, 1, NULL, NULL FROM sessions",
    "INSERT INTO email_tokens VALUES ('h', 1, 'confirm', 'S@x.org', 2)",
    "INSERT INTO rooms (id, kind, name, search, hue, created_at) VALUES (2, 'channel', 'Kopi', 'kopi', 0, 1)",
    "INSERT INTO channels VALUES (2, 'kopi', 'kopi kopi', '', TRUE, 1)",
    "UPDATE messages SET views = 3, comments = 1",
    "INSERT INTO reactions SELECT id, 2, '👍', FALSE FROM messages",
    "INSERT INTO reaction_counts SELECT id, '👍', 1, 1 FROM messages",
    "INSERT INTO comments (message_id, author_id, client_id, body, created_at) \
     SELECT id, 2, 'c', 'enak', 1 FROM messages",
    "UPDATE heartbeats SET beat = beat + 1 WHERE id = 1 AND beat = 0",
];

/// Runs a test on an empty database of each kind.
async fn on_each(test: impl AsyncFn(DatabaseConnection)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("sapa.db").display());
    test(Database::connect(url).await.unwrap()).await;
    let server = postgres::Postgres::start();
    test(Database::connect(server.url()).await.unwrap()).await;
}

/// How many steps lead to the schema that this one begins with.
fn steps_before(name: &str) -> u32 {
    let place = Migrator::migrations().iter().position(|step| step.name() == name);
    u32::try_from(place.unwrap()).unwrap()
}

async fn fill(db: &DatabaseConnection) {
    for sql in ROWS {
        db.execute_unprepared(sql).await.unwrap();
    }
}

#[tokio::test]
async fn up_down_up() {
    on_each(async |db| {
        Migrator::up(&db, None).await.unwrap();
        fill(&db).await;
        for _ in Migrator::migrations() {
            Migrator::down(&db, Some(1)).await.unwrap();
        }
        Migrator::up(&db, None).await.unwrap();
        // Every table is back, empty.
        fill(&db).await;
        Migrator::down(&db, None).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn addresses_of_before_wait_to_be_confirmed_and_come_back() {
    on_each(async |db| {
        Migrator::up(&db, Some(steps_before("m0010_emails"))).await.unwrap();
        db.execute_unprepared(ROWS[0]).await.unwrap();
        let hold = async |such: &str| {
            let sql = format!("UPDATE users SET nickname = nickname WHERE {such}");
            db.execute_unprepared(&sql).await.unwrap().rows_affected()
        };
        db.execute_unprepared("UPDATE users SET email = 'S@x.org', email_key = 's@x.org' WHERE id = 1")
            .await
            .unwrap();
        Migrator::up(&db, Some(1)).await.unwrap();
        let waits =
            "email IS NULL AND email_key IS NULL AND pending_email = 'S@x.org' AND pending_email_key = 's@x.org'";
        assert_eq!(hold(waits).await, 1);
        // Two may wait for the same address; it can be one's only.
        db.execute_unprepared("UPDATE users SET pending_email = 'S@x.org', pending_email_key = 's@x.org'")
            .await
            .unwrap();
        Migrator::down(&db, Some(1)).await.unwrap();
        assert_eq!(hold("id = 1 AND email = 'S@x.org' AND email_key = 's@x.org'").await, 1);
        assert_eq!(hold("id = 2 AND email IS NULL AND email_key IS NULL").await, 1);
    })
    .await;
}

#[tokio::test]
async fn without_channels_other_rooms_are_as_they_were() {
    on_each(async |db| {
        Migrator::up(&db, None).await.unwrap();
        // The rows are those of the newest schema.
        fill(&db).await;
        let steps = u32::try_from(Migrator::migrations().len()).unwrap();
        Migrator::down(&db, Some(steps - steps_before("m0019_channels"))).await.unwrap();
        let hold = async |sql: &str| db.execute_unprepared(sql).await.unwrap().rows_affected();
        assert_eq!(hold("UPDATE rooms SET hue = hue").await, 1, "the channel is gone");
        assert_eq!(hold("UPDATE messages SET body = body WHERE body = 'halo'").await, 1);
        Migrator::up(&db, Some(1)).await.unwrap();
        let fresh = "UPDATE messages SET body = body WHERE views IS NULL AND comments = 0";
        assert_eq!(hold(fresh).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_deleted_before_no_longer_counts_as_unread() {
    on_each(async |db| {
        Migrator::up(&db, Some(steps_before("m0026_unread_deleted"))).await.unwrap();
        let run = async |sql: &str| db.execute_unprepared(sql).await.unwrap().rows_affected();
        for sql in &ROWS[..8] {
            run(sql).await;
        }
        // The first has read one of four; of the rest one is deleted, one is out of their sight, one is neither.
        for (number, deleted_at) in [(2, "1"), (3, "NULL"), (4, "NULL")] {
            run(&format!(
                "INSERT INTO messages (room_id, sender_id, client_id, seq, position, number, kind, body, \
                 shadowed, created_at, deleted_at) \
                 VALUES (1, 2, 'c{number}', {number}, {number}, {number}, 'text', '', FALSE, 1, {deleted_at})"
            ))
            .await;
        }
        run("INSERT INTO message_hides SELECT 1, id, 1, 1 FROM messages WHERE number IN (1, 3)").await;
        run("UPDATE rooms SET last_number = 4").await;
        run("UPDATE memberships SET read_number = 1").await;
        Migrator::up(&db, Some(1)).await.unwrap();
        assert_eq!(
            run("UPDATE rooms SET hue = hue WHERE 2 = (SELECT unread_deleted FROM memberships)").await,
            1
        );
        Migrator::down(&db, Some(1)).await.unwrap();
        assert_eq!(run("UPDATE memberships SET seq = seq WHERE read_number = 1").await, 1);
    })
    .await;
}

#[tokio::test]
async fn friendships_of_before_gain_an_id_and_lose_nothing() {
    on_each(async |db| {
        Migrator::up(&db, Some(steps_before("m0027_friendship_ids"))).await.unwrap();
        let run = async |sql: &str| db.execute_unprepared(sql).await.unwrap().rows_affected();
        let is_there = async |such: &str| {
            run(&format!("UPDATE friendships SET asked_at = asked_at WHERE {such}")).await == 1
        };
        run(ROWS[0]).await;
        run("INSERT INTO users (id, username, nickname, search, password_hash, who_may_write, created_at) \
             VALUES (3, 'maria', 'Maria', 'maria', '', 'everyone', 1)")
        .await;
        run("INSERT INTO friendships VALUES (1, 2, 2, 20, NULL), (1, 3, 1, 10, 15)").await;
        let made =
            "low_user_id = 1 AND high_user_id = 3 AND asked_by = 1 AND asked_at = 10 AND accepted_at = 15";
        let asked =
            "low_user_id = 1 AND high_user_id = 2 AND asked_by = 2 AND asked_at = 20 AND accepted_at IS NULL";

        Migrator::up(&db, Some(1)).await.unwrap();
        assert!(is_there(&format!("id = 1 AND {made}")).await, "the first that was asked for");
        assert!(is_there(&format!("id = 2 AND {asked}")).await);
        // A pair has one still, and an id is that of one friendship for ever.
        let again =
            "INSERT INTO friendships (low_user_id, high_user_id, asked_by, asked_at) VALUES (1, 2, 1, 30)";
        assert!(db.execute_unprepared(again).await.is_err());
        run("DELETE FROM friendships WHERE id = 2").await;
        run(again).await;
        assert!(is_there("id > 2 AND asked_by = 1 AND asked_at = 30").await);

        Migrator::down(&db, Some(1)).await.unwrap();
        assert!(is_there(made).await && is_there("high_user_id = 2 AND asked_at = 30").await);
        assert!(db.execute_unprepared(again).await.is_err());
        Migrator::up(&db, Some(1)).await.unwrap();
        run("DELETE FROM users WHERE id = 3").await;
        assert!(!is_there(made).await && is_there("asked_at = 30").await, "it goes with who is gone");
    })
    .await;
}

#[tokio::test]
async fn ids_are_not_used_twice() {
    on_each(async |db| {
        Migrator::up(&db, None).await.unwrap();
        fill(&db).await;
        db.execute_unprepared("DELETE FROM messages").await.unwrap();
        db.execute_unprepared(ROWS[7]).await.unwrap();
        let newer = db.execute_unprepared("UPDATE messages SET body = '' WHERE id = 2").await.unwrap();
        assert_eq!(newer.rows_affected(), 1);
    })
    .await;
}
