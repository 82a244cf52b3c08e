//! Blocks: the blocked one notices nothing, the blocker hears nothing.

use sapa_domain::live;
use sapa_model::message::HistoryFrom;
use sapa_model::room::DialogFilter;
use sapa_model::{ErrorCode, Event, Relation, limits};

use crate::requests::joins_many;
use crate::support::deeds::code;
use crate::support::{House, client_id, heard};

#[tokio::test]
async fn what_a_blocked_person_writes_only_they_see_for_ever() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    oleh.says(room, "before").await;
    sari.blocks(&oleh).await;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;

    let shadowed = oleh.says(room, "during").await;

    assert_eq!(heard::messages(&mut olehs).await, std::slice::from_ref(&shadowed));
    assert_eq!(heard::messages(&mut saris).await, []);
    assert_eq!(oleh.texts(room).await, ["before", "during"]);
    assert_eq!(sari.texts(room).await, ["before"]);
    let dialog = sari.sees(room).await.dialog;
    assert_eq!(dialog.unread(), 0);
    assert_eq!(dialog.peer.unwrap().relation, Relation::Blocked);
    assert_eq!(dialog.last.unwrap().number, 1);
    assert_eq!(oleh.sees(room).await.dialog.last, Some(shadowed));
    assert!(sari.dialogs(DialogFilter::Unread).await.is_empty());

    sari.unblocks(&oleh).await;
    oleh.says(room, "after").await;
    assert_eq!(sari.texts(room).await, ["before", "after"]);
    assert_eq!(sari.sees(room).await.dialog.unread(), 1);
    let unread = sari.history(room, HistoryFrom::Unread).await;
    assert_eq!(unread.messages.iter().filter_map(heard::text).next_back(), Some("after".to_owned()));
}

#[tokio::test]
async fn the_blocked_one_never_sees_a_second_tick_meanwhile() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    sari.blocks(&oleh).await;
    let sent = oleh.says(room, "halo?").await;
    let mut olehs = oleh.connects().await;

    sari.receives(room, sent.number).await;
    sari.reads(room, sent.number).await;

    let view = oleh.sees(room).await;
    let saris = view.members.iter().find(|member| member.user.id == sari.id()).unwrap();
    assert_eq!((saris.delivered, saris.read), (0, 0));
    assert!(!heard::events(&mut olehs).await.iter().any(|event| matches!(event, Event::Marker { .. })));
}

#[tokio::test]
async fn the_blocker_must_unblock_to_write() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    sari.blocks(&oleh).await;
    let refused = sari.tries(room, &client_id(), "halo").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Blocked);
    sari.unblocks(&oleh).await;
    sari.says(room, "halo").await;
}

#[tokio::test]
async fn no_typing_and_no_presence_passes_a_block() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    let online = live::watch(&house.chat, &oleh.scope, olehs.id(), &[sari.id()]).await.unwrap();
    assert!(online[0].online);
    sari.blocks(&oleh).await;
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;

    live::typing(&house.chat, &sari.scope, room).await.unwrap();
    live::typing(&house.chat, &oleh.scope, room).await.unwrap();
    for (who, connection, other) in [(&sari, &saris, &oleh), (&oleh, &olehs, &sari)] {
        let presence = live::watch(&house.chat, &who.scope, connection.id(), &[other.id()]).await.unwrap();
        assert!(!presence[0].online && presence[0].last_seen.is_none());
    }

    assert_eq!(heard::events(&mut saris).await, []);
    assert_eq!(heard::events(&mut olehs).await, []);
}

#[tokio::test]
async fn groups_in_common_go_on() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let group = house.group(&[&sari, &oleh]).await;
    sari.blocks(&oleh).await;
    oleh.says(group, "halo semua").await;
    assert_eq!(sari.texts(group).await, ["halo semua"]);
    assert_eq!(sari.sees(group).await.dialog.unread(), 1);
}

#[tokio::test]
async fn whoever_is_blocked_brings_the_blocker_into_groups_of_which_only_the_others_know() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    for friend in [&sari, &dewi] {
        oleh.befriends(friend).await;
    }
    sari.befriends(&dewi).await;
    let before = oleh.founds("Sebelum", &[]).await.unwrap().room.id;
    oleh.adds(before, &[dewi.id(), sari.id()]).await.unwrap();
    sari.blocks(&oleh).await;
    let mut saris = sari.connects().await;
    heard::events(&mut saris).await;

    // To Oleh, and to whoever else is there, it is as it was before the block.
    let founded = oleh.founds("Kopi", &[dewi.id(), sari.id()]).await.unwrap();
    let added = oleh.founds("Teh", &[dewi.id()]).await.unwrap().room.id;
    oleh.adds(added, &[sari.id()]).await.unwrap();
    assert_eq!(founded.room.member_count, 3);
    for room in [founded.room.id, added] {
        oleh.says(room, "halo").await;
        for person in [&oleh, &dewi] {
            let seen = person.sees(room).await.members;
            assert!(seen.iter().any(|member| member.user.id == sari.id() && member.active));
        }
        assert_eq!(oleh.lines(room).await.len(), oleh.lines(before).await.len());
    }
    // She hears of nothing, and finds nothing, also once she comes back.
    assert_eq!(heard::events(&mut saris).await, []);
    let listed = async || sari.dialogs(DialogFilter::Groups).await.len();
    assert_eq!(listed().await, 1);
    assert_eq!(code(sapa_domain::groups::named(&house.chat, &sari.scope, "Teh").await), ErrorCode::NotFound);
    let mut again = sari.connects().await;
    oleh.says(added, "halo lagi").await;
    assert!(heard::messages(&mut again).await.is_empty());
    let call = oleh.calls(added, &oleh.connects().await).await.unwrap().call;
    assert!(call.parties.iter().any(|party| party.user.id == sari.id()), "it seems to ring");
    assert!(sari.hears_of().await.is_empty());
    // Nor do her friends there take her for one who is away.
    let dewis = dewi.connects().await;
    let presence = live::watch(&house.chat, &dewi.scope, dewis.id(), &[sari.id()]).await.unwrap();
    assert!(presence[0].online);

    // Somebody else may add her, and a link that she follows leads her in.
    oleh.adds(added, &[sari.id()]).await.unwrap();
    assert_eq!(listed().await, 1, "not he");
    oleh.names_admin(added, &dewi, true).await.unwrap();
    dewi.adds(added, &[sari.id()]).await.unwrap();
    assert_eq!(listed().await, 2);
    let link = oleh.invites(founded.room.id, 1).await.unwrap().token.unwrap();
    assert!(!sari.previews(&link).await.unwrap().joined);
    sari.joins(&link).await.unwrap();
    assert_eq!(listed().await, 3);
    oleh.says(added, "selamat datang").await;
    assert_eq!(heard::messages(&mut again).await.len(), 1);
}

#[tokio::test]
async fn whom_one_has_blocked_takes_nothing_of_ones_allowance() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    oleh.befriends(&sari).await;
    sari.blocks(&oleh).await;
    let room = oleh.founds("Kopi", &[sari.id()]).await.unwrap().room.id;
    joins_many(&house, &sari, limits::ROOMS_MAX - 2).await;
    sari.founds("Teh", &[]).await.unwrap();
    assert_eq!(code(sari.founds("Susu", &[]).await), ErrorCode::LimitReached);
    // Nor is he told that she has none left.
    oleh.founds("Lagi", &[sari.id()]).await.unwrap();
    oleh.removes(room, &sari).await.unwrap();
    assert_eq!(oleh.sees(room).await.members.len(), 1);
}
