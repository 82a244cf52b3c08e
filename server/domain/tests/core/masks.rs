//! How a block looks from both sides, where requests and friendships are concerned.

use sapa_domain::people;
use sapa_model::{ErrorCode, Event, Relation};

use crate::support::deeds::code;
use crate::support::{House, heard};

#[tokio::test]
async fn a_blocked_persons_request_is_kept_and_unseen() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    oleh.asks(&sari).await.unwrap();
    sari.blocks(&oleh).await;
    assert_eq!(oleh.stands_to(&sari).await, Relation::Requested);
    assert_eq!(sari.stands_to(&oleh).await, Relation::Blocked);
    assert_eq!((sari.badge().await, sari.requests().await.received.len()), (0, 0));
    assert_eq!(code(sari.accepts(&oleh).await), ErrorCode::Conflict);

    sari.unblocks(&oleh).await;
    assert_eq!(sari.stands_to(&oleh).await, Relation::Asked);
    assert_eq!((sari.badge().await, sari.requests().await.received.len()), (1, 1));
}

#[tokio::test]
async fn what_a_blocked_person_does_is_not_heard() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.blocks(&oleh).await;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;

    assert_eq!(oleh.asks(&sari).await.unwrap().relation, Relation::Requested);
    assert_eq!(heard::events(&mut olehs).await.len(), 1);
    oleh.takes_back(&sari).await.unwrap();
    oleh.asks(&sari).await.unwrap();
    assert_eq!(heard::events(&mut saris).await, []);
    assert_eq!(sari.badge().await, 0);
}

#[tokio::test]
async fn the_blocked_one_hears_no_more_than_a_request_taken_back() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    sari.befriends(&oleh).await;
    sari.asks(&dewi).await.unwrap();
    let (mut olehs, mut dewis) = (oleh.connects().await, dewi.connects().await);
    heard::events(&mut olehs).await;
    heard::events(&mut dewis).await;

    sari.blocks(&oleh).await;
    sari.blocks(&dewi).await;
    assert_eq!(heard::events(&mut olehs).await, []);
    assert_eq!(oleh.stands_to(&sari).await, Relation::Friends);
    let withdrawn = heard::events(&mut dewis).await;
    assert!(
        matches!(&withdrawn[..], [Event::Relation { person, friend_requests: 0 }] if person.relation == Relation::None)
    );

    sari.unblocks(&oleh).await;
    sari.unblocks(&dewi).await;
    assert_eq!(heard::events(&mut olehs).await, []);
    assert_eq!(heard::events(&mut dewis).await, []);
    assert_eq!(sari.stands_to(&oleh).await, Relation::Friends);
    assert_eq!(sari.stands_to(&dewi).await, Relation::None);
}

#[tokio::test]
async fn the_blocker_has_a_page_of_them_and_must_unblock_to_ask() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let mut saris = sari.connects().await;
    heard::events(&mut saris).await;
    sari.blocks(&oleh).await;
    sari.blocks(&oleh).await;
    let blocked = people::blocked(&house.chat, &sari.scope).await.unwrap();
    assert_eq!(blocked.iter().map(|person| person.user.id).collect::<Vec<_>>(), [oleh.id()]);
    assert!(heard::events(&mut saris).await.iter().all(
        |event| matches!(event, Event::Relation { person, .. } if person.relation == Relation::Blocked)
    ));
    assert_eq!(code(sari.asks(&oleh).await), ErrorCode::Blocked);
    assert!(people::blocked(&house.chat, &oleh.scope).await.unwrap().is_empty());
    sari.unblocks(&oleh).await;
    assert!(sari.asks(&oleh).await.is_ok());
}

#[tokio::test]
async fn a_friend_across_a_block_ends_the_friendship_unheard() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    sari.blocks(&oleh).await;
    assert!(people::friends(&house.chat, &sari.scope).await.unwrap().is_empty());
    assert_eq!(people::friends(&house.chat, &oleh.scope).await.unwrap().len(), 1);
    let mut saris = sari.connects().await;
    heard::events(&mut saris).await;
    assert_eq!(oleh.unfriends(&sari).await.unwrap().relation, Relation::None);
    assert_eq!(heard::events(&mut saris).await, []);
    sari.unblocks(&oleh).await;
    assert_eq!(sari.stands_to(&oleh).await, Relation::None);
}
