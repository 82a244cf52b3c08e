//! Resuming: what changed since a cursor, added to what was held, is what a fresh load shows.

use sapa_domain::messages;
use sapa_model::limits::{RESUME_CHANGES_MAX, RESUME_ROOMS_MAX};
use sapa_model::live::{Cursor, RoomChanges};
use sapa_model::message::HistoryFrom;
use sapa_model::{ErrorCode, RoomId};

use crate::support::{House, Person, run};

async fn changes(who: &Person, room_id: RoomId, seq: u64) -> RoomChanges {
    let cursors = [Cursor { room_id, seq }];
    messages::changes(&who.chat, &who.scope, &cursors).await.unwrap().remove(0)
}

#[tokio::test]
async fn what_was_held_and_what_changed_make_the_fresh_state() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    sari.says(room, "one").await;
    let mut held = oleh.history(room, HistoryFrom::Latest).await.messages;
    let seq = oleh.sees(room).await.dialog.room.seq;
    sari.says(room, "two").await;
    oleh.says(room, "three").await;
    sari.reads(room, 3).await;

    let changed = changes(&oleh, room, seq).await;
    held.extend(changed.messages);

    assert_eq!(held, oleh.history(room, HistoryFrom::Latest).await.messages);
    let fresh = oleh.sees(room).await;
    assert_eq!(changed.room, fresh.dialog.room);
    assert!(changed.members.iter().all(|member| fresh.members.contains(member)));
    assert_eq!(changed.members.len(), fresh.members.len());
    assert!(changes(&oleh, room, changed.room.seq).await.messages.is_empty());
}

#[tokio::test]
async fn many_rooms_resume_at_once_each_from_its_own_cursor() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (one, two) = (house.group(&[&sari]).await, house.group(&[&sari]).await);
    let foreign = house.group(&[&oleh]).await;
    for room in [one, two] {
        for text in ["a", "b", "c"] {
            sari.says(room, text).await;
        }
    }
    let cursors = [(one, 2), (two, 0), (foreign, 0)].map(|(room_id, seq)| Cursor { room_id, seq });
    let changed = messages::changes(&sari.chat, &sari.scope, &cursors).await.unwrap();
    let told: Vec<_> = changed.iter().map(|c| (c.room.id, c.messages.len())).collect();
    assert_eq!(told, [(one, 1), (two, 3)]);

    let many = vec![cursors[0]; RESUME_ROOMS_MAX + 1];
    let refused = messages::changes(&sari.chat, &sari.scope, &many).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::LimitReached);
}

#[tokio::test]
async fn too_far_behind_or_ahead_means_loading_anew() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    sari.says(room, "halo").await;
    assert!(changes(&sari, room, 9).await.reload);
    run(&house.raw, format!("UPDATE rooms SET last_seq = {}", RESUME_CHANGES_MAX + 2)).await;
    assert!(changes(&sari, room, 1).await.reload);
    assert!(!changes(&sari, room, 2).await.reload);
}
