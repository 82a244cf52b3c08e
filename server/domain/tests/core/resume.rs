//! Resuming: what changed since a cursor, added to what was held, is what a fresh load shows.

use sapa_domain::{groups, messages, webhooks};
use sapa_model::limits::{RESUME_BYTES, RESUME_CHANGES_MAX, RESUME_ROOMS_MAX, SENT_FRAME_MAX_BYTES};
use sapa_model::live::{Cursor, RoomChanges};
use sapa_model::message::{DeleteFor, HistoryFrom};
use sapa_model::webhook::{Direction, NewWebhook};
use sapa_model::{ErrorCode, RoomId};

use crate::support::{House, Person, run};

/// As large as a message's text can be, on the wire twice that.
fn long(number: usize) -> String {
    format!("{number}{}", "\"".repeat(3_990))
}

impl Person {
    /// All messages of a room, oldest first, page by page.
    async fn all(&self, room: RoomId) -> Vec<sapa_model::Message> {
        let mut page = self.history(room, HistoryFrom::Latest).await;
        let mut all = page.messages;
        while page.more_before {
            page = self.history(room, HistoryFrom::Before(all[0].position)).await;
            all.splice(..0, page.messages);
        }
        all
    }
}

/// Comes again with what each answer ends with until nothing is left; gives each answer.
async fn all_changes(who: &Person, mut cursors: Vec<Cursor>) -> Vec<Vec<RoomChanges>> {
    let mut answers = Vec::new();
    while !cursors.is_empty() {
        let answer = messages::changes(&who.chat, &who.scope, &cursors).await.unwrap();
        let bytes = serde_json::to_vec(&answer).unwrap().len();
        assert!(bytes <= (2 * RESUME_BYTES).min(SENT_FRAME_MAX_BYTES), "{bytes} bytes");
        let more = answer.iter().filter(|changes| changes.more);
        cursors = more.map(|changes| Cursor { room_id: changes.room.id, seq: changes.room.seq }).collect();
        answers.push(answer);
        assert!(answers.len() < 100, "it never ends");
    }
    answers
}

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

#[tokio::test]
async fn what_does_not_fit_into_one_answer_comes_in_parts_and_each_change_once() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (one, two) = (sari.befriends(&oleh).await, house.group(&[&sari, &oleh]).await);
    let cursors = vec![Cursor { room_id: one, seq: 0 }, Cursor { room_id: two, seq: 0 }];
    for number in 0..60 {
        sari.says(one, &long(number)).await;
        sari.says(two, &long(number)).await;
    }
    let gone = oleh.history(two, HistoryFrom::Latest).await.messages[3].id;
    messages::delete(&oleh.chat, &oleh.scope, two, gone, DeleteFor::Me).await.unwrap();

    let answers = all_changes(&oleh, cursors).await;
    assert!(answers.len() > 1, "all at once");
    for room in [one, two] {
        let parts = || answers.iter().flatten().filter(move |changes| changes.room.id == room);
        let seqs: Vec<u64> =
            parts().flat_map(|changes| &changes.messages).map(|message| message.seq).collect();
        assert!(seqs.is_sorted_by(|one, next| one < next), "{seqs:?}");
        assert_eq!(parts().flat_map(|c| c.messages.clone()).collect::<Vec<_>>(), oleh.all(room).await);
        // Everyone's markers come with the last part.
        let last = parts().next_back().unwrap();
        assert_eq!((last.more, last.members.len()), (false, 2));
        assert_eq!(last.room, oleh.sees(room).await.dialog.room);
    }
    let hidden: Vec<_> = answers.iter().flatten().flat_map(|changes| &changes.hidden).collect();
    assert_eq!(hidden, [&gone]);
}

#[tokio::test]
async fn everyone_in_many_large_groups_comes_in_parts_too() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let crowd = house.crowd(200, &sari).await;
    let mut cursors = Vec::new();
    for _ in 0..8 {
        let room_id = house.group(&[&sari]).await;
        for some in crowd.chunks(100) {
            groups::add(&sari.chat, &sari.scope, room_id, some).await.unwrap();
        }
        cursors.push(Cursor { room_id, seq: sari.sees(room_id).await.dialog.room.seq });
    }
    let answers = all_changes(&sari, cursors.clone()).await;
    assert!(answers.len() > 1, "all at once");
    for Cursor { room_id, .. } in cursors {
        let members = answers.iter().flatten().filter(|c| c.room.id == room_id).map(|c| c.members.len());
        assert_eq!(members.sum::<usize>(), 201);
    }
}

#[tokio::test]
async fn a_webhook_goes_on_with_what_did_not_fit() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let url = Some("https://example.org/hook".to_owned());
    let new = NewWebhook { direction: Direction::Outgoing, name: "Arsip".to_owned(), url };
    webhooks::create(&sari.chat, &sari.scope, room, new).await.unwrap();
    for number in 0..80 {
        sari.says(room, &long(number)).await;
    }
    let (mut posts, mut told) = (0, Vec::new());
    while let Some(due) = webhooks::due(&sari.chat, &[], &[]).await.unwrap().pop() {
        let delivery = webhooks::delivery(&sari.chat, due.id).await.unwrap().unwrap();
        posts += 1;
        told.extend(delivery.post.messages);
        webhooks::settle(&sari.chat, delivery.id, delivery.seq, Ok(())).await.unwrap();
    }
    assert!(posts > 1, "all at once");
    assert_eq!(told, sari.all(room).await);
}

#[tokio::test]
async fn many_who_come_back_at_once_are_all_answered() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let begun = sari.sees(room).await.dialog.room.seq;
    for number in 0..20 {
        sari.says(room, &long(number)).await;
    }
    let coming = (0..30).map(|number| changes(if number % 2 == 0 { &sari } else { &oleh }, room, begun));
    for changed in futures::future::join_all(coming).await {
        assert_eq!((changed.messages.len(), changed.more), (20, false));
    }
}
