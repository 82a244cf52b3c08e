//! People, groups and files by their names, as a terminal calls them.

use bytes::Bytes;
use futures::TryStreamExt as _;
use sapa_domain::{attachments, groups, messages, people};
use sapa_model::{AppResult, DeleteFor, ErrorCode, RoomId};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person};

impl Person {
    async fn means(&self, group: &str) -> AppResult<RoomId> {
        groups::named(&self.chat, &self.scope, group).await
    }

    /// The text of a file that somebody has sent.
    async fn downloads(&self, from: &Person, name: &str) -> AppResult<String> {
        let blob = attachments::open_named(&self.chat, &self.scope, from.id(), name).await?;
        let pieces: Vec<Bytes> = blob.bytes.try_collect().await.unwrap();
        Ok(String::from_utf8(pieces.concat()).unwrap())
    }

    async fn shares(&self, room: RoomId, name: &str, text: &str) -> sapa_model::Message {
        let file = self.uploads(name, text.as_bytes()).await.unwrap();
        self.sends(room, "", &[&file]).await.unwrap()
    }

    /// Who sent what, of all that they see.
    async fn lists(&self) -> Vec<String> {
        let names = attachments::names(&self.chat, &self.scope).await.unwrap();
        names.into_iter().map(|(user, name)| format!("{user}/{name}")).collect()
    }
}

#[tokio::test]
async fn people_are_found_by_username_in_any_case() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    assert_eq!(people::named(&sari.chat, &sari.scope, "Oleh").await.unwrap(), oleh.id());
    for nobody in ["budi", "", "a\0b", "oleh;"] {
        let refused = refusal(people::named(&sari.chat, &sari.scope, nobody).await);
        assert_eq!(refused, (ErrorCode::NotFound, Some("username".to_owned())), "{nobody:?}");
    }
}

#[tokio::test]
async fn a_group_is_meant_by_its_number_whatever_others_are_called() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let direct = sari.befriends(&oleh).await;
    let own = sari.founds("Kopi", &[]).await.unwrap().room.id;
    let number = format!("#{own}");
    oleh.founds("Kopi", &[sari.id()]).await.unwrap();
    let imitated = oleh.founds(&number, &[sari.id()]).await.unwrap().room.id;
    assert_eq!(code(sari.means("Kopi").await), ErrorCode::Conflict);
    assert_eq!(sari.means(&number).await.unwrap(), own);
    // To whom that number says nothing, it is a name.
    assert_eq!(oleh.means(&number).await.unwrap(), imitated);
    assert_eq!(sari.means(&format!("#{imitated}")).await.unwrap(), imitated);
    for nothing in [format!("#{direct}"), "#0".to_owned(), "#".to_owned(), "#x".to_owned()] {
        assert_eq!(code(sari.means(&nothing).await), ErrorCode::NotFound, "{nothing}");
    }
}

#[tokio::test]
async fn a_group_is_meant_by_its_exact_name_before_any_other() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let upper = sari.founds("KOPI Їжак", &[]).await.unwrap().room.id;
    assert_eq!(sari.means("kopi  їжак").await.unwrap(), upper);
    let lower = sari.founds("kopi їжак", &[oleh.id()]).await.unwrap().room.id;
    assert_eq!(sari.means("kopi їжак").await.unwrap(), lower);
    assert_eq!(sari.means("KOPI Їжак").await.unwrap(), upper);
    assert_eq!(refusal(sari.means("Kopi Їжак").await), (ErrorCode::Conflict, Some("group".to_owned())));
    sari.founds("kopi їжак", &[]).await.unwrap();
    assert_eq!(code(sari.means("kopi їжак").await), ErrorCode::Conflict);
    // Of others' groups nothing is known.
    assert_eq!(oleh.means("KOPI Їжак").await.unwrap(), lower);
    sari.removes(lower, &oleh).await.unwrap();
    for gone in ["kopi їжак", "", "oleh", "%"] {
        assert_eq!(
            refusal(oleh.means(gone).await),
            (ErrorCode::NotFound, Some("group".to_owned())),
            "{gone}"
        );
    }
}

#[tokio::test]
async fn files_are_listed_and_fetched_by_sender_and_name() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let group = house.group(&[&sari, &oleh]).await;
    sari.shares(room, "a.txt", "lama").await;
    oleh.shares(room, "b b.txt", "punya oleh").await;
    let newest = sari.shares(group, "a.txt", "baru").await;
    sari.uploads("unsent.txt", b"x").await.unwrap();

    assert_eq!(oleh.lists().await, ["oleh/b b.txt", "sari/a.txt"]);
    assert_eq!(sari.lists().await, ["oleh/b b.txt", "sari/a.txt"]);
    assert_eq!(oleh.downloads(&sari, "a.txt").await.unwrap(), "baru");
    assert_eq!(sari.downloads(&oleh, "b b.txt").await.unwrap(), "punya oleh");
    assert_eq!(oleh.downloads(&oleh, "b b.txt").await.unwrap(), "punya oleh");
    for (from, name) in [(&oleh, "a.txt"), (&sari, "unsent.txt"), (&sari, "A.txt"), (&sari, "../a.txt")] {
        let found = oleh.downloads(from, name).await;
        if name.starts_with("..") {
            assert_eq!(found.unwrap(), "baru", "a name is cleaned as when it was sent");
        } else {
            assert_eq!(refusal(found), (ErrorCode::NotFound, Some("file".to_owned())), "{name}");
        }
    }
    messages::delete(&sari.chat, &sari.scope, group, newest.id, DeleteFor::Everyone).await.unwrap();
    assert_eq!(oleh.downloads(&sari, "a.txt").await.unwrap(), "lama");
}

#[tokio::test]
async fn who_has_left_or_was_never_there_sees_no_file() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let stranger = house.person("budi").await;
    let group = house.group(&[&sari, &oleh]).await;
    sari.shares(group, "a.txt", "isi").await;
    sari.removes(group, &oleh).await.unwrap();
    for person in [&oleh, &stranger] {
        assert_eq!(person.lists().await, [""; 0]);
        assert_eq!(code(person.downloads(&sari, "a.txt").await), ErrorCode::NotFound);
        assert_eq!(
            code(attachments::copy_named(&person.chat, &person.scope, "a.txt").await),
            ErrorCode::NotFound
        );
    }
}

#[tokio::test]
async fn a_copy_is_ones_own_and_counts() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let (pair, other) = (sari.befriends(&oleh).await, oleh.befriends(&dewi).await);
    let large = "x".repeat(2 << 20);
    let original = sari.shares(pair, "a.txt", &large).await;
    let copy = attachments::copy_named(&oleh.chat, &oleh.scope, "a.txt").await.unwrap();
    oleh.sends(other, "", &[&copy]).await.unwrap();
    // What becomes of the original is nothing to the copy.
    messages::delete(&sari.chat, &sari.scope, pair, original.id, DeleteFor::Everyone).await.unwrap();
    house.settles("the original goes", async || house.files("files").len() == 1).await;
    assert_eq!(dewi.downloads(&oleh, "a.txt").await.unwrap(), large);
    // Of 5 MiB two are taken.
    attachments::copy_named(&oleh.chat, &oleh.scope, "a.txt").await.unwrap();
    assert_eq!(
        code(attachments::copy_named(&oleh.chat, &oleh.scope, "a.txt").await),
        ErrorCode::QuotaReached
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_sent_is_given_up() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let sent = sari.shares(room, "a.txt", "isi").await;
    let file = sari.uploads("b.txt", b"isi").await.unwrap();
    attachments::discard(&oleh.chat, &oleh.scope, vec![file.id]).await.unwrap();
    assert_eq!(house.files("files").len(), 2, "it is not Oleh's");
    attachments::discard(&sari.chat, &sari.scope, vec![file.id]).await.unwrap();
    let sapa_model::MessageBody::Text { attachments: carried, .. } = sent.body else { panic!() };
    attachments::discard(&sari.chat, &sari.scope, vec![carried[0].id]).await.unwrap();
    assert_eq!(house.files("files").len(), 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM attachments").await, 1);
    assert_eq!(oleh.downloads(&sari, "a.txt").await.unwrap(), "isi");
}
