//! Reactions: one of each person, counted for all, and nobody's business across a block.

use sapa_domain::messages;
use sapa_model::message::{DeleteFor, HistoryFrom};
use sapa_model::{ErrorCode, Event, Message, MessageBody};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, heard};

/// The counts, and the viewer's own.
fn reactions(message: &Message) -> (Vec<(&str, u32)>, Option<&str>) {
    let MessageBody::Text { reactions, reacted, .. } = &message.body else { panic!("{message:?}") };
    let counts = reactions.iter().map(|reaction| (reaction.emoji.as_str(), reaction.count)).collect();
    (counts, reacted.as_ref().map(sapa_model::Emoji::as_str))
}

impl Person {
    /// A message as they see it when they load it.
    async fn loads(&self, message: &Message) -> Message {
        messages::find(&self.chat, &self.scope, message.room_id, message.id).await.unwrap()
    }
}

#[tokio::test]
async fn each_person_has_one_reaction_and_all_see_the_counts() {
    let house = House::new().await;
    let (sari, oleh, maria) =
        (house.person("sari").await, house.person("oleh").await, house.person("maria").await);
    let room = house.group(&[&sari, &oleh, &maria]).await;
    let text = sari.says(room, "halo").await;
    let (mut olehs, mut marias) = (oleh.connects().await, maria.connects().await);
    heard::events(&mut olehs).await;
    heard::events(&mut marias).await;

    let mine = oleh.reacts(&text, Some("👍")).await.unwrap();
    assert_eq!(reactions(&mine), (vec![("👍", 1)], Some("👍")));
    assert!(mine.seq > text.seq && mine.position == text.position);
    maria.reacts(&text, Some("👍")).await.unwrap();
    oleh.reacts(&text, Some("❤️")).await.unwrap();

    let told = heard::messages(&mut marias).await;
    let told: Vec<_> = told.iter().map(reactions).collect();
    let nobodys = |counts| (counts, None);
    assert_eq!(
        told,
        [nobodys(vec![("👍", 1)]), nobodys(vec![("👍", 2)]), nobodys(vec![("👍", 1), ("❤️", 1)]),]
    );
    let own: Vec<_> = heard::events(&mut olehs)
        .await
        .into_iter()
        .filter_map(|event| match event {
            Event::Reacted { emoji, message_id, .. } if message_id == text.id => {
                Some(emoji.unwrap().to_string())
            }
            _ => None,
        })
        .collect();
    assert_eq!(own, ["👍", "❤️"], "one's own devices hear which it was");
    assert_eq!(reactions(&maria.loads(&text).await), (vec![("👍", 1), ("❤️", 1)], Some("👍")));
    let page = oleh.history(room, HistoryFrom::Latest).await;
    assert_eq!(reactions(&page.messages[0]).1, Some("❤️"));

    oleh.reacts(&text, None).await.unwrap();
    assert_eq!(reactions(&oleh.loads(&text).await), (vec![("👍", 1)], None));
    let before = oleh.loads(&text).await.seq;
    oleh.reacts(&text, None).await.unwrap();
    maria.reacts(&text, Some("👍")).await.unwrap();
    assert_eq!(oleh.loads(&text).await.seq, before, "the same again changes nothing");

    let who = messages::reactors(&oleh.chat, &oleh.scope, room, text.id, None).await.unwrap();
    assert_eq!(
        who.reactors.iter().map(|r| (r.user.id, r.emoji.as_str())).collect::<Vec<_>>(),
        [(maria.id(), "👍")]
    );
}

#[tokio::test]
async fn an_edit_by_its_author_tells_nobody_of_the_author_s_reaction() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let text = sari.says(room, "halo").await;
    sari.reacts(&text, Some("😂")).await.unwrap();
    let mut olehs = oleh.connects().await;
    heard::events(&mut olehs).await;
    messages::edit(&sari.chat, &sari.scope, room, text.id, "halo!").await.unwrap();
    let told = heard::messages(&mut olehs).await;
    assert_eq!(reactions(&told[0]), (vec![("😂", 1)], None));
}

#[tokio::test]
async fn what_is_no_emoji_or_no_message_takes_no_reaction() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let text = sari.says(room, "halo").await;
    let field = Some("emoji".to_owned());
    assert_eq!(refusal(oleh.reacts(&text, Some("ok")).await), (ErrorCode::Invalid, field.clone()));
    assert_eq!(refusal(oleh.reacts(&text, Some("")).await), (ErrorCode::Required, field.clone()));
    let budi = house.person("budi").await;
    assert_eq!(code(budi.reacts(&text, Some("👍")).await), ErrorCode::NotFound);
    oleh.reacts(&text, Some("👍")).await.unwrap();
    messages::delete(&sari.chat, &sari.scope, room, text.id, DeleteFor::Everyone).await.unwrap();
    assert_eq!(code(oleh.reacts(&text, Some("❤️")).await), ErrorCode::NotFound);
    house
        .settles("the reactions are purged", async || {
            house
                .count("SELECT (SELECT count(*) FROM reactions) + (SELECT count(*) FROM reaction_counts)")
                .await
                == 0
        })
        .await;
}

#[tokio::test]
async fn there_are_so_many_different_ones_at_most() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let oleh = house.person("oleh").await;
    let room = house.group(&[&sari, &oleh]).await;
    let text = sari.says(room, "halo").await;
    for i in 0..20 {
        let emoji = char::from_u32(0x1F600 + i).unwrap();
        crate::support::run(
            &house.raw,
            format!("INSERT INTO reaction_counts VALUES ({}, '{emoji}', 1, {i})", text.id),
        )
        .await;
    }
    assert_eq!(
        refusal(oleh.reacts(&text, Some("🙏")).await),
        (ErrorCode::LimitReached, Some("emoji".to_owned()))
    );
    oleh.reacts(&text, Some("\u{1F600}")).await.unwrap();
}

#[tokio::test]
async fn a_blocked_person_s_reaction_only_they_see() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let text = sari.says(room, "halo").await;
    sari.reacts(&text, Some("👍")).await.unwrap();
    sari.blocks(&oleh).await;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;

    let seen = oleh.reacts(&text, Some("👍")).await.unwrap();
    assert_eq!(reactions(&seen), (vec![("👍", 2)], Some("👍")), "as if nothing stood between them");
    assert_eq!(heard::events(&mut saris).await, []);
    assert_eq!(reactions(&sari.loads(&text).await), (vec![("👍", 1)], Some("👍")));
    assert_eq!(code(sari.reacts(&text, Some("❤️")).await), ErrorCode::Blocked);
    assert_eq!(heard::messages(&mut olehs).await.len(), 1);

    // Nor does a later change of the message take it from them, or give it away.
    sari.unblocks(&oleh).await;
    heard::events(&mut olehs).await;
    messages::edit(&sari.chat, &sari.scope, room, text.id, "halo!").await.unwrap();
    assert_eq!(reactions(&heard::messages(&mut olehs).await[0]).0, [("👍", 2)]);
    assert_eq!(reactions(&heard::messages(&mut saris).await[0]).0, [("👍", 1)]);
    let who = messages::reactors(&sari.chat, &sari.scope, room, text.id, None).await.unwrap();
    assert_eq!(who.reactors.len(), 1);
}

#[tokio::test]
async fn followers_react_and_only_admins_learn_who() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.broadcasts("Kopi", Some("kopi")).await.unwrap().room.id;
    oleh.follows(room).await.unwrap();
    let post = sari.says(room, "halo").await;
    oleh.reacts(&post, Some("☕")).await.unwrap();
    assert_eq!(
        code(messages::reactors(&oleh.chat, &oleh.scope, room, post.id, None).await),
        ErrorCode::Forbidden
    );
    let who = messages::reactors(&sari.chat, &sari.scope, room, post.id, None).await.unwrap();
    assert_eq!(who.reactors[0].user.id, oleh.id());
}
