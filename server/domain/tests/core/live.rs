//! Connections: what they hear, and how they end.

use std::time::Duration;

use sapa_domain::hub::{CloseReason, Outgoing};
use sapa_domain::{accounts, groups, live};
use sapa_model::people::Presence;
use sapa_model::{Circle, ErrorCode, Event, Settings, limits};

use crate::support::{House, heard, run};

#[tokio::test]
async fn hello_comes_first_and_events_in_order() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (mut phone, mut laptop) = (sari.connects().await, sari.connects().await);
    for i in 0..20 {
        oleh.says(room, &i.to_string()).await;
    }
    for connection in [&mut phone, &mut laptop] {
        let events = heard::events(connection).await;
        assert!(matches!(events[0], Event::Hello { user_id, .. } if user_id == sari.id()));
        let seqs: Vec<u64> = events
            .iter()
            .filter_map(|event| match event {
                Event::Message(message) => Some(message.seq),
                _ => None,
            })
            .collect();
        assert_eq!(seqs, (2..=21).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_reader_that_falls_behind_is_closed_and_the_others_go_on() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (mut slow, mut quick) = (sari.connects().await, oleh.connects().await);
    for i in 0..150 {
        oleh.says(room, &i.to_string()).await;
        heard::events(&mut quick).await;
    }
    assert_eq!(slow.next().await, Outgoing::Close(CloseReason::Overrun));
    assert_eq!(slow.next().await, Outgoing::Close(CloseReason::Overrun));
    assert_eq!(house.chat.hub().connections(), 1);
    assert!(!house.chat.hub().is_online(sari.id()));
    oleh.says(room, "still here").await;
    assert_eq!(heard::messages(&mut quick).await.len(), 1);
}

#[tokio::test]
async fn a_user_has_so_many_connections_and_no_more() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let mut connections = Vec::new();
    for _ in 0..limits::CONNECTIONS_MAX {
        connections.push(sari.connects().await);
    }
    let refused = live::connect(&house.chat, &sari.scope).await.err().unwrap();
    assert_eq!(refused.code, ErrorCode::LimitReached);
    oleh.connects().await;
    connections.pop();
    sari.connects().await;
}

#[tokio::test]
async fn presence_comes_and_goes_with_the_first_and_last_connection() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let mut olehs = oleh.connects().await;
    let away = live::watch(&house.chat, &oleh.scope, olehs.id(), &[sari.id()]).await.unwrap();
    assert_eq!(away, [Presence { user_id: sari.id(), online: false, last_seen: None }]);
    heard::events(&mut olehs).await;

    let phone = sari.connects().await;
    let laptop = sari.connects().await;
    drop(phone);
    drop(laptop);

    let events = heard::events(&mut olehs).await;
    let online: Vec<_> = events
        .iter()
        .map(|event| match event {
            Event::Presence(presence) => (presence.online, presence.last_seen.is_some()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(online, [(true, false), (false, true)]);
    // Anything that goes through the writer comes after what was left for it.
    assert!(house.chat.ready().await);
    let seen = live::watch(&house.chat, &oleh.scope, olehs.id(), &[sari.id()]).await.unwrap();
    assert!(seen[0].last_seen.is_some());
}

#[tokio::test]
async fn presence_shows_to_the_circle_that_was_chosen() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let _here = sari.connects().await;
    let olehs = oleh.connects().await;
    let sees = async || {
        let presence = live::watch(&house.chat, &oleh.scope, olehs.id(), &[sari.id()]).await.unwrap();
        presence[0].online
    };
    let settings = accounts::me(&house.chat, &sari.scope).await.unwrap().settings;
    let shows = async |who_sees_presence| {
        let settings = Settings { who_sees_presence, ..settings };
        accounts::update_settings(&house.chat, &sari.scope, settings).await.unwrap();
    };
    assert!(sees().await, "to everyone");
    shows(Circle::Friends).await;
    assert!(!sees().await, "a stranger is no friend");
    sari.befriends(&oleh).await;
    assert!(sees().await);
    shows(Circle::Nobody).await;
    assert!(!sees().await);
    let many = vec![sari.id(); 201];
    let refused = live::watch(&house.chat, &oleh.scope, olehs.id(), &many).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::LimitReached);
}

#[tokio::test]
async fn an_ended_session_cannot_connect_and_closing_ends_all() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let mut phone = sari.connects().await;
    run(&house.raw, "DELETE FROM sessions".to_owned()).await;
    let refused = live::connect(&house.chat, &sari.scope).await.err().unwrap();
    assert_eq!(refused.code, ErrorCode::SignedOut);
    house.chat.close().await;
    let closed = tokio::time::timeout(Duration::from_secs(5), phone.next()).await.unwrap();
    assert_eq!(closed, Outgoing::Close(CloseReason::ShuttingDown));
}

#[tokio::test]
async fn no_join_slips_past_a_connection_that_is_being_made() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    for _ in 0..10 {
        let room = house.group(&[&sari]).await;
        let invited = [oleh.id()];
        let adding = groups::add(&house.chat, &sari.scope, room, &invited);
        let (mut olehs, added) = tokio::join!(oleh.connects(), adding);
        added.unwrap();
        let sent = sari.says(room, "halo").await;
        assert!(heard::messages(&mut olehs).await.contains(&sent));

        groups::remove(&house.chat, &sari.scope, room, oleh.id()).await.unwrap();
        heard::events(&mut olehs).await;
        sari.says(room, "he is gone").await;
        assert_eq!(heard::events(&mut olehs).await, []);
    }
}
