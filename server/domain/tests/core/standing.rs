//! Whoever may not act any more acts nowhere, nor does anything that they have left behind.

use std::time::Duration;

use sapa_domain::host::{self, Host};
use sapa_domain::hub::{CloseReason, Outgoing};
use sapa_domain::live::{self, Connection};
use sapa_domain::schedules;
use sapa_domain::sessions::{self, Device};
use sapa_model::call::CallMedia;
use sapa_model::schedule::NewSchedule;
use sapa_model::{ErrorCode, Event, Timestamp};

use crate::support::deeds::code;
use crate::support::{House, Person, client_id, heard, run};

/// Waits until a connection is closed, and says why.
async fn closes(connection: &mut Connection) -> CloseReason {
    let closed = async {
        loop {
            if let Outgoing::Close(reason) = connection.next().await {
                return reason;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), closed).await.expect("it is closed")
}

/// Bans somebody as if the ban had been committed just after their session, with a time of long ago.
async fn bans_late(house: &House, person: &Person) {
    run(&house.raw, format!("UPDATE users SET banned_at = 1 WHERE id = {}", person.id())).await;
}

#[tokio::test]
async fn a_ban_ends_what_is_open_whatever_time_it_bears() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    let watching = tokio::spawn(host::enforce(house.chat.clone()));
    bans_late(&house, &oleh).await;
    assert_eq!(closes(&mut olehs).await, CloseReason::Banned);
    assert_eq!(house.count("SELECT count(*) FROM sessions").await, 1, "his sessions are over");
    heard::events(&mut saris).await;
    assert_eq!(house.chat.hub().connections(), 1, "nobody else's");
    watching.abort();
}

#[tokio::test]
async fn a_session_that_outlives_a_ban_is_good_for_nothing_until_it_is_lifted() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let begun = sessions::begin(&house.chat, sari.id(), Device::default()).await.unwrap();
    bans_late(&house, &sari).await;
    assert!(sessions::authenticate(&house.chat, &begun.token).await.unwrap().is_none());
    assert_eq!(code(live::connect(&house.chat, &begun.scope).await), ErrorCode::SignedOut);
    Host::open(&house.url()).await.unwrap().unban("sari").await.unwrap();
    assert_eq!(sessions::authenticate(&house.chat, &begun.token).await.unwrap(), Some(begun.scope));
    live::connect(&house.chat, &begun.scope).await.unwrap();
}

#[tokio::test]
async fn a_connection_ends_with_its_session_however_that_ends() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let (mut saris, mut olehs, _dewis) =
        (sari.connects().await, oleh.connects().await, dewi.connects().await);
    let watching = tokio::spawn(host::enforce(house.chat.clone()));
    run(&house.raw, format!("DELETE FROM sessions WHERE user_id = {}", sari.id())).await;
    run(&house.raw, format!("UPDATE sessions SET expires_at = 1 WHERE user_id = {}", oleh.id())).await;
    assert_eq!(closes(&mut saris).await, CloseReason::SignedOut);
    assert_eq!(closes(&mut olehs).await, CloseReason::SignedOut);
    assert_eq!(house.chat.hub().connections(), 1);
    watching.abort();
}

#[tokio::test]
async fn whoever_is_banned_is_in_no_call_also_without_a_connection() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let olehs = oleh.connects().await;
    sapa_domain::calls::start(&house.chat, &sari.scope, room, CallMedia::Video, None).await.unwrap();
    oleh.picks_up(oleh.hears_of().await[0].id, &olehs).await.unwrap();
    let watching = tokio::spawn(host::enforce(house.chat.clone()));
    bans_late(&house, &sari).await;
    house.settles("the call is over", async || oleh.hears_of().await.is_empty()).await;
    watching.abort();
}

#[tokio::test]
async fn links_of_whoever_may_not_invite_any_more_lead_nowhere() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let room = house.group(&[&sari, &oleh]).await;
    sari.names_admin(room, &oleh, true).await.unwrap();
    let link = oleh.invites(room, 24).await.unwrap().token.unwrap();
    let host = Host::open(&house.url()).await.unwrap();
    let ends = async || {
        assert_eq!(code(dewi.previews(&link).await), ErrorCode::InviteGone);
        assert_eq!(code(dewi.joins(&link).await), ErrorCode::InviteGone);
        assert!(sapa_domain::invites::list(&house.chat, &sari.scope, room).await.unwrap().is_empty());
    };

    host.ban("oleh").await.unwrap();
    ends().await;
    host.unban("oleh").await.unwrap();
    assert_eq!(dewi.previews(&link).await.unwrap().invited_by.id, oleh.id());
    sari.names_admin(room, &oleh, false).await.unwrap();
    ends().await;
    sari.names_admin(room, &oleh, true).await.unwrap();
    dewi.joins(&link).await.unwrap();
    dewi.leaves(room).await.unwrap();
    sari.removes(room, &oleh).await.unwrap();
    ends().await;
}

#[tokio::test]
async fn nobody_is_reminded_of_what_a_banned_one_has_proposed() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let starts_at = Timestamp(i64::try_from(since.as_millis()).unwrap() + 60_000);
    let new = NewSchedule { client_id: client_id(), topic: "Kopi".to_owned(), starts_at, minutes: 60 };
    schedules::propose(&house.chat, &oleh.scope, room, new).await.unwrap();
    let session = sapa_model::ScheduleId(house.count("SELECT id FROM schedules").await);
    schedules::answer(&house.chat, &sari.scope, session, true).await.unwrap();
    let mut saris = sari.connects().await;
    let reminded = async |connection: &mut Connection| {
        schedules::remind(&house.chat).await.unwrap();
        heard::events(connection).await.iter().any(|event| matches!(event, Event::Reminder(_)))
    };
    bans_late(&house, &oleh).await;
    assert!(!reminded(&mut saris).await);
    Host::open(&house.url()).await.unwrap().unban("oleh").await.unwrap();
    assert!(reminded(&mut saris).await, "it was not used up");
}
