//! What a room's messages carry, by kind and page.

use futures::future::{join, join_all};
use sapa_domain::messages;
use sapa_model::message::{GalleryKind, GalleryPage};
use sapa_model::{DeleteFor, ErrorCode, MessageId, RoomId};

use crate::support::deeds::code;
use crate::support::{House, Person, heard, run};

async fn shelf(person: &Person, room: RoomId, kind: GalleryKind, before: Option<MessageId>) -> GalleryPage {
    messages::gallery(&person.chat, &person.scope, room, kind, before).await.unwrap()
}

/// A message that carries a file of this kind, past the upload.
async fn carries(house: &House, sari: &Person, room: RoomId, text: &str, kind: &str) -> MessageId {
    let message = sari.says(room, text).await;
    run(
        &house.raw,
        format!(
            "INSERT INTO attachments (owner_id, message_id, ordinal, key, state, kind, media_type, name, size, \
             animated, voice, created_at) VALUES ({}, {}, 0, '{}', 'ready', '{kind}', 'a/b', '{text}', 1, FALSE, \
             '{{\"durationMs\":1,\"waveform\":[]}}', 1)",
            sari.id(),
            message.id,
            message.id
        ),
    )
    .await;
    message.id
}

#[tokio::test]
async fn each_shelf_has_its_own_the_newest_first() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let room = sari.befriends(&oleh).await;
    sari.says(room, "halo").await;
    for kind in ["picture", "file", "video", "audio", "voice"] {
        carries(&house, &sari, room, kind, kind).await;
    }
    let link = sari.says(room, "lihat https://example.org ya").await;
    let names = async |kind: GalleryKind| {
        let page = shelf(&oleh, room, kind, None).await;
        assert!(!page.more);
        page.messages.iter().filter_map(heard::text).collect::<Vec<_>>()
    };
    assert_eq!(names(GalleryKind::Media).await, ["video", "picture"]);
    assert_eq!(names(GalleryKind::Files).await, ["voice", "audio", "file"]);
    assert_eq!(names(GalleryKind::Links).await, ["lihat https://example.org ya"]);
    messages::delete(&house.chat, &sari.scope, room, link.id, DeleteFor::Everyone).await.unwrap();
    assert_eq!(names(GalleryKind::Links).await, [""; 0]);
    let stranger = messages::gallery(&house.chat, &dewi.scope, room, GalleryKind::Media, None).await;
    assert_eq!(code(stranger), ErrorCode::NotFound);
}

#[tokio::test]
async fn pages_follow_one_another_without_what_one_may_not_see() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let mut sent = Vec::new();
    for i in 0..35 {
        sent.push(carries(&house, &sari, room, &format!("{i}"), "picture").await);
    }
    messages::delete(&house.chat, &oleh.scope, room, sent[34], DeleteFor::Me).await.unwrap();
    let first = shelf(&oleh, room, GalleryKind::Media, None).await;
    assert_eq!((first.messages.len(), first.more), (30, true));
    let last = first.messages.last().map(|message| message.id);
    let second = shelf(&oleh, room, GalleryKind::Media, last).await;
    assert_eq!((second.messages.len(), second.more), (4, false));
    let seen: Vec<_> = first.messages.iter().chain(&second.messages).map(|message| message.id).collect();
    assert_eq!(seen, sent[..34].iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(shelf(&sari, room, GalleryKind::Media, None).await.messages[0].id, sent[34]);
}

#[tokio::test]
async fn who_looks_through_much_waits_for_themselves_alone() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let at = |person: &Person, host: u8| person.scope.from(Some([192, 0, 2, host].into()));
    let (scope, other) = (at(&sari, 1), at(&oleh, 2));
    let looks = || messages::gallery(&house.chat, &scope, room, GalleryKind::Links, None);
    // One is looked through, four wait, the rest come again later; another account goes meanwhile. Where one is done
    // before the last has come, another waits in its place.
    let many = join_all((0..32).map(|_| looks()));
    let (many, one) =
        join(many, messages::gallery(&house.chat, &other, room, GalleryKind::Links, None)).await;
    assert!(one.is_ok());
    let refused: Vec<_> = many.into_iter().filter_map(Result::err).collect();
    assert!((20..=27).contains(&refused.len()), "{}", refused.len());
    assert!(refused.iter().all(|error| error.code == ErrorCode::TooMany && error.retry_after.is_some()));
    assert!(looks().await.is_ok());
}
