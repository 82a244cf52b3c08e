//! What partners would have written, and what becomes of it.

use sapa_domain::messages;
use sapa_model::message::{Correction, HistoryFrom};
use sapa_model::{AppResult, DeleteFor, ErrorCode, Event, Message, MessageBody, RoomId};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, heard};

impl Person {
    async fn corrects(&self, message: &Message, text: &str) -> AppResult<Message> {
        messages::correct(&self.chat, &self.scope, message.room_id, message.id, text).await
    }

    async fn accepts_correction(&self, message: &Message, by: &Person) -> AppResult<Message> {
        messages::accept_correction(&self.chat, &self.scope, message.room_id, message.id, by.id()).await
    }

    /// The corrections that this person sees of the last message of a room.
    async fn corrections(&self, room_id: RoomId) -> Vec<Correction> {
        let page = self.history(room_id, HistoryFrom::Latest).await;
        corrections(page.messages.last().unwrap())
    }
}

fn corrections(message: &Message) -> Vec<Correction> {
    match &message.body {
        MessageBody::Text { corrections, .. } => corrections.clone(),
        other => panic!("{other:?}"),
    }
}

fn texts(corrections: &[Correction]) -> Vec<&str> {
    corrections.iter().map(|correction| correction.text.as_str()).collect()
}

#[tokio::test]
async fn a_correction_is_seen_by_all_and_taken_over_by_the_author() {
    let house = House::new().await;
    let (sari, oleh, maya) =
        (house.person("sari").await, house.person("oleh").await, house.person("maya").await);
    let room = house.group(&[&sari, &oleh, &maya]).await;
    let said = sari.says(room, "Я хочу купити один кава").await;
    let mut mayas = maya.connects().await;
    heard::events(&mut mayas).await;

    oleh.corrects(&said, "Я хочу купити одну каву").await.unwrap();
    let told = heard::messages(&mut mayas).await;
    assert_eq!(texts(&corrections(&told[0])), ["Я хочу купити одну каву"]);
    assert!(told[0].seq > said.seq && told[0].number == said.number);
    maya.corrects(&said, "Я хотіла б одну каву").await.unwrap();
    oleh.corrects(&said, "Я хочу купити каву").await.unwrap();
    let seen = sari.corrections(room).await;
    assert_eq!(texts(&seen), ["Я хотіла б одну каву", "Я хочу купити каву"], "one of each, the newest last");
    assert!(
        seen.iter()
            .all(|correction| !correction.accepted && correction.original == heard::text(&said).unwrap())
    );

    let accepted = sari.accepts_correction(&said, &oleh).await.unwrap();
    assert_eq!(heard::text(&accepted).unwrap(), "Я хочу купити каву");
    let left = corrections(&accepted);
    assert_eq!((texts(&left), left[0].accepted), (vec!["Я хочу купити каву"], true));
    let versions = messages::versions(&house.chat, &maya.scope, room, said.id).await.unwrap();
    assert_eq!(versions[0].text, "Я хочу купити один кава");

    // What is edited by hand is another text.
    messages::edit(&house.chat, &sari.scope, room, said.id, "Я хочу чай").await.unwrap();
    assert_eq!(sari.corrections(room).await, []);
}

#[tokio::test]
async fn who_may_not_and_what_makes_no_sense_is_refused() {
    use ErrorCode::{Forbidden, Invalid, LimitReached, NotFound, Required, TooLong};
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let mut people = vec![sari.clone(), oleh.clone()];
    for i in 0..6 {
        people.push(house.person(&format!("teman{i}")).await);
    }
    let room = house.group(&people.iter().collect::<Vec<_>>()).await;
    let said = sari.says(room, "halo").await;
    let field = |field: &str| Some(field.to_owned());
    assert_eq!(refusal(oleh.corrects(&said, " halo ").await), (Invalid, field("text")));
    assert_eq!(refusal(oleh.corrects(&said, "").await), (Required, field("text")));
    assert_eq!(refusal(oleh.corrects(&said, &"x".repeat(4_001)).await), (TooLong, field("text")));
    assert_eq!(code(sari.corrects(&said, "hai").await), Forbidden);
    assert_eq!(code(dewi.corrects(&said, "hai").await), NotFound);
    assert_eq!(code(sari.accepts_correction(&said, &oleh).await), NotFound);
    for (i, person) in people.iter().skip(1).enumerate() {
        let made = person.corrects(&said, &format!("halo {i}")).await;
        if i < 5 {
            made.unwrap();
        } else {
            assert_eq!(code(made), LimitReached);
        }
    }
    assert_eq!(code(oleh.accepts_correction(&said, &oleh).await), Forbidden);
    messages::take_back_correction(&house.chat, &oleh.scope, room, said.id).await.unwrap();
    assert_eq!(code(sari.accepts_correction(&said, &oleh).await), NotFound);
    assert_eq!(house.count("SELECT count(*) FROM corrections").await, 4);
    messages::delete(&house.chat, &sari.scope, room, said.id, DeleteFor::Everyone).await.unwrap();
    assert_eq!(code(oleh.corrects(&said, "hai").await), NotFound);
    house
        .settles("corrections go with their message", async || {
            house.count("SELECT count(*) FROM corrections").await == 0
        })
        .await;
}

#[tokio::test]
async fn across_a_block_it_is_seen_by_its_author_alone() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let said = sari.says(room, "halo").await;
    sari.blocks(&oleh).await;
    let mut saris = sari.connects().await;
    heard::events(&mut saris).await;
    let made = oleh.corrects(&said, "hai").await.unwrap();
    assert_eq!(texts(&corrections(&made)), ["hai"]);
    assert_eq!(texts(&oleh.corrections(room).await), ["hai"], "nothing tells him");
    assert_eq!(sari.corrections(room).await, []);
    let told = heard::events(&mut saris).await;
    assert!(!told.iter().any(|event| matches!(event, Event::Message(_))));
    assert_eq!(code(sari.accepts_correction(&said, &oleh).await), ErrorCode::NotFound);
    assert_eq!(code(sari.corrects(&oleh.says(room, "x").await, "y").await), ErrorCode::NotFound);
}
