//! Channels: who posts, who follows, who learns of whom, and who finds them.

use std::time::Instant;

use sapa_domain::host::Host;
use sapa_domain::{avatars, channels, groups, live, messages, rooms, schedules, webhooks};
use sapa_model::channel::ChannelCursor;
use sapa_model::live::Cursor;
use sapa_model::room::DialogFilter;
use sapa_model::schedule::NewSchedule;
use sapa_model::webhook::{Direction, NewWebhook};
use sapa_model::{ChannelSettings, ErrorCode, Event, Role, RoomId, RoomKind, SystemLine, Timestamp, Variant};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id, heard, run};

async fn three(house: &House) -> (Person, Person, Person, RoomId) {
    let (sari, oleh, maria) =
        (house.person("sari").await, house.person("oleh").await, house.person("maria").await);
    let room = sari.broadcasts("Kopi pagi", Some("kopi")).await.unwrap().room.id;
    oleh.follows(room).await.unwrap();
    maria.follows(room).await.unwrap();
    (sari, oleh, maria, room)
}

fn settings(name: &str, handle: Option<&str>) -> ChannelSettings {
    ChannelSettings {
        name: name.to_owned(),
        handle: handle.map(ToOwned::to_owned),
        description: "Biji dan cangkir".to_owned(),
        ..Default::default()
    }
}

#[tokio::test]
async fn admins_post_and_followers_read() {
    let house = House::new().await;
    let (sari, oleh, maria, room) = three(&house).await;
    let mut olehs = oleh.connects().await;
    heard::events(&mut olehs).await;

    let post = sari.says(room, "halo").await;

    assert_eq!(heard::messages(&mut olehs).await, std::slice::from_ref(&post));
    assert_eq!(maria.texts(room).await, ["halo"]);
    assert_eq!(oleh.sees(room).await.dialog.unread(), 1);
    assert_eq!(oleh.dialogs(DialogFilter::Channels).await[0].room.kind, RoomKind::Channel);
    assert!(oleh.dialogs(DialogFilter::Groups).await.is_empty());
    assert_eq!(code(oleh.tries(room, &client_id(), "aku juga").await), ErrorCode::Forbidden);

    sari.names_admin(room, &oleh, true).await.unwrap();
    let olehs = oleh.says(room, "aku juga").await;
    sari.names_admin(room, &oleh, false).await.unwrap();
    let edited = messages::edit(&oleh.chat, &oleh.scope, room, olehs.id, "masih aku").await;
    assert_eq!(code(edited), ErrorCode::Forbidden, "who is no admin any more changes no post");
}

#[tokio::test]
async fn what_people_do_among_each_other_is_not_done_in_a_channel() {
    let house = House::new().await;
    let (sari, oleh, maria, room) = three(&house).await;
    let post = sari.says(room, "halo").await;
    let forbidden = ErrorCode::Forbidden;
    let correct = messages::correct(&oleh.chat, &oleh.scope, room, post.id, "Halo!").await;
    assert_eq!(code(correct), forbidden);
    assert_eq!(code(sari.adds(room, &[maria.id()]).await), forbidden);
    let plan = NewSchedule {
        client_id: client_id(),
        topic: "kopi".to_owned(),
        starts_at: Timestamp(now() + 3_600_000),
        minutes: 60,
    };
    assert_eq!(code(schedules::propose(&sari.chat, &sari.scope, room, plan).await), forbidden);
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[tokio::test]
async fn followers_do_not_learn_of_each_other() {
    let house = House::new().await;
    let (sari, oleh, maria, room) = three(&house).await;
    let seq = oleh.sees(room).await.dialog.room.seq;
    let budi = house.person("budi").await;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;

    let post = sari.says(room, "halo").await;
    maria.reads(room, post.number).await;
    live::typing(&maria.chat, &maria.scope, room).await.unwrap();
    budi.follows(room).await.unwrap();
    maria.unfollows(room).await.unwrap();
    let profile = sapa_model::NewProfile { nickname: "Budi B".to_owned(), ..Default::default() };
    sapa_domain::accounts::update_profile(&budi.chat, &budi.scope, profile).await.unwrap();

    let is_post = |event: &Event| matches!(event, Event::Message(message) if message.id == post.id);
    assert!(heard::events(&mut olehs).await.iter().all(is_post));
    let is_known = |event: &Event| {
        is_post(event) || matches!(event, Event::Marker { user_id, .. } if *user_id == sari.id())
    };
    assert!(heard::events(&mut saris).await.iter().all(is_known), "neither do admins, for each of them");

    let view = oleh.sees(room).await;
    let members: Vec<_> = view.members.iter().map(|m| (m.user.id, m.role, m.read)).collect();
    assert_eq!(members, [(sari.id(), Role::Owner, 0)]);
    assert_eq!(view.dialog.room.member_count, 3);
    let cursor = Cursor { room_id: room, seq };
    let changes = messages::changes(&oleh.chat, &oleh.scope, &[cursor]).await.unwrap().pop().unwrap();
    assert_eq!(changes.members.iter().map(|m| m.user.id).collect::<Vec<_>>(), [sari.id()]);
    let listed = channels::followers(&oleh.chat, &oleh.scope, room, "", None).await;
    assert_eq!(code(listed), ErrorCode::Forbidden);
    let listed = channels::followers(&sari.chat, &sari.scope, room, "", None).await.unwrap();
    assert_eq!(
        listed.followers.iter().map(|f| f.user.id).collect::<Vec<_>>(),
        [sari.id(), oleh.id(), budi.id()]
    );
    assert_eq!(sari.lines(room).await.len(), 1, "only the line that made it");
}

#[tokio::test]
async fn who_becomes_an_admin_or_ceases_to_be_one_all_learn() {
    let house = House::new().await;
    let (sari, oleh, maria, room) = three(&house).await;
    let mut marias = maria.connects().await;
    heard::events(&mut marias).await;
    sari.names_admin(room, &oleh, true).await.unwrap();
    let told = heard::events(&mut marias).await;
    assert!(matches!(&told[..], [Event::Member { member, .. }] if member.role == Role::Admin));
    let seq = maria.sees(room).await.dialog.room.seq;
    oleh.unfollows(room).await.unwrap();
    oleh.follows(room).await.unwrap();
    let cursor = Cursor { room_id: room, seq };
    let changes = messages::changes(&maria.chat, &maria.scope, &[cursor]).await.unwrap().pop().unwrap();
    let roles: Vec<_> = changes.members.iter().map(|m| (m.user.id, m.role)).collect();
    assert_eq!(roles, [(sari.id(), Role::Owner), (oleh.id(), Role::Member)]);
    assert_eq!(code(sari.unfollows(room).await), ErrorCode::OwnerMustHandOver);
    sari.hands_over(room, &maria).await.unwrap();
    sari.unfollows(room).await.unwrap();
    assert_eq!(maria.sees(room).await.dialog.room.member_count, 2);
}

#[tokio::test]
async fn whoever_comes_has_read_what_was_there() {
    let house = House::new().await;
    let (sari, oleh, _, room) = three(&house).await;
    sari.says(room, "satu").await;
    oleh.unfollows(room).await.unwrap();
    assert_eq!(code(oleh.unfollows(room).await), ErrorCode::NotFound);
    sari.says(room, "dua").await;
    let dialog = oleh.follows(room).await.unwrap();
    assert_eq!((dialog.unread(), dialog.role, dialog.room.member_count), (0, Role::Member, 3));
    assert_eq!(oleh.follows(room).await.unwrap().room.member_count, 3, "again changes nothing");
    assert_eq!(oleh.texts(room).await, ["satu", "dua"]);
}

#[tokio::test]
async fn public_channels_are_found_by_what_they_say_of_themselves() {
    let house = House::new().await;
    let (sari, oleh, _, room) = three(&house).await;
    channels::change(&sari.chat, &sari.scope, room, &settings("Kopi Pagi", Some("Kopi"))).await.unwrap();
    let small = sari.broadcasts("Чай", Some("chai")).await.unwrap().room.id;
    sari.broadcasts("Rahasia kopi", None).await.unwrap();
    let finds = async |query: &str| {
        let page = channels::explore(&oleh.chat, &oleh.scope, query, None).await.unwrap();
        page.channels.into_iter().map(|card| (card.room.id, card.followed)).collect::<Vec<_>>()
    };
    assert_eq!(finds("").await, [(room, true), (small, false)]);
    for query in ["KOPI", "@kop", "cangkir"] {
        assert_eq!(finds(query).await, [(room, true)], "{query}");
    }
    assert_eq!(finds("ЧАЙ").await, [(small, false)]);
    assert_eq!(finds("100%").await, []);
    let last = ChannelCursor { followers: 3, room };
    let page = channels::explore(&oleh.chat, &oleh.scope, "", Some(last)).await.unwrap();
    assert_eq!(page.channels.len(), 1);
    assert_eq!(channels::find(&oleh.chat, &oleh.scope, "CHAI").await.unwrap().room.id, small);
}

#[tokio::test]
async fn a_private_channel_is_not_there_for_strangers() {
    let house = House::new().await;
    let (sari, oleh, maria, room) = three(&house).await;
    let budi = house.person("budi").await;
    sari.says(room, "halo").await;
    assert_eq!(channels::page(&house.chat, "kopi", None).await.unwrap().posts.len(), 1);

    channels::change(&sari.chat, &sari.scope, room, &settings("Kopi", None)).await.unwrap();

    let missing = ErrorCode::NotFound;
    assert_eq!(code(channels::page(&house.chat, "kopi", None).await), missing);
    assert_eq!(code(channels::picture(&house.chat, "kopi", Variant::Small).await.map(|_| ())), missing);
    assert_eq!(code(channels::find(&budi.chat, &budi.scope, "kopi").await), missing);
    assert_eq!(code(budi.follows(room).await), missing);
    assert_eq!(code(rooms::room(&budi.chat, &budi.scope, room).await), missing);
    assert_eq!(code(budi.tries(room, &client_id(), "halo").await), missing);
    assert!(channels::explore(&budi.chat, &budi.scope, "", None).await.unwrap().channels.is_empty());
    assert_eq!(oleh.texts(room).await, ["halo"], "those who follow it stay");
    let link = sari.invites(room, 1).await.unwrap().token.unwrap();
    assert_eq!(budi.joins(&link).await.unwrap().room.id, room);
    assert_eq!(code(maria.invites(room, 1).await), ErrorCode::Forbidden);
    // Its handle is free, and another one's is not.
    let other = maria.broadcasts("Lain", Some("kopi")).await.unwrap().room.id;
    let taken = channels::change(&sari.chat, &sari.scope, room, &settings("Kopi", Some("kopi"))).await;
    assert_eq!(refusal(taken), (ErrorCode::HandleTaken, Some("handle".to_owned())));
    assert_eq!(channels::page(&house.chat, "kopi", None).await.unwrap().room.id, other);
}

#[tokio::test]
async fn the_channels_of_whoever_is_sent_away_are_not_public() {
    let house = House::new().await;
    let (sari, oleh, _, room) = three(&house).await;
    let budi = house.person("budi").await;
    let host = Host::open(&house.url()).await.unwrap();
    host.ban("sari").await.unwrap();
    assert_eq!(code(channels::page(&house.chat, "kopi", None).await), ErrorCode::NotFound);
    assert_eq!(code(budi.follows(room).await), ErrorCode::NotFound);
    assert!(channels::explore(&budi.chat, &budi.scope, "", None).await.unwrap().channels.is_empty());
    host.unban("sari").await.unwrap();
    assert_eq!(channels::page(&house.chat, "kopi", None).await.unwrap().room.id, room);
    // With another owner it has nothing to do with them.
    sari.hands_over(room, &oleh).await.unwrap();
    host.ban("sari").await.unwrap();
    budi.follows(room).await.unwrap();
}

#[tokio::test]
async fn a_channel_is_set_up_by_its_admins() {
    let house = House::new().await;
    let (sari, oleh, _, room) = three(&house).await;
    let mut olehs = oleh.connects().await;
    heard::events(&mut olehs).await;
    let bad = channels::change(&oleh.chat, &oleh.scope, room, &settings("Teh", None)).await;
    assert_eq!(code(bad), ErrorCode::Forbidden);
    let room = channels::change(&sari.chat, &sari.scope, room, &settings("Teh", Some("teh"))).await.unwrap();
    let channel = room.channel.clone().unwrap();
    assert_eq!(
        (channel.handle.unwrap().as_str(), &*channel.description, channel.comments),
        ("teh", "Biji dan cangkir", false)
    );
    let told = heard::events(&mut olehs).await;
    assert!(told.contains(&Event::Room(room.clone())));
    assert_eq!(oleh.lines(room.id).await.last().unwrap().1, SystemLine::Renamed { name: "Teh".to_owned() });
    for (bad, field) in [
        (settings("", None), "name"),
        (settings("Teh", Some("x")), "handle"),
        (ChannelSettings { description: "a".repeat(501), ..settings("Teh", None) }, "description"),
    ] {
        assert_eq!(refusal(channels::create(&sari.chat, &sari.scope, &bad).await).1.as_deref(), Some(field));
    }
    // By the way of groups too.
    groups::rename(&sari.chat, &sari.scope, room.id, "Kopi lagi", 5).await.unwrap();
    let found = channels::explore(&oleh.chat, &oleh.scope, "lagi", None).await.unwrap();
    assert_eq!(found.channels.len(), 1);
    let hook = NewWebhook { direction: Direction::Incoming, name: "bot".to_owned(), url: None };
    let hook = webhooks::create(&sari.chat, &sari.scope, room.id, hook).await.unwrap();
    webhooks::post(&sari.chat, &hook.secret.unwrap(), client_id(), "dari bot").await.unwrap();
    assert_eq!(oleh.texts(room.id).await, ["dari bot"]);
    assert_eq!(code(avatars::remove_of_group(&oleh.chat, &oleh.scope, room.id).await), ErrorCode::Forbidden);
}

#[tokio::test]
async fn the_end_of_a_channel_is_the_end_for_all() {
    let house = House::new().await;
    let (sari, oleh, _, room) = three(&house).await;
    sari.says(room, "rahasia-lama").await;
    let mut olehs = oleh.connects().await;
    heard::events(&mut olehs).await;
    assert_eq!(code(groups::delete(&oleh.chat, &oleh.scope, room).await), ErrorCode::Forbidden);
    groups::delete(&sari.chat, &sari.scope, room).await.unwrap();
    assert_eq!(heard::events(&mut olehs).await, [Event::DialogGone { room_id: room }]);
    assert_eq!(code(channels::page(&house.chat, "kopi", None).await), ErrorCode::NotFound);
    assert_eq!(code(rooms::room(&oleh.chat, &oleh.scope, room).await), ErrorCode::NotFound);
    oleh.broadcasts("Baru", Some("kopi")).await.unwrap();
    house.settles("the posts are purged", async || !house.files_hold("rahasia-lama")).await;
}

#[tokio::test]
async fn ten_thousand_followers_cost_no_more_than_three() {
    let house = House::new().await;
    let (sari, oleh, _, room) = three(&house).await;
    let crowd = house.crowd(10_000, &sari).await;
    for some in crowd.chunks(500) {
        let rows = some.iter().map(|id| format!("({room}, {id}, 'member', 1, 0, 0, 0, 0, 0, 0, 1)"));
        let rows = rows.collect::<Vec<_>>().join(", ");
        let sql = format!(
            "INSERT INTO memberships (room_id, user_id, role, active, muted, request, hidden, read_number, \
             delivered_number, seq, joined_at) VALUES {rows}"
        );
        run(&house.raw, sql).await;
    }
    run(&house.raw, format!("UPDATE channels SET followers = 10003 WHERE room_id = {room}")).await;
    let mut saris = sari.connects().await;
    heard::events(&mut saris).await;

    let began = Instant::now();
    let view = oleh.sees(room).await;
    let cursor = Cursor { room_id: room, seq: 0 };
    let changes = messages::changes(&oleh.chat, &oleh.scope, &[cursor]).await.unwrap().pop().unwrap();
    oleh.unfollows(room).await.unwrap();
    oleh.follows(room).await.unwrap();
    let took = began.elapsed();

    assert_eq!(view.dialog.room.member_count, 10_003);
    assert_eq!((view.members.len(), changes.members.len()), (1, 1));
    assert_eq!(heard::events(&mut saris).await, []);
    let page = channels::followers(&sari.chat, &sari.scope, room, "", None).await.unwrap();
    assert!(page.more && page.followers.len() == sapa_model::limits::FOLLOWER_PAGE);
    assert!(took.as_millis() < 500, "{took:?}");
}
