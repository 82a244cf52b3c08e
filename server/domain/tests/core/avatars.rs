//! Pictures of people and groups.

use std::io::Cursor;

use bytes::Bytes;
use futures::{TryStreamExt as _, stream};
use image::{ImageFormat, RgbImage, RgbaImage};
use sapa_domain::avatars;
use sapa_model::{AppResult, ErrorCode, Event, Room, RoomId, SystemLine, UserCard, Variant};

use crate::support::deeds::code;
use crate::support::{House, Person, heard};

fn pieces(bytes: &[u8]) -> impl futures::Stream<Item = Result<Bytes, String>> {
    let pieces: Vec<_> = bytes.chunks(10_000).map(Bytes::copy_from_slice).map(Ok).collect();
    stream::iter(pieces)
}

impl Person {
    async fn shows(&self, picture: &[u8]) -> AppResult<UserCard> {
        avatars::set_own(&self.chat, &self.scope, pieces(picture)).await
    }

    async fn paints(&self, room_id: RoomId, picture: &[u8]) -> AppResult<Room> {
        avatars::set_of_group(&self.chat, &self.scope, room_id, pieces(picture)).await
    }
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    // Red in the middle, blue at the edges.
    let middle = |x: u32| x >= (width - height) / 2 && x < width.midpoint(height);
    let image = RgbImage::from_fn(width, height, |x, _| {
        image::Rgb(if middle(x) { [255, 0, 0] } else { [0, 0, 255] })
    });
    image.write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

async fn seen(house: &House, key: &str, variant: Variant) -> (&'static str, image::DynamicImage) {
    let picture = avatars::open(&house.chat, key, variant).await.unwrap();
    let bytes: Vec<Bytes> = picture.bytes.try_collect().await.unwrap();
    let bytes = bytes.concat();
    assert_eq!(bytes.len() as u64, picture.size);
    (picture.media_type, image::load_from_memory(&bytes).unwrap())
}

#[tokio::test]
async fn a_picture_becomes_a_square_in_two_sizes_and_is_told_at_once() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let mut olehs = oleh.connects().await;
    heard::events(&mut olehs).await;

    let card = sari.shows(&jpeg(900, 600)).await.unwrap();
    assert_eq!(heard::events(&mut olehs).await, [Event::User(card.clone())]);
    let key = card.avatar.unwrap();
    for (variant, side) in [(Variant::Large, 512), (Variant::Small, 128)] {
        let (media_type, picture) = seen(&house, &key, variant).await;
        assert_eq!((media_type, picture.width(), picture.height()), ("image/jpeg", side, side));
        let edge = picture.to_rgb8().get_pixel(2, side / 2).0;
        assert!(edge[0] > 200 && edge[2] < 60, "the middle is left: {edge:?}");
    }
    assert_eq!(code(avatars::open(&house.chat, &key, Variant::Original).await), ErrorCode::NotFound);
    for strange in ["../sapa.db", "x.jpg", &key.replace(".jpg", ".png"), &format!("../{key}")] {
        assert_eq!(code(avatars::open(&house.chat, strange, Variant::Small).await), ErrorCode::NotFound);
    }

    let mut glass = Cursor::new(Vec::new());
    RgbaImage::from_pixel(40, 40, image::Rgba([9, 9, 9, 50])).write_to(&mut glass, ImageFormat::Png).unwrap();
    let newer = sari.shows(glass.get_ref()).await.unwrap();
    let (media_type, picture) = seen(&house, newer.avatar.as_deref().unwrap(), Variant::Large).await;
    assert_eq!((media_type, picture.width()), ("image/png", 40), "no larger than it came");
    house.settles("the older one is gone", async || house.files("files").len() == 2).await;
    assert_eq!(code(avatars::open(&house.chat, &key, Variant::Small).await), ErrorCode::NotFound);

    let bare = avatars::remove_own(&house.chat, &sari.scope).await.unwrap();
    assert_eq!((bare.avatar, bare.revision), (None, 3));
    house.settles("nothing is left", async || house.files("files").is_empty()).await;
    assert_eq!(house.count("SELECT count(*) FROM loose_avatars").await, 0);
}

#[tokio::test]
async fn what_is_no_picture_leaves_all_as_it_was() {
    use ErrorCode::{DamagedPicture, Invalid, NotAPicture, Required, TooLarge};
    let house = House::new().await;
    let sari = house.person("sari").await;
    let before = sari.shows(&jpeg(60, 60)).await.unwrap();
    let whole = jpeg(600, 600);
    let huge = [whole.as_slice(), &vec![0; 1 << 20]].concat();
    for (bytes, refused) in [
        (&b""[..], Required),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPicture),
        (&whole[..100], DamagedPicture),
        (&huge, TooLarge),
    ] {
        assert_eq!(code(sari.shows(bytes).await), refused);
    }
    let cut = stream::iter([Ok(Bytes::copy_from_slice(&whole[..100])), Err("cut off".to_owned())]);
    assert_eq!(code(avatars::set_own(&house.chat, &sari.scope, cut).await), Invalid);
    assert_eq!(sapa_domain::accounts::me(&house.chat, &sari.scope).await.unwrap().user, before);
    assert_eq!(house.files("files").len(), 2);
    assert!(house.files("spool").is_empty());
}

#[tokio::test]
async fn admins_give_a_group_its_picture() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room_id = house.group(&[&sari, &oleh]).await;
    let mut olehs = oleh.connects().await;
    heard::events(&mut olehs).await;
    assert_eq!(code(oleh.paints(room_id, &jpeg(60, 60)).await), ErrorCode::Forbidden);
    let room = sari.paints(room_id, &jpeg(60, 60)).await.unwrap();
    assert!(room.avatar.is_some());
    assert_eq!(oleh.sees(room_id).await.dialog.room, room);
    assert_eq!(oleh.lines(room_id).await, [(sari.id(), SystemLine::PictureChanged)]);
    let told = heard::events(&mut olehs).await;
    assert!(told.contains(&Event::Room(room)));
    assert_eq!(code(avatars::remove_of_group(&house.chat, &oleh.scope, room_id).await), ErrorCode::Forbidden);
    let bare = avatars::remove_of_group(&house.chat, &sari.scope, room_id).await.unwrap();
    assert_eq!(bare.avatar, None);
    house.settles("nothing is left", async || house.files("files").is_empty()).await;
}

#[tokio::test]
async fn what_a_crash_left_is_gone_with_the_next_start() {
    let mut house = House::new().await;
    let sari = house.person("sari").await;
    let card = sari.shows(&jpeg(60, 60)).await.unwrap();
    let key = card.avatar.unwrap();
    // As if it had been taken in and never shown.
    crate::support::run(&house.raw, "UPDATE users SET avatar = NULL".to_owned()).await;
    crate::support::run(&house.raw, format!("INSERT INTO loose_avatars VALUES ('{key}', 1)")).await;
    house.reopen().await;
    assert!(house.files("files").is_empty());
    assert_eq!(house.count("SELECT count(*) FROM loose_avatars").await, 0);
}
