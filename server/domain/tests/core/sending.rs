//! Sending: order, idempotence, and what a refused send leaves behind.

use std::collections::HashSet;

use futures::future::join_all;
use sapa_model::ErrorCode;
use sapa_model::message::HistoryFrom;

use crate::support::{House, client_id, heard};

#[tokio::test]
async fn concurrent_senders_make_one_contiguous_log() {
    let house = House::new().await;
    let people = join_all(["sari", "oleh", "budi", "nina"].map(|name| house.person(name))).await;
    let room = house.group(&people.iter().collect::<Vec<_>>()).await;
    let mut observer = people[0].connects().await;

    join_all(
        people.iter().flat_map(|p| (0..12).map(move |i| async move { p.says(room, &i.to_string()).await })),
    )
    .await;

    let heard = heard::messages(&mut observer).await;
    let seqs: Vec<u64> = heard.iter().map(|message| message.seq).collect();
    assert_eq!(seqs, (1..=48).collect::<Vec<_>>(), "heard in the order of the log, without gaps");
    assert!(heard.iter().all(|message| message.number == message.seq && message.position == message.seq));
    let page = people[1].history(room, HistoryFrom::Latest).await;
    assert_eq!(page.messages, heard);
}

#[tokio::test]
async fn sends_that_queue_share_a_commit() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let before = house.chat.commits();

    join_all((0..64).map(|i| {
        let sari = sari.clone();
        async move { sari.says(room, &i.to_string()).await }
    }))
    .await;

    let commits = house.chat.commits() - before;
    assert!(commits <= 16, "{commits} commits for 64 sends");
}

#[tokio::test]
async fn a_repeated_send_answers_with_the_first() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    let mut observer = oleh.connects().await;
    let id = client_id();

    let first = sari.tries(room, &id, "halo").await.unwrap();
    let again = sari.tries(room, &id, "halo").await.unwrap();
    let at_once = join_all((0..8).map(|_| sari.tries(room, &id, "something else"))).await;

    assert_eq!(again, first);
    assert!(at_once.iter().all(|sent| sent.as_ref() == Ok(&first)));
    assert_eq!(heard::messages(&mut observer).await, [first]);
    // The name is the sender's own: somebody else's message may bear it too.
    assert!(oleh.tries(room, &id, "halo juga").await.is_ok());
    assert_eq!(sari.texts(room).await, ["halo", "halo juga"]);
}

#[tokio::test]
async fn a_concurrent_first_send_is_made_once() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let id = client_id();
    let sent = join_all((0..20).map(|_| sari.tries(room, &id, "halo"))).await;
    let ids: HashSet<_> = sent.into_iter().map(|sent| sent.unwrap().id).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(sari.sees(room).await.dialog.last_number, 1);
}

#[tokio::test]
async fn a_refused_send_leaves_nothing() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari]).await;
    let code = |sent: Result<_, sapa_model::AppError>| sent.unwrap_err().code;

    assert_eq!(code(oleh.tries(room, &client_id(), "halo").await), ErrorCode::NotFound);
    assert_eq!(code(sari.tries(room, &client_id(), "  ").await), ErrorCode::Required);
    assert_eq!(code(sari.tries(room, &client_id(), "a\0b").await), ErrorCode::BadCharacters);
    assert_eq!(code(sari.tries(room, &client_id(), &"x".repeat(4001)).await), ErrorCode::TooLong);

    let dialog = sari.sees(room).await.dialog;
    assert_eq!((dialog.room.seq, dialog.last_number, dialog.last), (0, 0, None));
}

#[tokio::test]
async fn opening_the_database_again_finds_everything() {
    let mut house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let id = client_id();
    let first = sari.tries(room, &id, "halo").await.unwrap();

    house.reopen().await;
    let sari = house.again(&sari);

    assert_eq!(sari.texts(room).await, ["halo"]);
    assert_eq!(sari.tries(room, &id, "halo").await.unwrap(), first);
    assert_eq!(sari.says(room, "lagi").await.seq, 2);
}
