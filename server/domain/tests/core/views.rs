//! Views: each follower counts once for each post, when their marker passes it.

use sapa_model::message::HistoryFrom;
use sapa_model::{Event, MessageBody, RoomId};

use crate::support::{House, Person, heard};

impl Person {
    /// The views of the posts that they load, oldest first.
    async fn views(&self, room: RoomId) -> Vec<u32> {
        let page = self.history(room, HistoryFrom::Latest).await;
        let views = |body: &MessageBody| match body {
            MessageBody::Text { post, .. } => Some(post.as_ref().unwrap().views),
            _ => None,
        };
        page.messages.iter().filter_map(|message| views(&message.body)).collect()
    }
}

#[tokio::test]
async fn each_follower_counts_once() {
    let house = House::new().await;
    let (sari, oleh, maria) =
        (house.person("sari").await, house.person("oleh").await, house.person("maria").await);
    let room = sari.broadcasts("Kopi", Some("kopi")).await.unwrap().room.id;
    sari.says(room, "sebelum").await;
    oleh.follows(room).await.unwrap();
    maria.follows(room).await.unwrap();
    for text in ["satu", "dua", "tiga"] {
        sari.says(room, text).await;
    }
    assert_eq!(sari.views(room).await, [0, 0, 0, 0], "nobody views their own");
    let mut saris = sari.connects().await;
    heard::events(&mut saris).await;

    oleh.reads(room, 3).await;
    oleh.reads(room, 2).await;
    oleh.reads(room, 3).await;
    maria.reads(room, 4).await;
    oleh.reads(room, 4).await;
    assert_eq!(sari.views(room).await, [0, 2, 2, 2]);
    assert_eq!(heard::events(&mut saris).await, [], "no event tells of a view alone");

    oleh.unfollows(room).await.unwrap();
    oleh.follows(room).await.unwrap();
    oleh.reads(room, 4).await;
    assert_eq!(sari.views(room).await, [0, 2, 2, 2], "nor does whoever comes back count again");
    oleh.reacts(&sari.history(room, HistoryFrom::Latest).await.messages[2], Some("👍")).await.unwrap();
    let told = heard::events(&mut saris).await;
    let Event::Message(post) = &told[0] else { panic!("{told:?}") };
    assert!(matches!(&post.body, MessageBody::Text { post: Some(post), .. } if post.views == 2));
}

#[tokio::test]
async fn what_an_admin_answers_past_they_have_seen() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.broadcasts("Kopi", None).await.unwrap().room.id;
    let link = sari.invites(room, 1).await.unwrap().token.unwrap();
    oleh.joins(&link).await.unwrap();
    sari.names_admin(room, &oleh, true).await.unwrap();
    sari.says(room, "satu").await;
    oleh.says(room, "dua").await;
    assert_eq!(sari.views(room).await, [1, 0]);
}

#[tokio::test]
async fn a_leap_counts_for_the_newest_posts() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.broadcasts("Kopi", Some("kopi")).await.unwrap().room.id;
    oleh.follows(room).await.unwrap();
    for i in 0..=200 {
        sari.says(room, &format!("{i}")).await;
    }
    oleh.reads(room, 201).await;
    assert_eq!(house.count("SELECT count(*) FROM messages WHERE views = 1").await, 200);
    assert_eq!(house.count("SELECT views FROM messages WHERE number = 1 AND kind = 'text'").await, 0);
}
