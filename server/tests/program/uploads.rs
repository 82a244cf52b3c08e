//! Uploads over HTTP: cut off at many points, on a full disk, and a great deal at once.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures::future::join_all;
use futures::{StreamExt as _, stream};
use reqwest::{Body, Method};
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use serde_json::{Value, json};

use crate::support::{Binary, Person};

/// Files below a folder, however deep.
fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { 1 }).sum()
}

async fn announce(person: &Person, size: usize) -> i64 {
    let upload = json!({ "upload": { "name": "berkas.bin", "size": size } });
    person.calls("announce_upload", upload).await.as_i64().unwrap()
}

/// This many bytes, made as they are read.
fn bytes(size: usize) -> impl futures::Stream<Item = Result<Bytes, std::io::Error>> {
    const PIECE: usize = 64 * 1024;
    static ZEROS: [u8; PIECE] = [b'a'; PIECE];
    let pieces = (0..size.div_ceil(PIECE)).map(move |at| PIECE.min(size - at * PIECE));
    stream::iter(pieces.map(|length| Ok(Bytes::from_static(&ZEROS[..length]))))
}

#[tokio::test]
async fn an_upload_that_is_cut_off_leaves_nothing_wherever_it_was() {
    const SIZE: usize = 1_000_000;
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let sari = Person::join(&binary.origin, "sari").await;
    for cut in [0, 1, 70_000, 500_000, SIZE - 1] {
        let id = announce(&sari, SIZE).await;
        let broken = bytes(cut).chain(stream::iter([Err(std::io::Error::other("cut"))]));
        // The connection breaks while the body is being sent.
        assert!(sari.puts(&format!("/files/{id}"), Body::wrap_stream(broken)).await.is_err());
    }
    let tries = 100;
    for left in (0..tries).rev() {
        // What is awaited nowhere is taken away after a moment.
        if files(&data.path().join("files")) + files(&data.path().join("spool")) == 0 {
            break;
        }
        assert!(left > 0, "files are left");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // And room is there again, for all that was announced before.
    let id = announce(&sari, SIZE).await;
    let sent = sari.puts(&format!("/files/{id}"), Body::wrap_stream(bytes(SIZE))).await.unwrap();
    assert_eq!(sent.status(), 200);
    let attachment: Value = sent.json().await.unwrap();
    assert_eq!((attachment["size"].as_u64(), &attachment["media"]), (Some(SIZE as u64), &json!("file")));
}

#[tokio::test]
async fn a_start_takes_away_what_a_kill_has_left_of_files() {
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let sari = Person::join(&binary.origin, "sari").await;
    let kept = announce(&sari, 1_000).await;
    let sent = sari.puts(&format!("/files/{kept}"), Body::wrap_stream(bytes(1_000))).await.unwrap();
    assert_eq!(sent.status(), 200);
    let id = announce(&sari, 1_000).await;
    binary.kill();
    let url = format!("sqlite://{}", data.path().join("sapa.db").display());
    let db = Database::connect(url).await.unwrap();
    let sql = format!("SELECT key FROM attachments WHERE id = {id}");
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap().unwrap();
    let folder = data.path().join("files").join(row.try_get_by_index::<String>(0).unwrap());
    db.close().await.unwrap();
    // Where a file is while it is being stored.
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("original#1"), "cut").unwrap();
    Binary::serve(data.path()).kill();
    assert!(!folder.exists());
    assert_eq!(files(&data.path().join("files")), 1, "what was received is kept");
}

#[tokio::test]
async fn a_full_disk_is_said_in_words_and_leaves_nothing() {
    const SIZE: usize = 8 << 20;
    let data = tempfile::tempdir().unwrap();
    // No file of this process may grow beyond 4 MiB: what a full disk answers, without filling one.
    let binary = Binary::serve_with_largest_file(data.path(), 4096);
    let sari = Person::join(&binary.origin, "sari").await;
    let id = announce(&sari, SIZE).await;
    let refused = sari.puts(&format!("/files/{id}"), Body::wrap_stream(bytes(SIZE))).await.unwrap();
    assert_eq!(refused.status(), 507);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], "storage_full");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(files(&data.path().join("files")) + files(&data.path().join("spool")), 0);
    // The rest goes on.
    let id = announce(&sari, 1_000).await;
    assert_eq!(
        sari.puts(&format!("/files/{id}"), Body::wrap_stream(bytes(1_000))).await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn a_gigabyte_from_ten_people_at_once_takes_little_memory() {
    const SIZE: usize = 100 << 20;
    const BOUND_KIB: u64 = 256 * 1024;
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let people = join_all((0..10).map(|n| {
        let origin = binary.origin.clone();
        async move { Person::join(&origin, &format!("orang{n}")).await }
    }))
    .await;
    // Hashing ten passwords took more than this; what counts is what comes now.
    binary.forget_peak_memory();
    join_all(people.iter().map(|person| async move {
        let id = announce(person, SIZE).await;
        let sent = person.puts(&format!("/files/{id}"), Body::wrap_stream(bytes(SIZE))).await.unwrap();
        assert_eq!(sent.status(), 200);
    }))
    .await;
    let peak = binary.peak_memory_kib();
    println!("memory at the peak: {} MiB", peak / 1024);
    assert!(peak < BOUND_KIB, "{peak} KiB");
}

#[tokio::test]
async fn a_file_is_given_out_whole_in_part_or_not_at_all_as_http_has_it() {
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let sari = Person::join(&binary.origin, "sari").await;
    let id = announce(&sari, 1_000).await;
    let sent = sari.puts(&format!("/files/{id}"), Body::wrap_stream(bytes(1_000))).await.unwrap();
    let sent: Value = sent.json().await.unwrap();
    let path = format!("/files/{id}/{}/original", sent["key"].as_str().unwrap());
    let whole = sari.gets(&path, None).await;
    let tag = whole.headers()["etag"].to_str().unwrap().to_owned();
    let kept = whole.headers()["cache-control"].clone();
    let listed = format!("\"other\", W/{tag}");
    for (headers, status, range) in [
        (vec![("range", "bytes=0-9")], 206, Some("bytes 0-9/1000")),
        (vec![("range", "bytes=-2000")], 200, None),
        (vec![("range", "bytes=9-5")], 200, None),
        (vec![("range", "bytes=0-1,4-5")], 200, None),
        (vec![("range", "bytes=1000-")], 416, Some("bytes */1000")),
        (vec![("range", "bytes=0-9"), ("if-range", &tag)], 206, Some("bytes 0-9/1000")),
        (vec![("range", "bytes=0-9"), ("if-range", "\"other\"")], 200, None),
        (vec![("range", "bytes=1000-"), ("if-range", "\"other\"")], 200, None),
        (vec![("if-none-match", "\"other\"")], 200, None),
        (vec![("if-none-match", &tag)], 304, None),
        (vec![("if-none-match", &listed)], 304, None),
        (vec![("if-none-match", "*")], 304, None),
        (vec![("if-none-match", &tag), ("range", "bytes=1000-")], 304, None),
    ] {
        let answer = sari.asks(Method::GET, &path, &headers).await;
        assert_eq!(answer.status(), status, "{headers:?}");
        let told = answer.headers().get("content-range").map(|range| range.to_str().unwrap());
        assert_eq!(told, range, "{headers:?}");
        // What never changes may be kept, whatever came of the question.
        assert_eq!(
            (&answer.headers()["etag"], &answer.headers()["cache-control"]),
            (&whole.headers()["etag"], &kept)
        );
        let length = answer.bytes().await.unwrap().len();
        assert_eq!(
            length,
            match status {
                200 => 1_000,
                206 => 10,
                _ => 0,
            },
            "{headers:?}"
        );
    }
    let head = sari.asks(Method::HEAD, &path, &[("range", "bytes=0-9")]).await;
    assert_eq!((head.status().as_u16(), &head.headers()["content-length"]), (200, &"1000".parse().unwrap()));
}

#[tokio::test]
async fn what_a_page_may_show_has_a_type_of_its_own_and_all_else_is_saved() {
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let sari = Person::join(&binary.origin, "sari").await;
    let inputs = concat!(env!("CARGO_MANIFEST_DIR"), "/media/tests/inputs");
    let input = |name: &str| std::fs::read(Path::new(inputs).join(name)).unwrap();
    for (name, bytes, media_type) in [
        ("no_eoi.jpg", input("no_eoi.jpg"), Some("image/jpeg")),
        ("gps.heic", input("gps.heic"), Some("image/heic")),
        ("clip.mov", input("clip.mov"), Some("video/quicktime")),
        ("a.mp3", input("a_mpeg2.mp3"), Some("audio/mpeg")),
        ("a.aac", input("a.aac"), Some("audio/aac")),
        ("gps.tif", input("gps.tif"), None),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>".to_vec(), None),
        ("a.jpg", b"<!doctype html><script>1</script>".to_vec(), None),
        ("half.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec(), None),
    ] {
        let id = announce(&sari, bytes.len()).await;
        let sent = sari.puts(&format!("/files/{id}"), bytes).await.unwrap();
        assert_eq!(sent.status(), 200, "{name}");
        let sent: Value = sent.json().await.unwrap();
        for variant in ["original", "large", "small"] {
            let path = format!("/files/{id}/{}/{variant}", sent["key"].as_str().unwrap());
            let given = sari.gets(&path, None).await;
            let told = |header: &str| given.headers()[header].to_str().unwrap().to_owned();
            // A smaller one may be of another kind.
            if variant == "original" {
                assert_eq!(told("content-type"), media_type.unwrap_or("application/octet-stream"), "{name}");
            }
            let way = if media_type.is_some() { "inline;" } else { "attachment;" };
            assert!(told("content-disposition").starts_with(way), "{name}, {variant}");
            assert_eq!(told("x-content-type-options"), "nosniff");
            assert_eq!(told("content-security-policy"), "default-src 'none'; sandbox");
        }
    }
}
