//! Groups: making them, coming in and going out.

use sapa_domain::groups;
use sapa_model::message::HistoryFrom;
use sapa_model::room::{DialogFilter, NewGroup};
use sapa_model::{ErrorCode, Event, Role, SystemLine, UserCard, limits};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id, heard};

/// Sari, and two friends of hers.
async fn friends(house: &House) -> (Person, Person, Person) {
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    sari.befriends(&oleh).await;
    sari.befriends(&dewi).await;
    (sari, oleh, dewi)
}

fn card(person: &Person, name: &str) -> UserCard {
    UserCard {
        id: person.id(),
        username: name.to_owned(),
        nickname: name.to_owned(),
        avatar: None,
        revision: 0,
    }
}

#[tokio::test]
async fn a_new_group_appears_at_once_for_all_its_members() {
    let house = House::new().await;
    let (sari, oleh, dewi) = friends(&house).await;
    let mut connections = [sari.connects().await, oleh.connects().await, dewi.connects().await];
    for connection in &mut connections {
        heard::events(connection).await;
    }

    let group = sari.founds("  Kopi   pagi ", &[oleh.id(), dewi.id(), oleh.id(), sari.id()]).await.unwrap();

    let room = group.room.id;
    assert_eq!((group.room.name.as_str(), group.room.hue, group.room.member_count), ("Kopi pagi", 30, 3));
    assert_eq!(group.role, Role::Owner);
    for (connection, role) in connections.iter_mut().zip([Role::Owner, Role::Member, Role::Member]) {
        let events = heard::events(connection).await;
        assert!(matches!(&events[..], [Event::Dialog(dialog)]
            if dialog.room == group.room && dialog.role == role && dialog.last == group.last && dialog.unread() == 0));
    }
    assert_eq!(
        oleh.lines(room).await,
        [
            (sari.id(), SystemLine::GroupCreated { name: "Kopi pagi".to_owned() }),
            (sari.id(), SystemLine::MemberAdded { user: card(&oleh, "oleh") }),
            (sari.id(), SystemLine::MemberAdded { user: card(&dewi, "dewi") }),
        ]
    );
    dewi.says(room, "selamat pagi").await;
    for connection in &mut connections {
        assert_eq!(heard::messages(connection).await.len(), 1);
    }
    assert_eq!(sari.sees(room).await.dialog.unread(), 1);
}

#[tokio::test]
async fn a_group_that_cannot_be_made_leaves_nothing() {
    let house = House::new().await;
    let (sari, oleh, _) = friends(&house).await;
    let stranger = house.person("stranger").await;
    let rooms = house.count("SELECT count(*) FROM rooms").await;
    for name in ["", " \n"] {
        assert_eq!(refusal(sari.founds(name, &[]).await), (ErrorCode::Required, Some("name".to_owned())));
    }
    assert_eq!(refusal(sari.founds(&"x".repeat(81), &[]).await).0, ErrorCode::TooLong);
    let bright = NewGroup { name: "Kopi".to_owned(), hue: 360, member_ids: vec![] };
    let bright = groups::create(&house.chat, &sari.scope, bright).await;
    assert_eq!(refusal(bright), (ErrorCode::Invalid, Some("hue".to_owned())));

    let cannot_add = (ErrorCode::CannotAdd, Some("memberIds".to_owned()));
    assert_eq!(refusal(sari.founds("Kopi", &[oleh.id(), stranger.id()]).await), cannot_add);
    assert_eq!(refusal(sari.founds("Kopi", &[sapa_model::UserId(404)]).await), cannot_add);
    sari.blocks(&oleh).await;
    assert_eq!(refusal(sari.founds("Kopi", &[oleh.id()]).await), cannot_add);
    assert_eq!(house.count("SELECT count(*) FROM rooms").await, rooms);
}

#[tokio::test]
async fn those_who_are_added_are_seen_by_all_and_see_all() {
    let house = House::new().await;
    let (sari, oleh, dewi) = friends(&house).await;
    let room = sari.founds("Kopi", &[oleh.id()]).await.unwrap().room.id;
    oleh.says(room, "halo").await;
    let (mut olehs, mut dewis) = (oleh.connects().await, dewi.connects().await);
    heard::events(&mut olehs).await;
    heard::events(&mut dewis).await;

    sari.adds(room, &[dewi.id(), oleh.id()]).await.unwrap();

    let added = SystemLine::MemberAdded { user: card(&dewi, "dewi") };
    let events = heard::events(&mut olehs).await;
    assert!(matches!(&events[..], [
        Event::Message(message),
        Event::Member { member, .. },
        Event::Room(room),
    ] if heard::line(message) == Some((sari.id(), added))
        && member.user.id == dewi.id() && member.active && room.member_count == 3));
    let events = heard::events(&mut dewis).await;
    assert!(matches!(&events[..], [Event::Dialog(dialog)] if dialog.room.id == room && dialog.unread() == 0));
    assert_eq!(dewi.texts(room).await, ["halo"], "the whole history is theirs");

    let stranger = house.person("stranger").await;
    let refused = sari.adds(room, &[stranger.id()]).await;
    assert_eq!(refusal(refused), (ErrorCode::CannotAdd, Some("users".to_owned())));
    assert_eq!(heard::events(&mut olehs).await, []);
}

#[tokio::test]
async fn who_is_removed_hears_that_and_nothing_more() {
    let house = House::new().await;
    let (sari, oleh, dewi) = friends(&house).await;
    let room = sari.founds("Kopi", &[oleh.id(), dewi.id()]).await.unwrap().room.id;
    let (mut olehs, mut dewis) = (oleh.connects().await, dewi.connects().await);
    heard::events(&mut olehs).await;
    heard::events(&mut dewis).await;

    sari.removes(room, &oleh).await.unwrap();
    sari.says(room, "sekarang kita berdua").await;

    let removed = (sari.id(), SystemLine::MemberRemoved { user: card(&oleh, "oleh") });
    let events = heard::events(&mut olehs).await;
    assert!(matches!(&events[..], [Event::Message(message), Event::DialogGone { room_id }]
        if heard::line(message) == Some(removed) && *room_id == room));
    assert!(heard::events(&mut dewis).await.iter().any(
        |event| matches!(event, Event::Member { member, .. } if member.user.id == oleh.id() && !member.active)
    ));
    assert_eq!(code(oleh.tries(room, &client_id(), "halo?").await), ErrorCode::NotFound);
    let history = sapa_domain::messages::history(&house.chat, &oleh.scope, room, HistoryFrom::Latest).await;
    assert_eq!(code(history), ErrorCode::NotFound);
    assert!(oleh.dialogs(DialogFilter::Groups).await.is_empty());
    assert_eq!(sari.sees(room).await.members.len(), 2);
}

#[tokio::test]
async fn who_comes_back_comes_as_a_new_member() {
    let house = House::new().await;
    let (sari, oleh, _) = friends(&house).await;
    let room = sari.founds("Kopi", &[oleh.id()]).await.unwrap().room.id;
    sari.names_admin(room, &oleh, true).await.unwrap();
    sapa_domain::rooms::set_muted(&house.chat, &oleh.scope, room, true).await.unwrap();
    oleh.leaves(room).await.unwrap();
    sari.says(room, "sepi").await;
    sari.adds(room, &[oleh.id()]).await.unwrap();

    let dialog = oleh.sees(room).await.dialog;
    assert_eq!((dialog.role, dialog.muted, dialog.unread()), (Role::Member, false, 0));
    let lines: Vec<_> = oleh.lines(room).await.into_iter().map(|(_, line)| line).collect();
    assert!(matches!(&lines[..], [.., SystemLine::MemberLeft, SystemLine::MemberAdded { .. }]));
}

#[tokio::test]
async fn the_owner_hands_over_before_leaving() {
    let house = House::new().await;
    let (sari, oleh, _) = friends(&house).await;
    let room = sari.founds("Kopi", &[oleh.id()]).await.unwrap().room.id;
    assert_eq!(code(sari.leaves(room).await), ErrorCode::OwnerMustHandOver);
    sari.hands_over(room, &oleh).await.unwrap();
    sari.leaves(room).await.unwrap();
    assert_eq!(code(sari.leaves(room).await), ErrorCode::NotFound);

    let link = oleh.invites(room, 1).await.unwrap().token.unwrap();
    oleh.leaves(room).await.unwrap();
    assert_eq!(code(sari.joins(&link).await), ErrorCode::InviteGone, "nobody comes into an empty group");
}

#[tokio::test]
async fn a_great_group_is_made_and_its_limits_hold() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let crowd = house.crowd(limits::GROUP_MEMBERS_MAX, &sari).await;
    let mut saris = sari.connects().await;
    let limit = (ErrorCode::LimitReached, Some("memberIds".to_owned()));
    assert_eq!(refusal(sari.founds("Semua", &crowd).await), limit);
    let most = &crowd[..limits::GROUP_MEMBERS_MAX - 1];
    let full = sari.founds("Semua", most).await.unwrap().room;
    assert_eq!(full.member_count, 256);
    assert_eq!(code(sari.adds(full.id, &crowd[255..]).await), ErrorCode::LimitReached);

    let small = sari.founds("Sedikit", &[]).await.unwrap().room.id;
    let too_many = sari.adds(small, &crowd[..=limits::GROUP_ADD_MAX]).await;
    assert_eq!(refusal(too_many), (ErrorCode::LimitReached, Some("users".to_owned())));
    heard::events(&mut saris).await;
    sari.adds(small, &crowd[..limits::GROUP_ADD_MAX]).await.unwrap();
    // A line and a member for each, and the room: it all fits into the connection's queue.
    assert_eq!(heard::events(&mut saris).await.len(), 2 * limits::GROUP_ADD_MAX + 1);
}
