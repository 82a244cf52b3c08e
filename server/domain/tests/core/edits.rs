//! Editing, its versions, deleting for oneself and for everyone, and what is left of a text.

use sapa_domain::messages;
use sapa_model::live::Cursor;
use sapa_model::message::HistoryFrom;
use sapa_model::{
    AppError, AppResult, DeleteFor, ErrorCode, Event, Message, MessageBody, MessageId, RoomId, limits,
};

use crate::support::{House, Person, heard};

impl Person {
    async fn edits(&self, room: RoomId, message: &Message, text: &str) -> AppResult<Message> {
        messages::edit(&self.chat, &self.scope, room, message.id, text).await
    }

    async fn deletes(&self, room: RoomId, message: &Message, whom: DeleteFor) -> AppResult<()> {
        messages::delete(&self.chat, &self.scope, room, message.id, whom).await
    }

    async fn restores(&self, room: RoomId, message: &Message) -> AppResult<()> {
        messages::restore(&self.chat, &self.scope, room, message.id).await
    }

    async fn versions(&self, room: RoomId, message: &Message) -> AppResult<Vec<String>> {
        let versions = messages::versions(&self.chat, &self.scope, room, message.id).await?;
        Ok(versions.into_iter().map(|version| version.text).collect())
    }

    async fn changed_since(&self, room_id: RoomId, seq: u64) -> (Vec<MessageId>, Vec<MessageId>) {
        let cursors = [Cursor { room_id, seq }];
        let changes = messages::changes(&self.chat, &self.scope, &cursors).await.unwrap().remove(0);
        (changes.messages.iter().map(|message| message.id).collect(), changes.hidden)
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, AppError>) -> ErrorCode {
    result.unwrap_err().code
}

#[tokio::test]
async fn an_edit_is_told_keeps_its_place_and_its_versions() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let first = sari.says(room, "helo").await;
    let second = sari.says(room, "apa kabar").await;
    let mut observer = oleh.connects().await;

    let edited = sari.edits(room, &first, "halo").await.unwrap();
    assert_eq!((edited.id, edited.position, edited.number), (first.id, first.position, first.number));
    assert!(edited.seq > second.seq);
    assert!(matches!(&edited.body, MessageBody::Text { text, edited_at: Some(_), .. } if text == "halo"));
    assert_eq!(heard::messages(&mut observer).await, std::slice::from_ref(&edited));
    assert_eq!(oleh.texts(room).await, ["halo", "apa kabar"]);
    assert_eq!(oleh.changed_since(room, second.seq).await, (vec![first.id], vec![]));

    // The same text again changes nothing.
    assert_eq!(sari.edits(room, &first, "halo").await.unwrap(), edited);
    assert!(heard::messages(&mut observer).await.is_empty());
    sari.edits(room, &first, "halo!").await.unwrap();
    assert_eq!(oleh.versions(room, &first).await.unwrap(), ["helo", "halo"]);
    assert_eq!(oleh.versions(room, &second).await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn an_edit_is_refused_to_others_and_to_what_no_text_is() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let stranger = house.person("budi").await;
    let room = sari.befriends(&oleh).await;
    let message = sari.says(room, "halo").await;
    let line = sari.history(room, HistoryFrom::Latest).await.messages.remove(0);
    assert!(matches!(line.body, MessageBody::System { .. }));

    assert_eq!(code(oleh.edits(room, &message, "x").await), ErrorCode::Forbidden);
    assert_eq!(code(stranger.edits(room, &message, "x").await), ErrorCode::NotFound);
    assert_eq!(code(sari.edits(room, &line, "x").await), ErrorCode::Forbidden);
    assert_eq!(code(sari.edits(room, &message, " ").await), ErrorCode::Required);
    assert_eq!(code(sari.edits(room, &message, "a\0").await), ErrorCode::BadCharacters);
    assert_eq!(code(stranger.versions(room, &message).await), ErrorCode::NotFound);
    assert_eq!(house.count("SELECT COUNT(*) FROM message_versions").await, 0);

    for n in 0..limits::MESSAGE_EDITS_MAX {
        sari.edits(room, &message, &n.to_string()).await.unwrap();
    }
    assert_eq!(code(sari.edits(room, &message, "one more").await), ErrorCode::LimitReached);
    sari.blocks(&oleh).await;
    assert_eq!(code(sari.edits(room, &message, "hm").await), ErrorCode::Blocked);
}

#[tokio::test]
async fn an_edit_across_a_block_is_seen_by_its_author_alone() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let message = oleh.says(room, "before").await;
    sari.blocks(&oleh).await;
    let mut observer = sari.connects().await;

    let edited = oleh.edits(room, &message, "behind the wall").await.unwrap();
    assert!(
        matches!(&edited.body, MessageBody::Text { text, edited_at: Some(_), .. } if text == "behind the wall")
    );
    assert!(heard::messages(&mut observer).await.is_empty());
    assert_eq!(oleh.texts(room).await, ["behind the wall"]);
    assert_eq!(sari.texts(room).await, ["before"]);
    assert_eq!(oleh.versions(room, &message).await.unwrap(), ["before"]);
    assert!(sari.versions(room, &message).await.unwrap().is_empty());

    sari.unblocks(&oleh).await;
    oleh.edits(room, &message, "after").await.unwrap();
    assert_eq!(sari.texts(room).await, ["after"]);
    assert_eq!(sari.versions(room, &message).await.unwrap(), ["before"]);
    assert_eq!(oleh.versions(room, &message).await.unwrap(), ["before", "behind the wall"]);
}

#[tokio::test]
async fn deleted_for_me_is_gone_for_me_alone_until_i_take_it_back() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    sari.says(room, "one").await;
    let last = sari.says(room, "two").await;
    let (mut mine, mut theirs) = (oleh.connects().await, sari.connects().await);
    heard::events(&mut mine).await;
    heard::events(&mut theirs).await;

    oleh.deletes(room, &last, DeleteFor::Me).await.unwrap();
    oleh.deletes(room, &last, DeleteFor::Me).await.unwrap();
    let events = heard::events(&mut mine).await;
    assert!(
        matches!(&events[..], [Event::Hidden { message_id, .. }, Event::Dialog(dialog)]
            if *message_id == last.id && heard::text(dialog.last.as_ref().unwrap()).unwrap() == "one"),
        "{events:?}"
    );
    assert!(heard::events(&mut theirs).await.is_empty());
    assert_eq!(oleh.texts(room).await, ["one"]);
    assert_eq!(sari.texts(room).await, ["one", "two"]);
    assert_eq!(oleh.changed_since(room, last.seq).await, (vec![], vec![last.id]));
    assert_eq!(sari.changed_since(room, last.seq).await, (vec![], vec![]));
    let found = messages::find(&oleh.chat, &oleh.scope, room, last.id).await;
    assert_eq!(code(found), ErrorCode::NotFound);

    let seq = oleh.sees(room).await.dialog.room.seq;
    oleh.restores(room, &last).await.unwrap();
    assert_eq!(oleh.texts(room).await, ["one", "two"]);
    assert_eq!(oleh.changed_since(room, seq).await, (vec![last.id], vec![]));
    assert_eq!(code(oleh.restores(room, &last).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn deleted_for_everyone_leaves_a_tombstone_that_can_be_undone_for_a_while() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let message = sari.says(room, "salah kirim").await;
    let mut observer = oleh.connects().await;

    assert_eq!(code(oleh.deletes(room, &message, DeleteFor::Everyone).await), ErrorCode::Forbidden);
    sari.deletes(room, &message, DeleteFor::Everyone).await.unwrap();
    sari.deletes(room, &message, DeleteFor::Everyone).await.unwrap();
    let [tombstone] = &heard::messages(&mut observer).await[..] else { panic!("one change is told") };
    assert_eq!(tombstone.body, MessageBody::Deleted { by_author: true });
    assert_eq!((tombstone.id, tombstone.position), (message.id, message.position));
    assert!(oleh.texts(room).await.is_empty());
    assert_eq!(code(sari.edits(room, &message, "x").await), ErrorCode::NotFound);
    assert_eq!(code(oleh.versions(room, &message).await), ErrorCode::NotFound);

    assert_eq!(code(oleh.restores(room, &message).await), ErrorCode::NotFound);
    sari.restores(room, &message).await.unwrap();
    assert_eq!(oleh.texts(room).await, ["salah kirim"]);
    assert_eq!(heard::messages(&mut observer).await.len(), 1);
}

#[tokio::test]
async fn admins_delete_what_others_wrote_in_a_group() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    let (theirs, mine) = (oleh.says(room, "spam").await, sari.says(room, "halo").await);
    assert_eq!(code(oleh.deletes(room, &mine, DeleteFor::Everyone).await), ErrorCode::Forbidden);
    sari.deletes(room, &theirs, DeleteFor::Everyone).await.unwrap();
    let bodies: Vec<_> = oleh
        .history(room, HistoryFrom::Latest)
        .await
        .messages
        .into_iter()
        .map(|message| message.body)
        .collect();
    assert!(bodies.contains(&MessageBody::Deleted { by_author: false }));
    // Who deleted it takes it back, and nobody else.
    assert_eq!(code(oleh.restores(room, &theirs).await), ErrorCode::NotFound);
    sari.restores(room, &theirs).await.unwrap();
}

#[tokio::test]
async fn a_deleted_text_and_its_versions_are_found_nowhere_in_the_files() {
    const CANARY: &str = "kenari-kuning-4711";
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    sari.says(room, "before").await;
    let message = sari.says(room, &format!("{CANARY} one")).await;
    sari.edits(room, &message, &format!("{CANARY} two")).await.unwrap();
    for n in 0..20 {
        oleh.says(room, &format!("after {n}")).await;
    }
    assert!(house.files_hold(CANARY), "the test must be able to find it");

    sari.deletes(room, &message, DeleteFor::Everyone).await.unwrap();
    house.settles("the text is gone from the files", async || !house.files_hold(CANARY)).await;
    assert_eq!(code(sari.restores(room, &message).await), ErrorCode::NotFound);
    assert_eq!(house.count("SELECT COUNT(*) FROM message_versions").await, 0);
}

#[tokio::test]
async fn a_deletion_is_finished_after_a_restart() {
    let mut house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let message = sari.says(room, "rahasia").await;
    sari.deletes(room, &message, DeleteFor::Everyone).await.unwrap();
    house.reopen().await;
    let waiting = "SELECT COUNT(*) FROM messages WHERE body = 'rahasia'";
    assert_eq!(house.count(waiting).await, 1);
    house.settles("the text is purged", async || house.count(waiting).await == 0).await;
}
