//! Blocks: the blocked one notices nothing, the blocker hears nothing.

use sapa_domain::live;
use sapa_model::message::HistoryFrom;
use sapa_model::room::DialogFilter;
use sapa_model::{ErrorCode, Event, Relation};

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
