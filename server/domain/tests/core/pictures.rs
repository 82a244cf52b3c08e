//! Pictures, films and sounds as people send them: shown as far as browsers can, in the same colours in every size,
//! and telling nothing of where and when they were made.

use bytes::Bytes;
use futures::{TryStreamExt as _, stream};
use image::{ImageFormat, Rgb};
use sapa_domain::{attachments, avatars, stories};
use sapa_model::attachment::Media;
use sapa_model::story::{NewStory, NewStoryContent};
use sapa_model::{Attachment, ErrorCode, Variant};

use crate::attachments::{encoded, jpeg_from_a_phone, painting};
use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id};

macro_rules! input {
    ($name:literal) => {
        &include_bytes!(concat!("../../../media/tests/inputs/", $name))[..]
    };
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// The same JPEG with another piece behind its beginning.
fn with_segment(jpeg: &[u8], marker: u8, contents: &[u8]) -> Vec<u8> {
    let size = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &size, contents, &jpeg[2..]].concat()
}

impl Person {
    async fn is_given(&self, file: &Attachment, variant: Variant) -> (String, bool, Vec<u8>) {
        let opened = attachments::open(&self.chat, &self.scope, file.id, &file.key, variant, |_| None).await;
        let opened = opened.ok().unwrap();
        let pieces: Vec<Bytes> = opened.bytes.try_collect().await.unwrap();
        (opened.media_type, opened.inline, pieces.concat())
    }

    async fn wears(&self, picture: &[u8]) -> sapa_model::AppResult<sapa_model::UserCard> {
        let bytes = stream::iter([Ok::<_, String>(Bytes::copy_from_slice(picture))]);
        avatars::set_own(&self.chat, &self.scope, bytes).await
    }

    async fn is_seen(&self, variant: Variant) -> image::RgbImage {
        let me = sapa_domain::accounts::me(&self.chat, &self.scope).await.unwrap();
        let picture = avatars::open(&self.chat, &me.user.avatar.unwrap(), variant).await.unwrap();
        let pieces: Vec<Bytes> = picture.bytes.try_collect().await.unwrap();
        image::load_from_memory(&pieces.concat()).unwrap().to_rgb8()
    }
}

fn is_red(pixel: Rgb<u8>) -> bool {
    let [red, green, blue] = pixel.0;
    red > 200 && green < 60 && blue < 60
}

fn is_green(pixel: Rgb<u8>) -> bool {
    let [red, green, blue] = pixel.0;
    red < 60 && green > 200 && blue < 60
}

#[tokio::test]
async fn a_jpeg_is_a_picture_as_far_as_browsers_show_it() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let whole = encoded(&painting(300, 200), ImageFormat::Jpeg);
    for (name, bytes) in [
        ("no_eoi.jpg", input!("no_eoi.jpg")),
        ("extra.jpg", input!("extra.jpg")),
        ("half.jpg", &whole[..whole.len() / 2]),
    ] {
        let file = sari.uploads(name, bytes).await.unwrap();
        assert!(file.media.has_preview(), "{name}: {:?}", file.media);
        let (media_type, inline, stored) = sari.is_given(&file, Variant::Original).await;
        assert_eq!((media_type.as_str(), inline), ("image/jpeg", true));
        assert!(stored.ends_with(&[0xff, 0xd9]), "{name}");
        assert!(image::load_from_memory(&stored).is_ok(), "{name}");
        assert!(sari.wears(bytes).await.is_ok(), "{name}");
    }
}

#[tokio::test]
async fn what_cannot_be_shown_as_a_picture_is_sent_as_a_file() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let png = encoded(&painting(300, 300), ImageFormat::Png);
    let jpeg = encoded(&painting(300, 300), ImageFormat::Jpeg);
    // One that says to have 12,000 by 9,000 pixels, taken by a phone.
    let mut large = jpeg_from_a_phone(80, 40);
    let frame = large.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    large[frame + 5..frame + 9].copy_from_slice(&[0x23, 0x28, 0x2e, 0xe0]);
    let (damaged, too_many) = (ErrorCode::DamagedPicture, ErrorCode::TooManyPixels);
    for (name, bytes, refused) in [
        ("head.png", &png[..9], damaged),
        ("cut.png", &png[..png.len() / 2], damaged),
        ("cut.jpg", &jpeg[..100], damaged),
        ("large.jpg", &large, too_many),
    ] {
        let file = sari.uploads(name, bytes).await.unwrap();
        assert_eq!(file.media, Media::File, "{name}");
        let (media_type, inline, stored) = sari.is_given(&file, Variant::Large).await;
        assert_eq!((media_type.as_str(), inline), ("application/octet-stream", false), "{name}");
        assert_eq!(file.size, stored.len() as u64, "{name}");
        assert!(!holds(&stored, b"GPS"), "{name}");
        // Where there must be a picture to look at, they are refused, and said why.
        assert_eq!(code(sari.wears(bytes).await), refused, "{name}");
        let content = NewStoryContent::Media { attachment_id: file.id, caption: String::new() };
        let story = NewStory { client_id: client_id(), content, audience: None };
        let posted = stories::post(&sari.chat, &sari.scope, story).await;
        assert_eq!(refusal(posted), (refused, Some("attachmentId".to_owned())), "{name}");
    }
    let file = sari.uploads("large.jpg", &large).await.unwrap();
    let (.., stored) = sari.is_given(&file, Variant::Original).await;
    assert!(holds(&stored, b"Exif\0\0"), "how it is turned is still said");
    let text = b"GIFTS for Oleh: a picture that is none";
    let note = sari.uploads("note.txt", text).await.unwrap();
    assert_eq!(sari.is_given(&note, Variant::Original).await.2, text);
}

#[tokio::test]
async fn colours_are_the_same_in_every_size() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let swapped = input!("icc_swap.jpg");
    let file = sari.uploads("a.jpg", swapped).await.unwrap();
    let seen = async |file: &Attachment, variant| {
        let (.., stored) = sari.is_given(file, variant).await;
        (image::load_from_memory(&stored).unwrap().to_rgb8(), holds(&stored, b"GRB swap"))
    };
    // Written in red, which its profile calls green.
    let (original, has_profile) = seen(&file, Variant::Original).await;
    assert!(has_profile && is_red(*original.get_pixel(160, 20)));
    for (variant, x, y) in [(Variant::Large, 160, 20), (Variant::Small, 80, 10)] {
        let (shown, has_profile) = seen(&file, variant).await;
        assert!(!has_profile && is_green(*shown.get_pixel(x, y)), "{variant}: {:?}", shown.get_pixel(x, y));
    }
    // The square begins at 150.
    sari.wears(swapped).await.unwrap();
    assert!(is_green(*sari.is_seen(Variant::Large).await.get_pixel(10, 20)));
    assert!(is_green(*sari.is_seen(Variant::Small).await.get_pixel(2, 5)));

    // Turned by a quarter it is written again, with its profile.
    let turn = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let turned = sari.uploads("b.jpg", &with_segment(swapped, 0xe1, turn)).await.unwrap();
    assert!(matches!(turned.media, Media::Picture { width: 500, height: 800, .. }));
    let (original, has_profile) = seen(&turned, Variant::Original).await;
    assert!(has_profile && is_red(*original.get_pixel(479, 160)));
    let (shown, _) = seen(&turned, Variant::Large).await;
    assert!(is_green(*shown.get_pixel(479, 160)));
}

#[tokio::test]
async fn pictures_and_films_of_every_kind_tell_no_place() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let heic = sari.uploads("IMG_1.HEIC", input!("gps.heic")).await.unwrap();
    let still = Media::Picture { width: 800, height: 500, animated: false, preview: String::new() };
    assert_eq!(heic.media, still);
    let scan = sari.uploads("scan.tif", input!("gps.tif")).await.unwrap();
    assert_eq!(scan.media, Media::File);
    let clip = sari.uploads("clip.mov", input!("clip.mov")).await.unwrap();
    assert_eq!(clip.media, Media::Video);
    for (file, input, shown_as) in [
        (&heic, input!("gps.heic"), Some("image/heic")),
        (&scan, input!("gps.tif"), None),
        (&clip, input!("clip.mov"), Some("video/quicktime")),
    ] {
        assert!(holds(input, b"GPSMARKER"), "the test's file tells it");
        let (media_type, inline, stored) = sari.is_given(file, Variant::Original).await;
        assert_eq!(inline.then_some(media_type.as_str()), shown_as);
        assert_eq!(stored.len(), input.len(), "nothing moves");
        assert!(!holds(&stored, b"GPSMARKER"), "{}", file.name);
    }
    // Not all of one's friends could see it.
    let content = NewStoryContent::Media { attachment_id: heic.id, caption: String::new() };
    let story = NewStory { client_id: client_id(), content, audience: None };
    let posted = stories::post(&sari.chat, &sari.scope, story).await;
    assert_eq!(refusal(posted), (ErrorCode::Invalid, Some("attachmentId".to_owned())));
    // What is broken tells what nobody could find; it is not shown.
    let broken = sari.uploads("broken.heic", &input!("gps.heic")[..300]).await.unwrap();
    assert_eq!(broken.media, Media::File);
}

#[tokio::test]
async fn sounds_play_in_the_page() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    for (name, bytes, media_type) in [
        ("a.mp3", input!("a_mpeg2.mp3"), "audio/mpeg"),
        ("a.aac", input!("a.aac"), "audio/aac"),
        ("a.wav", b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        ("a.flac", b"fLaC\0\0\0\x22", "audio/flac"),
        ("a.ogg", b"OggS\0\x02............\x01\x13OpusHead", "audio/ogg"),
        ("a.m4a", b"\0\0\0\x14ftypM4A \0\0\0\0M4A ", "audio/mp4"),
    ] {
        let file = sari.uploads(name, bytes).await.unwrap();
        assert_eq!(file.media, Media::Audio, "{name}");
        let given = sari.is_given(&file, Variant::Original).await;
        assert_eq!(given, (media_type.to_owned(), true, bytes.to_vec()));
    }
}
