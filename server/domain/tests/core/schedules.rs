//! Sessions: proposed, answered, called off, and the reminder.

use sapa_domain::{messages, schedules};
use sapa_model::schedule::{NewSchedule, Schedule};
use sapa_model::{
    AppResult, ClientId, DeleteFor, ErrorCode, Event, Message, MessageBody, RoomId, ScheduleId, Timestamp,
};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id, heard, run};

const HOUR: i64 = 3_600_000;

fn from_now(milliseconds: i64) -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(since.as_millis()).unwrap() + milliseconds)
}

fn plan(client_id: ClientId, topic: &str, starts_at: Timestamp, minutes: u32) -> NewSchedule {
    NewSchedule { client_id, topic: topic.to_owned(), starts_at, minutes }
}

impl Person {
    async fn proposes(&self, room: RoomId, topic: &str, starts_at: Timestamp) -> AppResult<Message> {
        schedules::propose(&self.chat, &self.scope, room, plan(client_id(), topic, starts_at, 60)).await
    }

    async fn answers_to(&self, id: ScheduleId, accepts: bool) -> AppResult<Message> {
        schedules::answer(&self.chat, &self.scope, id, accepts).await
    }
}

fn schedule(message: &Message) -> Schedule {
    match &message.body {
        MessageBody::Text { schedule: Some(schedule), .. } => schedule.clone(),
        other => panic!("{other:?}"),
    }
}

fn answers(message: &Message) -> Vec<(String, bool)> {
    schedule(message).answers.into_iter().map(|answer| (answer.user.username, answer.accepts)).collect()
}

#[tokio::test]
async fn a_session_is_proposed_answered_and_told_live() {
    let house = House::new().await;
    let (sari, oleh, maya) =
        (house.person("sari").await, house.person("oleh").await, house.person("maya").await);
    let room = house.group(&[&sari, &oleh, &maya]).await;
    let mut mayas = maya.connects().await;
    heard::events(&mut mayas).await;
    let starts_at = from_now(2 * HOUR);
    let new = plan(client_id(), "  Розмова   про каву ", starts_at, 45);
    let proposed = schedules::propose(&house.chat, &sari.scope, room, new.clone()).await.unwrap();
    let again = schedules::propose(&house.chat, &sari.scope, room, new).await.unwrap();
    assert_eq!(again, proposed, "proposed once");
    assert_eq!(heard::text(&proposed).unwrap(), "Розмова про каву");
    let session = schedule(&proposed);
    assert_eq!((session.starts_at, session.minutes, session.cancelled), (starts_at, 45, false));
    assert_eq!(answers(&proposed), [("sari".to_owned(), true)]);
    assert_eq!(oleh.sees(room).await.dialog.unread(), 1, "like any message");

    oleh.answers_to(session.id, true).await.unwrap();
    oleh.answers_to(session.id, false).await.unwrap();
    let seen = maya.answers_to(session.id, true).await.unwrap();
    assert_eq!(
        answers(&seen),
        [("sari".to_owned(), true), ("oleh".to_owned(), false), ("maya".to_owned(), true)]
    );
    let told = heard::messages(&mut mayas).await;
    assert_eq!(told.len(), 4);
    assert_eq!(told.last(), Some(&seen));
    assert_eq!(house.count("SELECT count(*) FROM schedule_answers").await, 3);

    assert_eq!(code(schedules::cancel(&house.chat, &oleh.scope, session.id).await), ErrorCode::Forbidden);
    let off = schedules::cancel(&house.chat, &sari.scope, session.id).await.unwrap();
    assert!(schedule(&off).cancelled);
    assert_eq!(code(oleh.answers_to(session.id, true).await), ErrorCode::Conflict);
    messages::delete(&house.chat, &sari.scope, room, proposed.id, DeleteFor::Everyone).await.unwrap();
    assert_eq!(code(schedules::find(&house.chat, &oleh.scope, session.id).await), ErrorCode::NotFound);
    house
        .settles("it goes with its message", async || {
            house.count("SELECT count(*) FROM schedules").await == 0
        })
        .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_beside_its_field() {
    use ErrorCode::{Invalid, NotFound, Required, TooLong};
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let room = sari.befriends(&oleh).await;
    let soon = from_now(HOUR);
    for (new, code, field) in [
        (plan(client_id(), " ", soon, 60), Required, "topic"),
        (plan(client_id(), &"x".repeat(121), soon, 60), TooLong, "topic"),
        (plan(client_id(), "x", from_now(-1), 60), Invalid, "startsAt"),
        (plan(client_id(), "x", from_now(400 * 24 * HOUR), 60), Invalid, "startsAt"),
        (plan(client_id(), "x", Timestamp(i64::MAX), 60), Invalid, "startsAt"),
        (plan(client_id(), "x", soon, 4), Invalid, "minutes"),
        (plan(client_id(), "x", soon, u32::MAX), Invalid, "minutes"),
    ] {
        let refused = schedules::propose(&house.chat, &sari.scope, room, new).await;
        assert_eq!(refusal(refused), (code, Some(field.to_owned())));
    }
    assert_eq!(code(dewi.proposes(room, "x", soon).await), NotFound);
    let session = schedule(&sari.proposes(room, "x", soon).await.unwrap());
    assert_eq!(code(dewi.answers_to(session.id, true).await), NotFound);
    assert_eq!(code(schedules::find(&house.chat, &dewi.scope, session.id).await), NotFound);
    assert_eq!(code(sari.answers_to(ScheduleId(999), true).await), NotFound);
    run(&house.raw, "UPDATE schedules SET starts_at = 1".to_owned()).await;
    assert_eq!(code(oleh.answers_to(session.id, true).await), ErrorCode::Conflict, "it is over");
}

#[tokio::test]
async fn those_who_come_are_reminded_once() {
    let house = House::new().await;
    let (sari, oleh, maya) =
        (house.person("sari").await, house.person("oleh").await, house.person("maya").await);
    let room = house.group(&[&sari, &oleh, &maya]).await;
    let session = schedule(&sari.proposes(room, "kopi", from_now(HOUR)).await.unwrap());
    oleh.answers_to(session.id, true).await.unwrap();
    maya.answers_to(session.id, false).await.unwrap();
    let mut lines = [sari.connects().await, oleh.connects().await, maya.connects().await];
    let reminded = async |lines: &mut [sapa_domain::live::Connection; 3]| {
        schedules::remind(&house.chat).await.unwrap();
        let mut counts = Vec::new();
        for line in lines {
            let events = heard::events(line).await;
            counts.push(events.iter().filter(|event| matches!(event, Event::Reminder(_))).count());
        }
        counts
    };
    assert_eq!(reminded(&mut lines).await, [0, 0, 0], "not yet");
    let soon = from_now(5 * 60_000).0;
    run(&house.raw, format!("UPDATE schedules SET starts_at = {soon}")).await;
    assert_eq!(reminded(&mut lines).await, [1, 1, 0]);
    assert_eq!(reminded(&mut lines).await, [0, 0, 0], "once");
    // Whoever comes only now is told too, if they want to come there.
    for (person, told) in [(&oleh, 1), (&maya, 0)] {
        let events = heard::events(&mut person.connects().await).await;
        assert_eq!(events.iter().filter(|event| matches!(event, Event::Reminder(_))).count(), told);
    }
}

#[tokio::test]
async fn an_answer_across_a_block_is_seen_by_its_author_alone() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let proposed = sari.proposes(room, "kopi", from_now(HOUR)).await.unwrap();
    let id = schedule(&proposed).id;
    sari.blocks(&oleh).await;
    let own = oleh.answers_to(id, true).await.unwrap();
    assert_eq!(answers(&own).len(), 2);
    let (_, seen) = schedules::find(&house.chat, &sari.scope, id).await.unwrap();
    assert_eq!(answers(&seen), [("sari".to_owned(), true)]);
    assert_eq!(code(sari.answers_to(id, false).await), ErrorCode::Blocked);
}
