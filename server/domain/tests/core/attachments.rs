//! Files: taken in and looked at, given to those who may see them, and gone without a trace.

use std::io::Cursor;
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use image::{ImageEncoder as _, ImageFormat, RgbImage};
use sapa_domain::{attachments, messages};
use sapa_model::attachment::{Media, Voice};
use sapa_model::message::{Content, HistoryFrom};
use sapa_model::{
    AppError, AppResult, Attachment, AttachmentId, DeleteFor, ErrorCode, Message, MessageBody, NewUpload,
    RoomId, Variant,
};

use crate::support::{House, Person, client_id};

impl Person {
    async fn announces(&self, name: &str, size: usize) -> AppResult<AttachmentId> {
        let new = NewUpload { name: name.to_owned(), size: size as u64, voice: None };
        attachments::announce(&self.chat, &self.scope, new).await
    }

    pub async fn uploads(&self, name: &str, bytes: &[u8]) -> AppResult<Attachment> {
        let id = self.announces(name, bytes.len()).await?;
        self.brings(id, bytes).await
    }

    async fn brings(&self, id: AttachmentId, bytes: &[u8]) -> AppResult<Attachment> {
        let pieces: Vec<_> =
            bytes.chunks(10_000).map(|piece| Ok::<_, String>(Bytes::copy_from_slice(piece))).collect();
        attachments::receive(&self.chat, &self.scope, id, stream::iter(pieces)).await
    }

    pub async fn sends(&self, room: RoomId, text: &str, files: &[&Attachment]) -> AppResult<Message> {
        let content =
            Content { text: text.to_owned(), attachments: files.iter().map(|file| file.id).collect() };
        messages::send(&self.chat, &self.scope, room, client_id(), content).await
    }

    pub async fn opens_file(&self, file: &Attachment, variant: Variant) -> AppResult<Vec<u8>> {
        let opened =
            attachments::open(&self.chat, &self.scope, file.id, &file.key, variant, |_| None).await?;
        let pieces: Vec<Bytes> = opened.bytes.try_collect().await.unwrap();
        Ok(pieces.concat())
    }
}

fn code<T>(result: Result<T, AppError>) -> ErrorCode {
    result.err().expect("it is refused").code
}

/// A picture with something to see in it.
pub fn painting(width: u32, height: u32) -> RgbImage {
    let shade = |value: u32| value.to_le_bytes()[0];
    RgbImage::from_fn(width, height, |x, y| image::Rgb([shade(x), shade(y), shade(x * y)]))
}

pub fn encoded(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A JPEG that says where it was taken, to be turned by a quarter: an EXIF block with the two tags, by
/// hand (TIFF 6.0, 2; Exif 2.3, 4.6.4).
pub fn jpeg_from_a_phone(width: u32, height: u32) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // Orientation: 6, turn right
    tiff.extend(b"\x01\x0e\0\x02\0\0\0\x10\0\0\0\x26\0\0\0\0"); // ImageDescription, at 38
    tiff.extend(b"GPS -6.2, 106.8\0");
    let mut out = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 90);
    encoder.set_exif_metadata(tiff).unwrap();
    encoder.encode_image(&painting(width, height)).unwrap();
    out
}

#[tokio::test]
async fn a_picture_is_sent_shown_to_its_room_and_to_nobody_else() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let stranger = house.person("budi").await;
    let room = sari.befriends(&oleh).await;
    let png = encoded(&painting(900, 600), ImageFormat::Png);

    let file = sari.uploads("../foto.txt", &png).await.unwrap();
    assert_eq!(file.name.as_str(), "foto.txt");
    let Media::Picture { width, height, animated, preview } = &file.media else { panic!("{file:?}") };
    assert_eq!((*width, *height, *animated), (900, 600, false));
    assert!(preview.starts_with("data:image/png;base64,") && preview.len() < 1_500, "{}", preview.len());
    // Until it is sent it is its owner's alone.
    assert!(sari.opens_file(&file, Variant::Small).await.is_ok());
    assert_eq!(code(oleh.opens_file(&file, Variant::Small).await), ErrorCode::NotFound);
    assert_eq!(code(oleh.sends(room, "", &[&file]).await), ErrorCode::NotFound);

    let sent = sari.sends(room, "", &[&file]).await.unwrap();
    let MessageBody::Text { text, attachments, .. } = &sent.body else { panic!("{sent:?}") };
    assert_eq!((text.as_str(), &attachments[..]), ("", &[file.clone()][..]));
    assert_eq!(oleh.history(room, HistoryFrom::Latest).await.messages.last(), Some(&sent));
    let original = oleh.opens_file(&file, Variant::Original).await.unwrap();
    assert_eq!(original.len() as u64, file.size);
    assert_eq!(image::load_from_memory(&original).unwrap().to_rgb8(), painting(900, 600));
    let small = image::load_from_memory(&oleh.opens_file(&file, Variant::Small).await.unwrap()).unwrap();
    assert_eq!((small.width(), small.height()), (400, 267));
    assert_eq!(code(stranger.opens_file(&file, Variant::Original).await), ErrorCode::NotFound);
    let mut guessed = file.clone();
    guessed.key = "0".repeat(64);
    assert_eq!(code(oleh.opens_file(&guessed, Variant::Original).await), ErrorCode::NotFound);
    // Sent once, it cannot be sent again.
    assert_eq!(code(sari.sends(room, "", &[&file]).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_photo_stands_upright_and_tells_nothing_of_where_it_was_taken() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let jpeg = jpeg_from_a_phone(80, 40);
    assert!(jpeg.windows(3).any(|window| window == b"GPS"), "the test's photo tells it");

    let file = sari.uploads("IMG_1.jpg", &jpeg).await.unwrap();
    assert!(matches!(file.media, Media::Picture { width: 40, height: 80, .. }), "{:?}", file.media);
    let stored = sari.opens_file(&file, Variant::Original).await.unwrap();
    assert!(!stored.windows(3).any(|window| window == b"GPS"));
    let shown = image::load_from_memory(&stored).unwrap();
    assert_eq!((shown.width(), shown.height()), (40, 80));
}

#[tokio::test]
async fn nothing_but_the_picture_is_kept_of_any_format() {
    const SECRET: &[u8] = b"PK\x03\x04 <script>alert(1)</script> secret";
    let house = House::new().await;
    let sari = house.person("sari").await;
    let mut gif = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
    for shade in [40, 200] {
        let frame = image::RgbaImage::from_pixel(20, 20, image::Rgba([shade, 0, 0, 255]));
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let pictures = [
        ("a.jpg", encoded(&painting(30, 20), ImageFormat::Jpeg)),
        ("a.png", encoded(&painting(30, 20), ImageFormat::Png)),
        ("a.webp", encoded(&painting(30, 20), ImageFormat::WebP)),
        ("a.gif", gif),
    ];
    for (name, mut bytes) in pictures {
        bytes.extend_from_slice(SECRET);
        let file = sari.uploads(name, &bytes).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let Media::Picture { animated, .. } = file.media else { panic!("{name}") };
        assert_eq!(animated, name == "a.gif", "{name}");
        let stored = sari.opens_file(&file, Variant::Original).await.unwrap();
        assert!(!stored.windows(6).any(|window| window == b"secret"), "{name}");
        assert!(image::load_from_memory(&stored).is_ok(), "{name}");
    }
}

#[tokio::test]
async fn a_film_tells_nothing_of_where_it_was_taken() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let boxed = |kind: &[u8], content: &[u8]| {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes()[..], kind, content].concat()
    };
    let (kind, pictures) = (boxed(b"ftyp", b"mp42\0\0\0\0mp42isom"), boxed(b"mdat", &[7; 2_000]));
    let film = |making: &[u8]| [&kind[..], &pictures, &boxed(b"moov", making)].concat();
    let (told, untold) = (boxed(b"udta", b"\xa9xyz+06.2-106.8/"), boxed(b"free", &[0; 16]));
    let sent = sari.uploads("pantai.mp4", &film(&told)).await.unwrap();
    assert_eq!(sent.media, Media::Video);
    assert_eq!(sari.opens_file(&sent, Variant::Original).await.unwrap(), film(&untold));
}

#[tokio::test]
async fn what_browsers_could_run_is_only_ever_downloaded() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    let html = b"<!doctype html><script>alert(1)</script>";
    for (name, bytes) in [("a.png", &svg[..]), ("a.jpg", &html[..]), ("a.pdf", b"%PDF-1.7 ...".as_slice())] {
        let file = sari.uploads(name, bytes).await.unwrap();
        assert_eq!(file.media, Media::File, "{name}");
        let opened =
            attachments::open(&sari.chat, &sari.scope, file.id, &file.key, Variant::Small, |_| None).await;
        let opened = opened.ok().unwrap();
        assert_eq!((opened.media_type.as_str(), opened.inline), ("application/octet-stream", false));
        assert_eq!(opened.size, bytes.len() as u64);
    }
}

#[tokio::test]
async fn what_is_refused_leaves_nothing_behind() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    assert_eq!(code(sari.uploads("a", b"").await), ErrorCode::Required);
    assert_eq!(code(sari.announces("a", 3 << 20).await), ErrorCode::TooLarge);
    let mut large = encoded(&painting(300, 300), ImageFormat::Png);
    large.resize(1_100_000, 0);
    assert_eq!(code(sari.uploads("a.png", &large).await), ErrorCode::TooLarge);
    let id = sari.announces("a", 100).await.unwrap();
    assert_eq!(code(sari.brings(id, &[0; 99]).await), ErrorCode::Invalid);
    assert_eq!(code(sari.brings(id, &[0; 100]).await), ErrorCode::NotFound, "announced anew or not at all");
    let id = sari.announces("a", 100).await.unwrap();
    assert_eq!(code(sari.brings(id, &[0; 101]).await), ErrorCode::Invalid);
    // The one who receives it is dropped in the middle, as when the connection is cut.
    let id = sari.announces("a", 100).await.unwrap();
    let endless = stream::iter([Ok::<_, String>(Bytes::from_static(&[1; 50]))]).chain(stream::pending());
    let cut = tokio::time::timeout(
        Duration::from_millis(200),
        attachments::receive(&sari.chat, &sari.scope, id, endless),
    );
    assert!(cut.await.is_err());

    let voice = Voice { duration_ms: 0, waveform: vec![101] };
    let new = NewUpload { name: "a".into(), size: 1, voice: Some(voice) };
    assert_eq!(code(attachments::announce(&sari.chat, &sari.scope, new).await), ErrorCode::Invalid);

    house
        .settles("no row and no file is left", async || {
            house.count("SELECT COUNT(*) FROM attachments").await == 0
                && house.files("files").is_empty()
                && house.files("spool").is_empty()
        })
        .await;
}

#[tokio::test]
async fn files_take_no_more_room_than_they_may() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    let mut kept = Vec::new();
    for _ in 0..2 {
        kept.push(sari.uploads("a.bin", &vec![7; 2 << 20]).await.unwrap());
    }
    assert_eq!(code(sari.announces("b.bin", (1 << 20) + 1).await), ErrorCode::QuotaReached);
    assert!(oleh.announces("b.bin", 2 << 20).await.is_ok(), "it is each person's own");

    let sent = sari.sends(room, "", &[&kept[0]]).await.unwrap();
    messages::delete(&sari.chat, &sari.scope, room, sent.id, DeleteFor::Everyone).await.unwrap();
    house.settles("deleting makes room", async || sari.announces("b.bin", (1 << 20) + 1).await.is_ok()).await;
}

#[tokio::test]
async fn a_deleted_file_is_gone_from_every_place() {
    const CANARY: &str = "kenari-berkas-0815";
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let file = sari.uploads("rahasia.bin", CANARY.as_bytes()).await.unwrap();
    let sent = sari.sends(room, "", &[&file]).await.unwrap();
    assert!(house.files_hold(CANARY));

    messages::delete(&sari.chat, &sari.scope, room, sent.id, DeleteFor::Everyone).await.unwrap();
    assert_eq!(code(oleh.opens_file(&file, Variant::Original).await), ErrorCode::NotFound);
    assert_eq!(code(sari.opens_file(&file, Variant::Original).await), ErrorCode::NotFound);
    messages::restore(&sari.chat, &sari.scope, room, sent.id).await.unwrap();
    assert!(oleh.opens_file(&file, Variant::Original).await.is_ok());
    messages::delete(&sari.chat, &sari.scope, room, sent.id, DeleteFor::Everyone).await.unwrap();
    house
        .settles("the file and its name are gone", async || {
            !house.files_hold(CANARY) && !house.files_hold("rahasia.bin") && house.files("files").is_empty()
        })
        .await;
}

#[tokio::test]
async fn what_was_on_its_way_when_the_program_ended_is_forgotten() {
    let mut house = House::new().await;
    let sari = house.person("sari").await;
    sari.announces("a.bin", 10).await.unwrap();
    let kept = sari.uploads("b.bin", b"halo").await.unwrap();
    house.reopen().await;
    let sari = house.again(&sari);
    assert_eq!(house.count("SELECT COUNT(*) FROM attachments").await, 1);
    assert_eq!(sari.opens_file(&kept, Variant::Original).await.unwrap(), b"halo");

    // A day later nobody has sent it.
    crate::support::run(&house.raw, "UPDATE attachments SET created_at = 1".to_owned()).await;
    attachments::sweep(&house.chat).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM attachments").await, 0);
    assert!(house.files("files").is_empty());
}

#[tokio::test]
async fn parts_of_a_file_can_be_read() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let file = sari.uploads("a.bin", b"0123456789").await.unwrap();
    let part = attachments::open(&sari.chat, &sari.scope, file.id, &file.key, Variant::Original, |size| {
        assert_eq!(size, 10);
        Some(3..6)
    });
    let opened = part.await.ok().unwrap();
    assert_eq!((opened.size, opened.part.clone()), (10, 3..6));
    let pieces: Vec<Bytes> = opened.bytes.try_collect().await.unwrap();
    assert_eq!(pieces.concat(), b"345");
    let none = |size| Some(size..size);
    let opened =
        attachments::open(&sari.chat, &sari.scope, file.id, &file.key, Variant::Original, none).await;
    let mut opened = opened.ok().unwrap();
    assert_eq!((opened.size, opened.part.clone()), (10, 10..10));
    assert!(opened.bytes.next().await.is_none());
}
