//! From stranger to friend and back, as both sides hear it.

use sapa_domain::live::Connection;
use sapa_domain::people;
use sapa_model::room::DialogFilter;
use sapa_model::{ErrorCode, Event, Relation, SystemLine, UserId, limits};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, heard, run};

/// The last that a connection heard of how its user stands to somebody, with the badge.
async fn last_heard(connection: &mut Connection) -> Option<(UserId, Relation, u32)> {
    let relation = |event| match event {
        Event::Relation { person, friend_requests } => {
            Some((person.user.id, person.relation, friend_requests))
        }
        _ => None,
    };
    heard::events(connection).await.into_iter().filter_map(relation).next_back()
}

#[tokio::test]
async fn a_request_and_its_answer_are_heard_on_both_sides() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);

    assert_eq!(sari.asks(&oleh).await.unwrap().relation, Relation::Requested);
    assert_eq!(last_heard(&mut saris).await, Some((oleh.id(), Relation::Requested, 0)));
    assert_eq!(last_heard(&mut olehs).await, Some((sari.id(), Relation::Asked, 1)));
    assert_eq!(oleh.requests().await.received[0].user.id, sari.id());
    assert_eq!(sari.requests().await.sent[0].user.id, oleh.id());
    assert_eq!(oleh.badge().await, 1);

    oleh.declines(&sari).await.unwrap();
    assert_eq!(last_heard(&mut saris).await, Some((oleh.id(), Relation::None, 0)));
    assert_eq!(last_heard(&mut olehs).await, Some((sari.id(), Relation::None, 0)));

    sari.asks(&oleh).await.unwrap();
    sari.takes_back(&oleh).await.unwrap();
    assert_eq!(last_heard(&mut olehs).await, Some((sari.id(), Relation::None, 0)));
    assert_eq!(code(oleh.accepts(&sari).await), ErrorCode::Conflict);
}

#[tokio::test]
async fn friendship_makes_the_pairs_room_on_both_sides() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    sari.asks(&oleh).await.unwrap();
    assert_eq!(oleh.accepts(&sari).await.unwrap().relation, Relation::Friends);

    let mut rooms = Vec::new();
    for (connection, peer) in [(&mut saris, &oleh), (&mut olehs, &sari)] {
        let events = heard::events(connection).await;
        let dialog = events.iter().find_map(|event| match event {
            Event::Dialog(dialog) => Some(dialog.clone()),
            _ => None,
        });
        let dialog = dialog.unwrap();
        let shown = dialog.peer.unwrap();
        assert_eq!((shown.user.id, shown.relation, dialog.request), (peer.id(), Relation::Friends, false));
        assert!(events.iter().any(
            |event| matches!(event, Event::Relation { person, .. } if person.relation == Relation::Friends)
        ));
        rooms.push(dialog.room.id);
    }
    assert_eq!(rooms[0], rooms[1]);
    assert_eq!(sari.lines(rooms[0]).await, [(oleh.id(), SystemLine::BecameFriends)]);
    assert_eq!(sari.opens(&oleh).await.room.id, rooms[0]);

    sari.unfriends(&oleh).await.unwrap();
    assert_eq!(last_heard(&mut olehs).await, Some((sari.id(), Relation::None, 0)));
    assert!(people::friends(&house.chat, &oleh.scope).await.unwrap().is_empty());
    assert_eq!(sari.opens(&oleh).await.room.id, rooms[0], "the room stays");
}

#[tokio::test]
async fn requests_that_cross_make_a_friendship_and_one_room() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (one, other) = tokio::join!(sari.asks(&oleh), oleh.asks(&sari));
    one.unwrap();
    other.unwrap();
    let (one, other) = tokio::join!(sari.accepts(&oleh), oleh.accepts(&sari));
    assert_eq!([one.unwrap().relation, other.unwrap().relation], [Relation::Friends; 2]);
    for person in [&sari, &oleh] {
        assert_eq!(person.dialogs(DialogFilter::All).await.len(), 1);
        assert_eq!(person.badge().await, 0);
    }
    assert_eq!(house.count("SELECT count(*) FROM rooms").await, 1);
    assert_eq!(house.count("SELECT count(*) FROM messages").await, 1, "one line says so");
}

#[tokio::test]
async fn one_id_names_a_friendship_on_both_sides_and_no_other_ever() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let id = async |me: &Person, other: &Person| {
        people::friendship(&house.chat, &me.scope, other.id()).await.map(|found| found.id)
    };
    sari.asks(&oleh).await.unwrap();
    let first = id(&sari, &oleh).await.unwrap();
    assert_eq!(id(&oleh, &sari).await.unwrap(), first);
    assert_eq!(code(people::accept(&house.chat, &dewi.scope, first).await), ErrorCode::NotFound);
    assert_eq!(code(people::accept(&house.chat, &sari.scope, first).await), ErrorCode::Forbidden);
    assert_eq!(people::accept(&house.chat, &oleh.scope, first).await.unwrap().relation, Relation::Friends);
    // A block hides it from the blocker alone.
    sari.blocks(&oleh).await;
    assert_eq!(code(id(&sari, &oleh).await), ErrorCode::NotFound);
    assert_eq!(code(people::end(&house.chat, &sari.scope, first).await), ErrorCode::NotFound);
    assert_eq!(id(&oleh, &sari).await.unwrap(), first);
    assert_eq!(people::end(&house.chat, &oleh.scope, first).await.unwrap().relation, Relation::None);
    sari.unblocks(&oleh).await;

    sari.asks(&oleh).await.unwrap();
    let second = id(&oleh, &sari).await.unwrap();
    assert!(second > first);
    assert_eq!(code(people::decline(&house.chat, &oleh.scope, first).await), ErrorCode::NotFound);
    assert_eq!(people::decline(&house.chat, &oleh.scope, second).await.unwrap().relation, Relation::None);
}

#[tokio::test]
async fn nobody_befriends_themselves_or_nobody() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let nobody = Person { scope: sapa_domain::Scope { user_id: UserId(404), ..sari.scope }, ..sari.clone() };
    for refused in [
        sari.asks(&sari).await,
        sari.accepts(&sari).await,
        sari.unfriends(&sari).await,
        people::block(&house.chat, &sari.scope, sari.id()).await,
        people::unblock(&house.chat, &sari.scope, sari.id()).await,
    ] {
        assert_eq!(refusal(refused), (ErrorCode::Invalid, Some("userId".to_owned())));
    }
    for refused in [
        sari.asks(&nobody).await,
        sari.accepts(&nobody).await,
        people::block(&house.chat, &sari.scope, nobody.id()).await,
        people::person(&house.chat, &sari.scope, nobody.id()).await,
    ] {
        assert_eq!(code(refused), ErrorCode::NotFound);
    }
}

#[tokio::test]
async fn open_requests_have_a_limit() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    house.crowd(limits::SENT_REQUESTS_MAX, &sari).await;
    run(&house.raw, "UPDATE friendships SET accepted_at = NULL".to_owned()).await;
    let refused = sari.asks(&oleh).await.unwrap_err();
    assert_eq!((refused.code, refused.limit), (ErrorCode::LimitReached, Some(200)));
    assert_eq!(sari.requests().await.sent.len(), limits::SENT_REQUESTS_MAX);
    assert!(oleh.asks(&sari).await.is_ok(), "others may still ask");
    assert_eq!(sari.asks(&oleh).await.unwrap().relation, Relation::Friends, "and be answered");
}
