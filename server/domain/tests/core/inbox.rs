//! The inbox: fetched once, and whole.

use sapa_domain::inbox::{self, Fetched, Received};
use sapa_domain::{Scope, messages};
use sapa_model::{DeleteFor, ErrorCode, Event, TokenScope, TokenScopes, limits};

use crate::support::deeds::code;
use crate::support::{House, Person, heard, run};

impl Person {
    async fn fetches(&self) -> Fetched {
        inbox::fetch(&self.chat, &self.scope).await.unwrap()
    }

    async fn marks(&self, fetched: Fetched) {
        inbox::mark(&self.chat, &self.scope, fetched).await.unwrap();
    }

    /// Fetches and marks; tells who said what.
    async fn empties(&self) -> Vec<String> {
        let fetched = self.fetches().await;
        let said = said(&fetched.messages);
        self.marks(fetched).await;
        said
    }

    async fn recalls(&self) -> Vec<String> {
        said(&inbox::recent(&self.chat, &self.scope).await.unwrap())
    }
}

fn said(messages: &[Received]) -> Vec<String> {
    let line = |message: &Received| {
        let group = message.group.as_deref().map(|group| format!(" in {group}")).unwrap_or_default();
        format!("{}{group}: {}", message.sender, message.text)
    };
    messages.iter().map(line).collect()
}

#[tokio::test]
async fn what_others_say_is_fetched_once() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let pair = sari.befriends(&oleh).await;
    let group = house.group(&[&sari, &oleh, &dewi]).await;
    sari.says(pair, "satu").await;
    dewi.says(group, "dua").await;
    oleh.says(pair, "mine").await;
    sari.says(pair, "tiga").await;

    // Until it is marked it comes again.
    for _ in 0..2 {
        assert_eq!(said(&oleh.fetches().await.messages), ["sari: satu", "dewi in Kopi: dua", "sari: tiga"]);
    }
    assert_eq!(oleh.empties().await.len(), 3);
    assert_eq!(oleh.empties().await, [""; 0]);
    sari.says(pair, "empat").await;
    assert_eq!(oleh.empties().await, ["sari: empat"]);
    assert_eq!(
        oleh.recalls().await,
        ["sari: satu", "dewi in Kopi: dua", "sari: tiga", "sari: empat"],
        "and stays to be read again"
    );
    assert_eq!(sari.empties().await, ["dewi in Kopi: dua", "oleh: mine"]);
}

#[tokio::test]
async fn what_comes_between_fetching_and_marking_is_not_lost() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    sari.says(room, "satu").await;
    let fetched = oleh.fetches().await;
    sari.says(room, "dua").await;
    let both = oleh.fetches().await;
    oleh.marks(both).await;
    // An older fetch takes nothing back.
    oleh.marks(fetched).await;
    assert_eq!(oleh.empties().await, [""; 0]);
}

#[tokio::test]
async fn nothing_is_told_that_the_list_does_not_show() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (blocked, stranger, declined) =
        (house.person("budi").await, house.person("petro").await, house.person("rina").await);
    let room = sari.befriends(&oleh).await;
    let deleted = sari.says(room, "deleted").await;
    let hidden = sari.says(room, "hidden").await;
    sari.says(room, "seen").await;
    messages::delete(&sari.chat, &sari.scope, room, deleted.id, DeleteFor::Everyone).await.unwrap();
    messages::delete(&oleh.chat, &oleh.scope, room, hidden.id, DeleteFor::Me).await.unwrap();
    let blocks = blocked.befriends(&oleh).await;
    oleh.blocks(&blocked).await;
    blocked.says(blocks, "blocked").await;
    let asked = stranger.opens(&oleh).await.room.id;
    stranger.says(asked, "asked").await;
    let refused = declined.opens(&oleh).await.room.id;
    declined.says(refused, "declined").await;
    oleh.answers(refused, false).await;

    assert_eq!(oleh.recalls().await, ["sari: seen", "petro: asked"]);
    assert_eq!(oleh.empties().await, ["sari: seen", "petro: asked"]);
}

#[tokio::test]
async fn who_comes_into_a_group_fetches_what_is_said_from_then_on() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let group = sari.founds("Kopi", &[]).await.unwrap().room.id;
    sari.says(group, "before").await;
    sari.adds(group, &[oleh.id()]).await.unwrap();
    sari.says(group, "after").await;
    assert_eq!(oleh.empties().await, ["sari in Kopi: after"]);

    sari.says(group, "last").await;
    let fetched = oleh.fetches().await;
    sari.removes(group, &oleh).await.unwrap();
    assert_eq!(oleh.empties().await, [""; 0]);
    // Marked too late, it changes nothing.
    oleh.marks(fetched).await;
    sari.says(group, "without").await;
    sari.adds(group, &[oleh.id()]).await.unwrap();
    sari.says(group, "again").await;
    assert_eq!(oleh.empties().await, ["sari in Kopi: again"]);
}

#[tokio::test]
async fn a_thousand_come_at_a_time() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    let count = limits::INBOX_PAGE + 1;
    run(
        &house.raw,
        format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
             INSERT INTO messages (room_id, sender_id, client_id, seq, position, number, kind, body, shadowed, created_at) \
             SELECT {room}, {sari}, 'c' || i, i, i, i, 'text', 'm' || i, 0, 1 FROM n; \
             UPDATE rooms SET last_seq = {count}, last_number = {count} WHERE id = {room}",
            sari = sari.id()
        ),
    )
    .await;
    assert_eq!(oleh.recalls().await.first().unwrap(), "sari in Kopi: m2");
    let first = oleh.empties().await;
    assert_eq!((first.len(), first[0].as_str()), (limits::INBOX_PAGE, "sari in Kopi: m1"));
    assert_eq!(oleh.empties().await, [format!("sari in Kopi: m{count}")]);
    assert_eq!(oleh.empties().await, [""; 0]);
}

#[tokio::test]
async fn so_much_text_as_fits_comes_at_a_time() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    // 12,000 bytes each.
    run(
        &house.raw,
        format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) \
             INSERT INTO messages (room_id, sender_id, client_id, seq, position, number, kind, body, shadowed, created_at) \
             SELECT {room}, {sari}, 'c' || i, i, i, i, 'text', replace(hex(zeroblob(2000)), '0', '語'), 0, 1 FROM n; \
             UPDATE rooms SET last_seq = 700, last_number = 700 WHERE id = {room}",
            sari = sari.id()
        ),
    )
    .await;
    let fetches = [oleh.empties().await.len(), oleh.empties().await.len(), oleh.empties().await.len()];
    assert_eq!(fetches, [limits::INBOX_BYTES / 12_000, limits::INBOX_BYTES / 12_000, 2]);
}

#[tokio::test]
async fn the_sender_sees_it_delivered_and_not_read() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let message = sari.says(room, "halo").await;
    let mut connection = sari.connects().await;
    heard::events(&mut connection).await;
    let fetched = oleh.fetches().await;
    assert_eq!(heard::events(&mut connection).await, [], "fetched is not arrived");
    oleh.marks(fetched).await;
    let marker = Event::Marker { room_id: room, user_id: oleh.id(), delivered: message.number, read: 0 };
    assert_eq!(heard::events(&mut connection).await, [marker]);
    assert_eq!(oleh.sees(room).await.dialog.unread(), 1);
}

#[tokio::test]
async fn a_token_that_may_only_read_moves_no_markers() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    sari.says(room, "halo").await;
    let may = |scope| Some(TokenScopes::default().with(scope, true));
    let reader = Scope { token: may(TokenScope::Read), ..oleh.scope };
    assert_eq!(said(&inbox::recent(&oleh.chat, &reader).await.unwrap()), ["sari: halo"]);
    assert_eq!(code(inbox::fetch(&oleh.chat, &reader).await), ErrorCode::Forbidden);
    let fetched = oleh.fetches().await;
    assert_eq!(code(inbox::mark(&oleh.chat, &reader, fetched).await), ErrorCode::Forbidden);
    let writer = Scope { token: may(TokenScope::Write), ..oleh.scope };
    assert_eq!(code(inbox::recent(&oleh.chat, &writer).await), ErrorCode::Forbidden);
}
