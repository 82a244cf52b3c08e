//! Whether a message was read, as far as one may know it.

use std::collections::HashSet;

use sapa_domain::messages;
use sapa_model::message::HistoryFrom;
use sapa_model::{DeleteFor, Message};

use crate::support::{House, Person, run};

/// Whether somebody sees a message as read by another than its author.
async fn is_read(who: &Person, message: &Message) -> bool {
    let read = messages::read_by_others(&who.chat, &who.scope, &[message]).await.unwrap();
    read.contains(&message.id)
}

#[tokio::test]
async fn a_text_is_read_once_another_has_read_it() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let room = sari.befriends(&oleh).await;
    let sent = sari.says(room, "halo").await;
    sari.reads(room, sent.number).await;
    oleh.receives(room, sent.number).await;
    assert!(!is_read(&sari, &sent).await && !is_read(&oleh, &sent).await);
    oleh.reads(room, sent.number).await;
    assert!(is_read(&sari, &sent).await && is_read(&oleh, &sent).await);
    assert!(!is_read(&dewi, &sent).await, "a room of hers it is not");
    // Whoever writes back has read what stands above.
    let next = sari.says(room, "apa kabar?").await;
    assert!(!is_read(&sari, &next).await);
    let back = oleh.says(room, "baik").await;
    assert!(is_read(&sari, &next).await && !is_read(&oleh, &back).await);

    let page = sari.history(room, HistoryFrom::Latest).await.messages;
    let all: Vec<_> = page.iter().collect();
    let read = messages::read_by_others(&house.chat, &sari.scope, &all).await.unwrap();
    assert_eq!(page.len(), 4);
    assert_eq!(read, HashSet::from([sent.id, next.id]), "and not the line that says that they are friends");
    messages::delete(&house.chat, &sari.scope, room, sent.id, DeleteFor::Everyone).await.unwrap();
    let deleted = messages::find(&house.chat, &oleh.scope, room, sent.id).await.unwrap();
    assert!(!is_read(&oleh, &deleted).await);
}

#[tokio::test]
async fn a_stranger_does_not_learn_of_it_before_the_answer() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = oleh.opens(&sari).await.room.id;
    let sent = oleh.says(room, "halo").await;
    sari.reads(room, sent.number).await;
    assert!(!is_read(&oleh, &sent).await);
    assert!(is_read(&sari, &sent).await, "she knows what she has read");
    sari.answers(room, true).await;
    assert!(is_read(&oleh, &sent).await);
}

#[tokio::test]
async fn a_block_tells_nothing() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let before = oleh.says(room, "halo").await;
    sari.blocks(&oleh).await;
    let during = oleh.says(room, "halo?").await;
    sari.receives(room, during.number).await;
    sari.reads(room, during.number).await;
    assert!(!is_read(&oleh, &before).await && !is_read(&oleh, &during).await);
}

#[tokio::test]
async fn whoever_comes_later_has_not_read_what_was_there_and_whoever_leaves_has() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    for friend in [&oleh, &dewi] {
        sari.befriends(friend).await;
    }
    let room = sari.founds("Kopi", &[oleh.id()]).await.unwrap().room.id;
    let sent = sari.says(room, "halo").await;
    sari.adds(room, &[dewi.id()]).await.unwrap();
    // Not within the same millisecond.
    run(
        &house.raw,
        format!("UPDATE memberships SET joined_at = joined_at + 1 WHERE user_id = {}", dewi.id()),
    )
    .await;
    assert!(!is_read(&sari, &sent).await);
    oleh.reads(room, sent.number).await;
    assert!(is_read(&sari, &sent).await && is_read(&dewi, &sent).await);
    oleh.leaves(room).await.unwrap();
    assert!(is_read(&sari, &sent).await);
}

#[tokio::test]
async fn of_a_post_the_views_tell_it() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.broadcasts("Kopi", Some("kopi")).await.unwrap().room.id;
    oleh.follows(room).await.unwrap();
    let sent = sari.says(room, "pagi").await;
    let post = async || messages::find(&house.chat, &sari.scope, room, sent.id).await.unwrap();
    assert!(!is_read(&sari, &post().await).await);
    oleh.reads(room, sent.number).await;
    assert!(is_read(&sari, &post().await).await && is_read(&oleh, &post().await).await);
}
