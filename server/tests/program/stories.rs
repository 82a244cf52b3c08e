//! Stories through the whole program: the film in parts, and nothing of it left when its day is over.

use std::path::Path;
use std::time::Duration;

use reqwest::StatusCode;
use sapa_model::limits::STORY_LIFE_MS;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value, json};

use crate::support::{Binary, Person, client_id};

const CANARY: &str = "kenari-biru-6174";

/// What every film of this kind begins with.
const HEAD: &[u8] = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\x10\0mdat";

/// Bytes of a film, as far as anyone looks: its head, and a canary.
fn film() -> Vec<u8> {
    let mut bytes = HEAD.to_vec();
    bytes.extend(CANARY.as_bytes());
    bytes.resize(4_000, b'.');
    bytes
}

/// Whether these bytes stand in any file below a folder, however deep.
fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let path = entry.path();
        let found = |bytes: Vec<u8>| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        if path.is_dir() { holds(&path, text) } else { std::fs::read(path).is_ok_and(found) }
    })
}

async fn posts_film(sari: &Person) -> (i64, String) {
    let bytes = film();
    let upload = json!({ "upload": { "name": "pagi.mp4", "size": bytes.len() } });
    let id = sari.calls("announce_upload", upload).await.as_i64().unwrap();
    let brought = sari.puts(&format!("/files/{id}"), bytes).await.unwrap();
    let key = brought.json::<Value>().await.unwrap()["key"].as_str().unwrap().to_owned();
    let content = json!({ "media": { "attachmentId": id, "caption": CANARY } });
    let story = json!({ "story": { "clientId": client_id(1), "content": content } });
    let story = sari.calls("post_story", story).await;
    (story["id"].as_i64().unwrap(), format!("/files/{id}/{key}/original"))
}

#[tokio::test]
async fn a_film_is_seen_in_parts_and_gone_after_its_day() {
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let (sari, oleh, budi) = (
        Person::join(&binary.origin, "sari").await,
        Person::join(&binary.origin, "oleh").await,
        Person::join(&binary.origin, "budi").await,
    );
    sari.befriends(&oleh).await;
    let mut line = oleh.connects().await;
    let (id, film_path) = posts_film(&sari).await;
    let heard = line.event("story").await;
    assert_eq!((&heard["id"], &heard["content"]["media"]["caption"]), (&json!(id), &json!(CANARY)));

    let (from, to) = (HEAD.len(), HEAD.len() + CANARY.len() - 1);
    let part = oleh.gets(&film_path, Some(&format!("bytes={from}-{to}"))).await;
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()["content-range"], format!("bytes {from}-{to}/4000"));
    // What is to be gone in a day is kept by nobody on the way.
    assert_eq!(part.headers()["cache-control"], "private, no-store");
    assert_eq!(part.text().await.unwrap(), CANARY);
    assert_eq!(budi.gets(&film_path, None).await.status(), StatusCode::NOT_FOUND);
    oleh.calls("view_story", json!({ "story": id })).await;
    let answer = json!({ "story": id, "client_id": client_id(2), "text": "wah" });
    let sent = oleh.calls("reply_to_story", answer).await;
    assert_eq!(sent["body"]["text"]["story"], json!({ "storyId": id, "authorId": sari.id, "kind": "video" }));
    assert!(holds(data.path(), CANARY), "the test must be able to find it");

    // A day passes, while the program serves.
    let raw = Database::connect(format!("sqlite://{}", data.path().join("sapa.db").display())).await.unwrap();
    raw.execute_unprepared(&format!(
        "UPDATE stories SET created_at = created_at - {STORY_LIFE_MS}, expires_at = expires_at - {STORY_LIFE_MS}"
    ))
    .await
    .unwrap();
    raw.close().await.unwrap();
    assert_eq!(oleh.calls("stories", json!({})).await, json!([]));
    assert_eq!(oleh.gets(&film_path, None).await.status(), StatusCode::NOT_FOUND);
    // The program looks a few times a minute.
    let gone = line.event("story_gone").await;
    assert_eq!(gone, json!({ "storyId": id, "authorId": sari.id }));
    for left in (0..100).rev() {
        if !holds(data.path(), CANARY) {
            break;
        }
        assert!(left > 0, "the canary is found");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
