//! Comments: beside the posts, for those who follow, deletable without a trace.

use sapa_domain::{channels, comments, messages};
use sapa_model::comment::CommentsFrom;
use sapa_model::message::DeleteFor;
use sapa_model::{AppResult, ChannelSettings, CommentId, ErrorCode, Event, Message, MessageBody, RoomId};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id, heard, run};

impl Person {
    async fn reads_comments(&self, post: &Message) -> AppResult<Vec<String>> {
        let page =
            comments::list(&self.chat, &self.scope, post.room_id, post.id, CommentsFrom::Latest).await?;
        Ok(page.comments.into_iter().map(|comment| comment.text).collect())
    }

    async fn deletes_comment(&self, id: CommentId) -> AppResult<()> {
        comments::delete(&self.chat, &self.scope, id).await
    }

    async fn lets_comment(&self, room: RoomId, comments: bool) {
        let settings = ChannelSettings {
            name: "Kopi".to_owned(),
            handle: Some("kopi".to_owned()),
            comments,
            ..Default::default()
        };
        channels::change(&self.chat, &self.scope, room, &settings).await.unwrap();
    }
}

async fn channel(house: &House) -> (Person, Person, Message) {
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.broadcasts("Kopi", Some("kopi")).await.unwrap().room.id;
    oleh.follows(room).await.unwrap();
    let post = sari.says(room, "halo").await;
    (sari, oleh, post)
}

fn counted(message: &Message) -> u32 {
    let MessageBody::Text { post: Some(post), .. } = &message.body else { panic!("{message:?}") };
    post.comments
}

#[tokio::test]
async fn a_comment_is_a_change_of_its_post() {
    let house = House::new().await;
    let (sari, oleh, post) = channel(&house).await;
    let unread = sari.sees(post.room_id).await.dialog.unread();
    let mut saris = sari.connects().await;
    heard::events(&mut saris).await;

    oleh.comments(&post, " enak ").await.unwrap();

    let told = heard::events(&mut saris).await;
    let [Event::Message(changed)] = &told[..] else { panic!("{told:?}") };
    assert!(changed.id == post.id && changed.seq > post.seq && counted(changed) == 1);
    assert_eq!(sari.reads_comments(&post).await.unwrap(), ["enak"]);
    assert_eq!(sari.sees(post.room_id).await.dialog.unread(), unread, "it is not unread");
    let again = client_id();
    for _ in 0..2 {
        comments::add(&oleh.chat, &oleh.scope, post.room_id, post.id, again.clone(), "dua").await.unwrap();
    }
    assert_eq!(oleh.reads_comments(&post).await.unwrap(), ["enak", "dua"], "the same again is the first one");
}

#[tokio::test]
async fn comments_are_for_those_who_follow() {
    let house = House::new().await;
    let (sari, oleh, post) = channel(&house).await;
    let budi = house.person("budi").await;
    let comment = oleh.comments(&post, "enak").await.unwrap();
    assert_eq!(code(budi.comments(&post, "aku?").await), ErrorCode::NotFound);
    assert_eq!(code(budi.reads_comments(&post).await), ErrorCode::NotFound);
    assert_eq!(code(budi.deletes_comment(comment.id).await), ErrorCode::NotFound);
    let group = house.group(&[&sari, &oleh]).await;
    let text = sari.says(group, "halo").await;
    assert_eq!(code(oleh.comments(&text, "enak").await), ErrorCode::NotFound, "a message is no post");
    let field = Some("text".to_owned());
    assert_eq!(refusal(oleh.comments(&post, " ").await), (ErrorCode::Required, field.clone()));
    assert_eq!(refusal(oleh.comments(&post, &"a".repeat(1_001)).await), (ErrorCode::TooLong, field));
}

#[tokio::test]
async fn its_author_and_the_admins_delete_a_comment_for_good() {
    let house = House::new().await;
    let (sari, oleh, post) = channel(&house).await;
    let maria = house.person("maria").await;
    maria.follows(post.room_id).await.unwrap();
    let first = oleh.comments(&post, "kata-pertama").await.unwrap();
    let second = oleh.comments(&post, "kata-kedua").await.unwrap();
    assert_eq!(code(maria.deletes_comment(first.id).await), ErrorCode::Forbidden);
    let mut marias = maria.connects().await;
    heard::events(&mut marias).await;
    oleh.deletes_comment(first.id).await.unwrap();
    sari.deletes_comment(second.id).await.unwrap();
    assert_eq!(code(sari.deletes_comment(second.id).await), ErrorCode::NotFound);
    assert_eq!(heard::messages(&mut marias).await.iter().map(counted).collect::<Vec<_>>(), [1, 0]);
    assert!(sari.reads_comments(&post).await.unwrap().is_empty());
    for word in ["kata-pertama", "kata-kedua"] {
        house.settles("deleted is gone", async || !house.files_hold(word)).await;
    }
}

#[tokio::test]
async fn turned_off_they_are_closed_to_all_but_admins() {
    let house = House::new().await;
    let (sari, oleh, post) = channel(&house).await;
    let first = oleh.comments(&post, "enak").await.unwrap();
    oleh.comments(&post, "sekali").await.unwrap();
    sari.lets_comment(post.room_id, false).await;
    assert_eq!(code(oleh.comments(&post, "lagi").await), ErrorCode::Forbidden);
    assert_eq!(code(oleh.reads_comments(&post).await), ErrorCode::Forbidden);
    assert_eq!(sari.reads_comments(&post).await.unwrap(), ["enak", "sekali"]);
    sari.deletes_comment(first.id).await.unwrap();
    sari.lets_comment(post.room_id, true).await;
    assert_eq!(oleh.reads_comments(&post).await.unwrap(), ["sekali"]);
}

#[tokio::test]
async fn there_are_pages_and_a_pace() {
    let house = House::new().await;
    let (sari, oleh, post) = channel(&house).await;
    for i in 0..10 {
        oleh.comments(&post, &format!("{i}")).await.unwrap();
    }
    assert_eq!(code(oleh.comments(&post, "10").await), ErrorCode::TooMany);
    let rows: Vec<_> = (10..40).map(|i| format!("({}, {}, 'c{i}', '{i}', 1)", post.id, sari.id())).collect();
    let rows = rows.join(", ");
    run(
        &house.raw,
        format!("INSERT INTO comments (message_id, author_id, client_id, body, created_at) VALUES {rows}"),
    )
    .await;
    let read =
        async |from| comments::list(&oleh.chat, &oleh.scope, post.room_id, post.id, from).await.unwrap();
    let newest = read(CommentsFrom::Latest).await;
    assert!(newest.more && newest.comments.len() == 30 && newest.comments[0].text == "10");
    let older = read(CommentsFrom::Before(newest.comments[0].id)).await;
    assert!(!older.more && older.comments.len() == 10 && older.comments[0].text == "0");
}

#[tokio::test]
async fn they_go_with_their_post() {
    let house = House::new().await;
    let (sari, oleh, post) = channel(&house).await;
    oleh.comments(&post, "enak-sekali").await.unwrap();
    messages::delete(&sari.chat, &sari.scope, post.room_id, post.id, DeleteFor::Everyone).await.unwrap();
    assert_eq!(code(oleh.reads_comments(&post).await), ErrorCode::NotFound);
    house.settles("they are purged", async || !house.files_hold("enak-sekali")).await;
}

#[tokio::test]
async fn what_a_blocked_one_comments_is_shown_to_everyone_but_the_blocker() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let room = sari.broadcasts("Kopi", Some("kopi")).await.unwrap().room.id;
    for follower in [&oleh, &dewi] {
        follower.follows(room).await.unwrap();
    }
    let post = sari.says(room, "resep baru").await;
    let bad = dewi.comments(&post, "kata kasar").await.unwrap();
    oleh.comments(&post, "enak").await.unwrap();
    oleh.blocks(&dewi).await;
    sari.blocks(&dewi).await;
    assert_eq!(oleh.reads_comments(&post).await.unwrap(), ["enak"]);
    assert_eq!(code(oleh.deletes_comment(bad.id).await), ErrorCode::NotFound);
    for person in [&dewi, &sari] {
        assert_eq!(
            person.reads_comments(&post).await.unwrap(),
            ["kata kasar", "enak"],
            "she sees no difference; an admin sees all"
        );
    }
    sari.deletes_comment(bad.id).await.unwrap();
    oleh.unblocks(&dewi).await;
    dewi.comments(&post, "maaf").await.unwrap();
    assert_eq!(oleh.reads_comments(&post).await.unwrap(), ["enak", "maaf"]);
}
