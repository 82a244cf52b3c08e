//! Pages of history: complete, in order, without gaps.

use sapa_domain::messages;
use sapa_model::ErrorCode;
use sapa_model::limits::MESSAGE_PAGE;
use sapa_model::message::{HistoryFrom, MessagePage};

use crate::support::House;

fn positions(page: &MessagePage) -> Vec<u64> {
    page.messages.iter().map(|message| message.position).collect()
}

#[tokio::test]
async fn pages_both_ways_cover_everything_once() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let total = MESSAGE_PAGE * 2 + 7;
    for i in 0..total {
        sari.says(room, &i.to_string()).await;
    }
    let all: Vec<u64> = (1..=total as u64).collect();

    let mut page = sari.history(room, HistoryFrom::Latest).await;
    assert!(!page.more_after);
    let mut back = positions(&page);
    while page.more_before {
        page = sari.history(room, HistoryFrom::Before(back[0])).await;
        assert!(page.more_after);
        back.splice(0..0, positions(&page));
    }
    assert_eq!(back, all);

    let mut page = sari.history(room, HistoryFrom::After(0)).await;
    assert!(!page.more_before);
    let mut forth = positions(&page);
    while page.more_after {
        page = sari.history(room, HistoryFrom::After(*forth.last().unwrap())).await;
        assert!(page.more_before);
        forth.extend(positions(&page));
    }
    assert_eq!(forth, all);

    let around = sari.history(room, HistoryFrom::Around(60)).await;
    assert_eq!(positions(&around), (35..85).collect::<Vec<_>>());
    assert!(around.more_before && around.more_after);
}

#[tokio::test]
async fn the_unread_page_holds_the_first_unread() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    for i in 0..80 {
        sari.says(room, &i.to_string()).await;
    }
    oleh.reads(room, 10).await;
    let page = oleh.history(room, HistoryFrom::Unread).await;
    assert!(page.messages.iter().any(|message| message.number == 11));
    assert!(page.more_after);
    oleh.reads(room, 80).await;
    let page = oleh.history(room, HistoryFrom::Unread).await;
    assert_eq!(page.messages.last().unwrap().number, 80);
}

#[tokio::test]
async fn a_message_is_found_by_its_address_in_its_own_room_only() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (room, other) = (house.group(&[&sari]).await, house.group(&[&sari, &oleh]).await);
    let sent = sari.says(room, "halo").await;
    let find =
        async |who: &crate::support::Person, room| messages::find(&who.chat, &who.scope, room, sent.id).await;
    assert_eq!(find(&sari, room).await.unwrap(), sent);
    assert_eq!(find(&sari, other).await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(find(&oleh, room).await.unwrap_err().code, ErrorCode::NotFound);
}
