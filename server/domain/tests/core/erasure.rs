//! Deleted is gone, whatever is in the way at first.

use std::time::Duration;

use sapa_domain::messages;
use sapa_model::message::DeleteFor;
use sea_orm::{ConnectionTrait, Database, Statement, TransactionTrait};

use crate::support::{House, run};

const CANARY: &str = "rahasia-kenari";

/// Somebody has said the canary and deleted it for everyone.
async fn deleted(house: &House) {
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let said = sari.says(room, CANARY).await;
    messages::delete(&sari.chat, &sari.scope, room, said.id, DeleteFor::Everyone).await.unwrap();
    assert!(house.files_hold(CANARY));
}

async fn goes(house: &House) {
    house.settles("the text is gone", async || !house.files_hold(CANARY)).await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_nothing_alive() {
    let house = House::new().await;
    deleted(&house).await;
    // What was noted is far ahead of a clock that now says an hour less.
    run(&house.raw, "UPDATE message_purges SET due_at = due_at + 3600000".to_owned()).await;
    goes(&house).await;
}

#[tokio::test]
async fn a_reader_elsewhere_only_delays_it() {
    let house = House::new().await;
    deleted(&house).await;
    // Another program that reads, and goes on reading what was there.
    let reader = Database::connect(house.url()).await.unwrap();
    let reading = reader.begin().await.unwrap();
    let sql = Statement::from_string(reader.get_database_backend(), "SELECT count(*) FROM messages");
    reading.query_one_raw(sql).await.unwrap();
    house
        .settles("its row is purged", async || house.count("SELECT count(*) FROM message_purges").await == 0)
        .await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(house.files_hold(CANARY), "the reader can still read it");
    reading.rollback().await.unwrap();
    goes(&house).await;
}

#[tokio::test]
async fn a_lock_that_is_held_only_delays_it() {
    let house = House::new().await;
    deleted(&house).await;
    let lock = Database::connect(house.url()).await.unwrap();
    let held = lock.begin().await.unwrap();
    held.execute_unprepared("UPDATE heartbeats SET beat = beat").await.unwrap();
    // Longer than the program waits for a lock.
    tokio::time::sleep(Duration::from_secs(7)).await;
    assert!(house.files_hold(CANARY));
    held.rollback().await.unwrap();
    goes(&house).await;
}

#[tokio::test]
async fn a_start_empties_the_log_of_before() {
    let mut house = House::new().await;
    run(&house.raw, format!("CREATE TABLE scraps AS SELECT '{CANARY}' AS scrap")).await;
    run(&house.raw, "PRAGMA secure_delete = ON; DROP TABLE scraps".to_owned()).await;
    assert!(house.files_hold(CANARY), "in the log");
    house.reopen().await;
    goes(&house).await;
}
