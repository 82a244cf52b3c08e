//! Calls: for whom it rings, who is in, and what is left of each.

use std::time::Duration;

use sapa_domain::live::Connection;
use sapa_model::call::{CallLine, CallLink, CallMedia, CallOutcome, CallTicket, PartyState, Signal};
use sapa_model::{Call, ErrorCode, Event, UserId};

use crate::support::deeds::code;
use crate::support::phones::calls;
use crate::support::{House, Person, heard};

fn state(call: &Call, who: &Person) -> Option<PartyState> {
    call.party(who.id()).map(|party| party.state)
}

fn line(outcome: CallOutcome, seconds: Option<u32>) -> CallLine {
    CallLine { media: CallMedia::Video, outcome, seconds }
}

async fn quick_house() -> House {
    House::with(|options| {
        options.calls.ring = Duration::from_millis(300);
        options.calls.grace = Duration::from_millis(300);
    })
    .await
}

/// Sari has called Oleh, and he has come in: the two, their connections, and her ticket.
async fn two_in_a_call(house: &House) -> ([Person; 2], [Connection; 2], CallTicket) {
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (saris, olehs) = (sari.connects().await, oleh.connects().await);
    let ticket = sari.calls(room, &saris).await.unwrap();
    oleh.picks_up(ticket.call.id, &olehs).await.unwrap();
    ([sari, oleh], [saris, olehs], ticket)
}

#[tokio::test]
async fn a_friend_is_called_on_every_device_and_answers_on_one() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (mut saris, mut phone, mut laptop) =
        (sari.connects().await, oleh.connects().await, oleh.connects().await);
    for connection in [&mut saris, &mut phone, &mut laptop] {
        heard::events(connection).await;
    }

    let ticket = sari.calls(room, &saris).await.unwrap();
    assert!(matches!(ticket.link, CallLink::P2p { relay_only: false, .. }));
    let id = ticket.call.id;
    for connection in [&mut phone, &mut laptop] {
        let rings = calls(connection).await.pop().unwrap();
        assert!(rings.rings_for(oleh.id()) && !rings.rings_for(sari.id()));
    }
    // Nobody's address is told before the other is in.
    assert_eq!(code(sari.offers(id, &saris, 2)), ErrorCode::NotFound);
    assert_eq!(code(oleh.offers(id, &phone, ticket.seat.unwrap())), ErrorCode::Conflict);

    let answered = oleh.picks_up(id, &phone).await.unwrap();
    let elsewhere = calls(&mut laptop).await.pop().unwrap();
    assert_eq!(elsewhere.party(oleh.id()).unwrap().seat, answered.seat);
    assert!(elsewhere.answered_at.is_some() && !elsewhere.rings_for(oleh.id()));
    heard::events(&mut saris).await;
    oleh.offers(id, &phone, ticket.seat.unwrap()).unwrap();
    let offer = Signal::Offer { sdp: "v=0".to_owned() };
    let told = Event::Signal { call_id: id, from: answered.seat.unwrap(), signal: offer };
    assert_eq!(heard::events(&mut saris).await, [told]);
    assert_eq!(heard::events(&mut laptop).await, []);
    assert_eq!(code(oleh.offers(id, &laptop, ticket.seat.unwrap())), ErrorCode::Conflict);

    oleh.hangs_up(id);
    let over = calls(&mut saris).await.pop().unwrap();
    assert_eq!(over.outcome, Some(CallOutcome::Answered));
    assert!(sari.hears_of().await.is_empty());
    house.settles("the line", async || !sari.call_lines(room).await.is_empty()).await;
    assert_eq!(oleh.call_lines(room).await, [line(CallOutcome::Answered, Some(0))]);
    assert_eq!(oleh.sees(room).await.dialog.unread(), 0);
    assert_eq!(code(oleh.picks_up(id, &phone).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn what_nobody_answers_is_missed_and_unread() {
    let house = quick_house().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let saris = sari.connects().await;
    sari.calls(room, &saris).await.unwrap();
    house.settles("the end", async || sari.hears_of().await.is_empty()).await;
    house.settles("the line", async || !sari.call_lines(room).await.is_empty()).await;
    assert_eq!(sari.call_lines(room).await, [line(CallOutcome::Missed, None)]);
    assert_eq!(oleh.sees(room).await.dialog.unread(), 1);
    assert_eq!(sari.sees(room).await.dialog.unread(), 0);
}

#[tokio::test]
async fn a_call_is_turned_down_or_given_up() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (saris, olehs) = (sari.connects().await, oleh.connects().await);
    let first = sari.calls(room, &saris).await.unwrap().call.id;
    oleh.turns_down(first).unwrap();
    assert_eq!(code(oleh.turns_down(first)), ErrorCode::NotFound);
    let second = sari.calls(room, &saris).await.unwrap().call.id;
    assert_ne!(first, second);
    // Whoever rings back is in the same call.
    assert_eq!(oleh.calls(room, &olehs).await.unwrap().call.id, second);
    oleh.hangs_up(second);
    let third = sari.calls(room, &saris).await.unwrap().call.id;
    sari.hangs_up(third);
    house.settles("three lines", async || sari.call_lines(room).await.len() == 3).await;
    let outcomes: Vec<_> = oleh.call_lines(room).await.iter().map(|line| line.outcome).collect();
    assert_eq!(outcomes, [CallOutcome::Declined, CallOutcome::Answered, CallOutcome::Missed]);
    assert_eq!(oleh.sees(room).await.dialog.unread(), 1);
}

#[tokio::test]
async fn who_is_in_another_call_is_busy() {
    let house = House::new().await;
    let (sari, oleh, maria) =
        (house.person("sari").await, house.person("oleh").await, house.person("maria").await);
    let (one, other) = (sari.befriends(&oleh).await, maria.befriends(&oleh).await);
    let (saris, mut olehs, marias) = (sari.connects().await, oleh.connects().await, maria.connects().await);
    let id = sari.calls(one, &saris).await.unwrap().call.id;
    oleh.picks_up(id, &olehs).await.unwrap();
    heard::events(&mut olehs).await;
    let busy = maria.calls(other, &marias).await.unwrap().call;
    assert_eq!(state(&busy, &oleh), Some(PartyState::Busy));
    assert_eq!(busy.outcome, Some(CallOutcome::Busy));
    let heard = calls(&mut olehs).await;
    assert!(heard.iter().all(|call| !call.rings_for(oleh.id())), "{heard:?}");
    house.settles("the line", async || !maria.call_lines(other).await.is_empty()).await;
    assert_eq!(maria.call_lines(other).await, [line(CallOutcome::Busy, None)]);
    assert_eq!(oleh.sees(other).await.dialog.unread(), 1);
    // The first goes on.
    assert_eq!(oleh.hears_of().await.len(), 1);
}

#[tokio::test]
async fn strangers_and_whoever_is_blocked_ring_nowhere() {
    let house = quick_house().await;
    let (sari, oleh, joko) =
        (house.person("sari").await, house.person("oleh").await, house.person("joko").await);
    let strange = joko.opens(&sari).await.room.id;
    joko.says(strange, "halo").await;
    let jokos = joko.connects().await;
    assert_eq!(code(joko.calls(strange, &jokos).await), ErrorCode::Forbidden);

    let room = sari.befriends(&oleh).await;
    sari.blocks(&oleh).await;
    let (mut saris, olehs) = (sari.connects().await, oleh.connects().await);
    assert_eq!(code(sari.calls(room, &saris).await), ErrorCode::Blocked);
    heard::events(&mut saris).await;
    let call = oleh.calls(room, &olehs).await.unwrap().call;
    // As if it rang.
    assert_eq!(state(&call, &sari), Some(PartyState::Ringing));
    assert!(sari.hears_of().await.is_empty());
    assert_eq!(code(sari.picks_up(call.id, &saris).await), ErrorCode::NotFound);
    assert_eq!(code(sari.turns_down(call.id)), ErrorCode::NotFound);
    let late = sari.connects().await;
    house.settles("the line", async || !oleh.call_lines(room).await.is_empty()).await;
    assert_eq!(oleh.call_lines(room).await, [line(CallOutcome::Missed, None)]);
    assert_eq!(sari.call_lines(room).await, []);
    assert_eq!(sari.sees(room).await.dialog.unread(), 0);
    for mut connection in [saris, late] {
        let events = heard::events(&mut connection).await;
        let of_call = |event: &Event| match event {
            Event::Hello { calls, .. } => !calls.is_empty(),
            Event::Call(_) => true,
            _ => false,
        };
        assert!(!events.iter().any(of_call), "{events:?}");
    }
    assert_eq!(code(joko.calls(room, &jokos).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_page_that_comes_back_keeps_its_seat_and_a_new_one_gets_another() {
    let house = quick_house().await;
    let ([sari, oleh], [saris, _olehs], ticket) = two_in_a_call(&house).await;
    let (id, room) = (ticket.call.id, ticket.call.room_id);
    drop(saris);
    let mut again = sari.connects().await;
    let hello = heard::events(&mut again).await.swap_remove(0);
    assert!(matches!(hello, Event::Hello { calls, .. } if calls[0].id == id));
    let same = sari.comes_back(id, &again, ticket.seat).await.unwrap();
    assert_eq!(same.seat, ticket.seat);
    let reloaded = sari.connects().await;
    let other = sari.comes_back(id, &reloaded, None).await.unwrap();
    assert_ne!(other.seat, ticket.seat);
    assert_eq!(code(sari.offers(id, &again, 2)), ErrorCode::Conflict);
    drop((again, reloaded));
    house.settles("the end", async || oleh.hears_of().await.is_empty()).await;
    house.settles("the line", async || !sari.call_lines(room).await.is_empty()).await;
}

#[tokio::test]
async fn whoever_leaves_the_page_is_waited_for_less() {
    let house = House::with(|options| options.calls.grace_left = Duration::from_millis(300)).await;
    let ([sari, _], [_saris, mut olehs], _) = two_in_a_call(&house).await;
    olehs.leaves_page();
    drop(olehs);
    house.settles("the end", async || sari.hears_of().await.is_empty()).await;
}

#[tokio::test]
async fn a_seat_that_is_lost_again_is_kept_for_as_long_again() {
    let grace = Duration::from_millis(1_500);
    let house = House::with(|options| options.calls.grace = grace).await;
    let ([sari, oleh], [saris, _olehs], ticket) = two_in_a_call(&house).await;
    let id = ticket.call.id;
    drop(saris);
    let lost = std::time::Instant::now();
    let again = sari.connects().await;
    sari.comes_back(id, &again, ticket.seat).await.unwrap();
    tokio::time::sleep(grace / 2).await;
    drop(again);
    let lost_again = std::time::Instant::now();
    house.settles("the end", async || oleh.hears_of().await.is_empty()).await;
    assert!(lost_again.elapsed() >= grace, "{:?} after the first loss", lost.elapsed());
}

#[tokio::test]
async fn members_of_a_group_come_and_go() {
    let house = quick_house().await;
    let (sari, oleh, maria, joko) = (
        house.person("sari").await,
        house.person("oleh").await,
        house.person("maria").await,
        house.person("joko").await,
    );
    let room = house.group(&[&sari, &oleh, &maria, &joko]).await;
    joko.blocks(&sari).await;
    let (saris, olehs, marias, mut jokos) =
        (sari.connects().await, oleh.connects().await, maria.connects().await, joko.connects().await);
    heard::events(&mut jokos).await;
    let id = sari.calls(room, &saris).await.unwrap().call.id;
    oleh.picks_up(id, &olehs).await.unwrap();
    // Maria does not answer in time, and comes in later.
    let missed = async || state(&sari.hears_of().await[0], &maria) == Some(PartyState::Missed);
    house.settles("the ringing", missed).await;
    maria.picks_up(id, &marias).await.unwrap();
    assert_eq!(sari.hears_of().await[0].joined().count(), 3);
    sari.hangs_up(id);
    assert_eq!(maria.hears_of().await[0].joined().count(), 2);
    sari.removes(room, &maria).await.unwrap();
    assert_eq!(oleh.hears_of().await[0].joined().count(), 1);
    assert_eq!(code(maria.picks_up(id, &marias).await), ErrorCode::NotFound);
    oleh.hangs_up(id);
    house.settles("the line", async || !oleh.call_lines(room).await.is_empty()).await;
    assert_eq!(oleh.call_lines(room).await[0].outcome, CallOutcome::Answered);
    assert_eq!(calls(&mut jokos).await, []);
}

#[tokio::test]
async fn with_a_group_its_call_ends_and_leaves_nothing() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    let (saris, olehs) = (sari.connects().await, oleh.connects().await);
    let id = sari.calls(room, &saris).await.unwrap().call.id;
    oleh.picks_up(id, &olehs).await.unwrap();
    let before = house.count("SELECT COUNT(*) FROM messages").await;
    sapa_domain::groups::delete(&sari.chat, &sari.scope, room).await.unwrap();
    assert!(oleh.hears_of().await.is_empty());
    let over = "SELECT COUNT(*) FROM calls WHERE ended_at IS NOT NULL";
    house.settles("the end", async || house.count(over).await == 1).await;
    assert!(house.count("SELECT COUNT(*) FROM messages").await <= before);
}

#[tokio::test]
async fn so_many_are_in_and_no_more() {
    let house = House::new().await;
    let mut people = Vec::new();
    for name in ["a1a", "b2b", "c3c", "d4d", "e5e", "f6f", "g7g"] {
        people.push(house.person(name).await);
    }
    let room = house.group(&people.iter().collect::<Vec<_>>()).await;
    let mut connections = Vec::new();
    for person in &people {
        connections.push(person.connects().await);
    }
    let id = people[0].calls(room, &connections[0]).await.unwrap().call.id;
    for (person, connection) in people.iter().zip(&connections).take(6).skip(1) {
        person.picks_up(id, connection).await.unwrap();
    }
    assert_eq!(code(people[6].picks_up(id, &connections[6]).await), ErrorCode::LimitReached);
    people[3].hangs_up(id);
    people[6].picks_up(id, &connections[6]).await.unwrap();
    let users: Vec<UserId> = people[0].hears_of().await[0].joined().map(|party| party.user.id).collect();
    assert_eq!(users.len(), 6);
}

#[tokio::test]
async fn a_block_and_an_ended_friendship_end_the_call() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (saris, olehs) = (sari.connects().await, oleh.connects().await);
    let id = sari.calls(room, &saris).await.unwrap().call.id;
    oleh.picks_up(id, &olehs).await.unwrap();
    sari.unfriends(&oleh).await.unwrap();
    assert!(oleh.hears_of().await.is_empty());
    sari.befriends(&oleh).await;
    let id = sari.calls(room, &saris).await.unwrap().call.id;
    oleh.picks_up(id, &olehs).await.unwrap();
    oleh.blocks(&sari).await;
    assert!(sari.hears_of().await.is_empty());
}

#[tokio::test]
async fn a_call_that_went_on_when_the_program_ended_has_its_line() {
    let mut house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (saris, olehs) = (sari.connects().await, oleh.connects().await);
    let id = sari.calls(room, &saris).await.unwrap().call.id;
    oleh.picks_up(id, &olehs).await.unwrap();
    let answered = "SELECT COUNT(*) FROM calls WHERE answered_at IS NOT NULL";
    house.settles("the answer", async || house.count(answered).await == 1).await;
    house.reopen().await;
    let sari = house.again(&sari);
    assert_eq!(sari.call_lines(room).await, [line(CallOutcome::Answered, None)]);
    assert!(sari.hears_of().await.is_empty());
    house.reopen().await;
    assert_eq!(house.again(&sari).call_lines(room).await.len(), 1);
}
