//! The end of a story: after its day, or when its author takes it away.

use super::*;

const CANARY: &str = "kenari-merah-8253";

/// Bytes of a film, as far as anyone looks: the box that says so, and a canary.
fn film() -> Vec<u8> {
    let mut bytes = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\x10\0mdat".to_vec();
    bytes.extend(CANARY.as_bytes());
    bytes.resize(4_000, b'.');
    bytes
}

#[tokio::test]
async fn after_its_day_nobody_sees_it() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let (story, file) = sari.shows_picture("").await;
    oleh.looks_at(story.id).await.unwrap();
    let mut olehs = oleh.connects().await;
    heard::events(&mut olehs).await;
    assert!(oleh.is_shown(story.id).await, "its day is not over");

    house.a_day_passes().await;
    // Also before anything is purged.
    for person in [&sari, &oleh] {
        assert!(!person.is_shown(story.id).await);
        assert_eq!(code(person.opens_file(&file, Variant::Original).await), ErrorCode::NotFound);
        assert_eq!(code(person.looks_at(story.id).await), ErrorCode::NotFound);
    }
    assert_eq!(code(sari.viewers(story.id, None).await), ErrorCode::NotFound);
    assert_eq!(code(stories::delete(&house.chat, &sari.scope, story.id).await), ErrorCode::NotFound);

    is_purged(&house).await;
    assert_eq!(told(&heard::events(&mut olehs).await), [format!("gone {}", story.id)]);
    for table in ["stories", "story_views", "story_people", "attachments"] {
        assert_eq!(house.count(&format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
    assert!(house.files("files").is_empty());
}

#[tokio::test]
async fn an_expired_story_is_found_nowhere_in_the_files() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    sari.tells(&format!("{CANARY} teks")).await;
    let (picture, _) = sari.shows_picture(&format!("{CANARY} gambar")).await;
    let file = sari.uploads(&format!("{CANARY}.mp4"), &film()).await.unwrap();
    let content = NewStoryContent::Media { attachment_id: file.id, caption: format!("{CANARY} film") };
    let video = sari.posts(content, Some(StoryAudience::Only(vec![oleh.id()]))).await.unwrap();
    assert_eq!(video.content.kind(), StoryKind::Video);
    for id in [picture.id, video.id] {
        oleh.looks_at(id).await.unwrap();
        oleh.answers_story(id, &client_id(), "wah").await.unwrap();
    }
    assert!(house.files_hold(CANARY), "the test must be able to find it");
    assert!(!house.files("files").is_empty());

    house.a_day_passes().await;
    is_purged(&house).await;
    house.settles("nothing is left", async || !house.files_hold(CANARY)).await;
    assert!(house.files("files").is_empty(), "{:?}", house.files("files"));
    assert!(house.files("spool").is_empty());
    assert_eq!(oleh.texts(room).await, ["wah", "wah"], "what people wrote about it stays");
}

#[tokio::test]
async fn a_deleted_story_is_gone_at_once() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let (story, file) = sari.shows_picture(CANARY).await;
    let kept = sari.tells("tetap").await;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;
    assert_eq!(code(stories::delete(&house.chat, &oleh.scope, story.id).await), ErrorCode::Forbidden);
    stories::delete(&house.chat, &sari.scope, story.id).await.unwrap();
    assert!(!oleh.is_shown(story.id).await && oleh.is_shown(kept.id).await);
    assert_eq!(code(oleh.opens_file(&file, Variant::Large).await), ErrorCode::NotFound);
    for line in [&mut saris, &mut olehs] {
        assert_eq!(told(&heard::events(line).await).first(), Some(&format!("gone {}", story.id)));
    }
    house
        .settles("it is purged", async || !house.files_hold(CANARY) && house.files("files").is_empty())
        .await;
}

#[tokio::test]
async fn what_failed_on_the_way_is_finished_later() {
    let mut house = House::new().await;
    let sari = house.person("sari").await;
    let (_, file) = sari.shows_picture(CANARY).await;
    // As if the program had ended between the files and the rows.
    std::fs::remove_dir_all(house.files("files")[0].parent().unwrap()).unwrap();
    house.a_day_passes().await;
    house.reopen().await;
    assert_eq!(code(house.again(&sari).opens_file(&file, Variant::Large).await), ErrorCode::NotFound);
    is_purged(&house).await;
    assert_eq!(house.count("SELECT count(*) FROM attachments").await, 0);
    house.settles("nothing is left", async || !house.files_hold(CANARY)).await;
}
