//! What people tell the host, and whom the host sends away.

use std::time::Duration;

use sapa_domain::host::{self, Host};
use sapa_domain::hub::{CloseReason, Outgoing};
use sapa_domain::sessions::{self, Device};
use sapa_domain::{accounts, comments, live, reports, stories};
use sapa_model::report::{Evidence, NewReport, ReportReason};
use sapa_model::story::{NewStory, NewStoryContent};
use sapa_model::text::Password;
use sapa_model::{AppResult, ErrorCode, Message, Relation};

use crate::accounts::form;
use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id, heard, run};

fn about(person: &Person, message: Option<&Message>) -> NewReport {
    NewReport {
        user_id: person.id(),
        evidence: message
            .map(|message| Evidence::Message { room_id: message.room_id, message_id: message.id }),
        reason: ReportReason::Abuse,
        note: " Ini kasar. ".to_owned(),
        block: false,
    }
}

impl Person {
    async fn reports(&self, new: NewReport) -> AppResult<()> {
        reports::report(&self.chat, &self.scope, new).await
    }
}

#[tokio::test]
async fn the_host_reads_the_message_with_those_around_it_even_once_it_is_deleted() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    for i in 0..8 {
        sari.says(room, &format!("sebelum {i}")).await;
    }
    let bad = oleh.says(room, "kata kasar").await;
    sari.says(room, "hei!").await;
    sari.reports(NewReport { block: true, ..about(&oleh, Some(&bad)) }).await.unwrap();
    assert_eq!(sari.stands_to(&oleh).await, Relation::Blocked);
    sapa_domain::messages::delete(&house.chat, &oleh.scope, room, bad.id, sapa_model::DeleteFor::Everyone)
        .await
        .unwrap();

    let host = Host::open(&house.url()).await.unwrap();
    let report = host.reports(false, None).await.unwrap().remove(0);
    assert_eq!((report.reporter.as_str(), report.user.as_str()), ("sari", "oleh"));
    assert_eq!((report.reason, report.note.as_str()), (ReportReason::Abuse, "Ini kasar."));
    let told: Vec<_> = report.excerpt.iter().map(|quoted| (quoted.text.as_str(), quoted.reported)).collect();
    let before = |i: usize| ["sebelum 3", "sebelum 4", "sebelum 5", "sebelum 6", "sebelum 7"][i];
    let mut expected: Vec<_> = (0..5).map(|i| (before(i), false)).collect();
    expected.extend([("kata kasar", true), ("hei!", false)]);
    assert_eq!(told, expected);

    host.close_report(report.id).await.unwrap();
    assert!(host.reports(false, None).await.unwrap().is_empty());
    assert!(host.reports(true, None).await.unwrap()[0].closed_at.is_some());
    assert_eq!(code(host.close_report(999).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn comments_and_stories_go_with_a_report_about_them() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let room = dewi.broadcasts("Kopi", Some("kopi")).await.unwrap().room.id;
    for follower in [&sari, &oleh] {
        follower.follows(room).await.unwrap();
    }
    let post = dewi.says(room, "resep baru").await;
    let comment = oleh.comments(&post, "kata kasar").await.unwrap();
    let by_comment = Evidence::Comment { comment_id: comment.id };
    sari.befriends(&oleh).await;
    let content = NewStoryContent::Text { text: "kata kasar lagi".to_owned(), hue: 0 };
    let story = NewStory { client_id: client_id(), content, audience: None };
    let story = stories::post(&oleh.chat, &oleh.scope, story).await.unwrap();
    let by_story = Evidence::Story { story_id: story.id };
    let of = |person: &Person, evidence| NewReport { evidence: Some(evidence), ..about(person, None) };

    sari.reports(of(&oleh, by_comment)).await.unwrap();
    sari.reports(of(&oleh, by_story)).await.unwrap();
    assert_eq!(code(sari.reports(of(&dewi, by_comment)).await), ErrorCode::NotFound, "it is not hers");
    assert_eq!(code(sari.reports(of(&dewi, by_story)).await), ErrorCode::NotFound);
    assert_eq!(code(dewi.reports(of(&oleh, by_story)).await), ErrorCode::NotFound, "she does not see it");
    comments::delete(&oleh.chat, &oleh.scope, comment.id).await.unwrap();
    assert_eq!(code(sari.reports(of(&oleh, by_comment)).await), ErrorCode::NotFound);

    let told = Host::open(&house.url()).await.unwrap().reports(false, None).await.unwrap();
    let words = |at: usize| -> Vec<_> {
        told[at].excerpt.iter().map(|quoted| (quoted.text.as_str(), quoted.reported)).collect()
    };
    assert_eq!(words(0), [("kata kasar lagi", true)]);
    assert_eq!(words(1), [("resep baru", false), ("kata kasar", true)]);
}

#[tokio::test]
async fn the_host_reads_all_reports_page_by_page() {
    let house = House::new().await;
    house.person("sari").await;
    let rows = (1..=450).map(|id| format!("({id}, 1, 1, 'spam', '', '[]', {id})")).collect::<Vec<_>>();
    let columns = "id, reporter_id, user_id, reason, note, excerpt, created_at";
    run(&house.raw, format!("INSERT INTO reports ({columns}) VALUES {}", rows.join(", "))).await;
    let host = Host::open(&house.url()).await.unwrap();
    let (mut read, mut last) = (Vec::new(), None);
    loop {
        let page = host.reports(false, last).await.unwrap();
        let Some(report) = page.last() else { break };
        last = Some(report.id);
        read.extend(page.into_iter().map(|report| report.id));
    }
    assert_eq!(read, (1..=450).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn only_what_one_has_seen_can_be_reported() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let room = sari.befriends(&oleh).await;
    let said = oleh.says(room, "halo").await;
    let field = |field: &str| Some(field.to_owned());
    assert_eq!(refusal(sari.reports(about(&sari, None)).await), (ErrorCode::Invalid, field("userId")));
    assert_eq!(code(dewi.reports(about(&oleh, Some(&said))).await), ErrorCode::NotFound);
    assert_eq!(code(sari.reports(about(&dewi, Some(&said))).await), ErrorCode::NotFound, "it is not hers");
    let long = NewReport { note: "x".repeat(501), ..about(&oleh, None) };
    assert_eq!(refusal(sari.reports(long).await), (ErrorCode::TooLong, field("note")));
    for _ in 0..20 {
        sari.reports(about(&oleh, None)).await.unwrap();
    }
    assert_eq!(code(sari.reports(about(&oleh, None)).await), ErrorCode::LimitReached);
    assert_eq!(house.count("SELECT count(*) FROM reports").await, 20);
}

#[tokio::test]
async fn a_banned_account_is_out_within_a_second_and_stays_out() {
    let house = House::new().await;
    accounts::register(&house.chat, form("oleh"), &Device::default()).await.unwrap();
    let password = Password::unchecked("rahasia benar");
    let enters = async || sessions::sign_in(&house.chat, "oleh", &password, Device::default()).await;
    let signed_in = enters().await.unwrap();
    let mut line = live::connect(&house.chat, &signed_in.scope).await.unwrap();
    heard::events(&mut line).await;
    let watching = tokio::spawn(host::enforce(house.chat.clone()));

    let host = Host::open(&house.url()).await.unwrap();
    assert_eq!(code(host.ban("nobody").await), ErrorCode::NotFound);
    host.ban("@Oleh").await.unwrap();
    assert!(sessions::authenticate(&house.chat, &signed_in.token).await.unwrap().is_none(), "at once");
    let closed = tokio::time::timeout(Duration::from_secs(1), line.next()).await.unwrap();
    assert_eq!(closed, Outgoing::Close(CloseReason::Banned));
    assert_eq!(code(enters().await), ErrorCode::Banned);
    let password = Password::unchecked("salah sekali");
    let wrong = sessions::sign_in(&house.chat, "oleh", &password, Device::default()).await;
    assert_eq!(code(wrong), ErrorCode::WrongCredentials, "a stranger is not told");
    host.unban("oleh").await.unwrap();
    enters().await.unwrap();
    watching.abort();
}

#[tokio::test]
async fn the_host_is_told_where_the_database_is_too_old() {
    let house = House::new().await;
    run(&house.raw, "DELETE FROM seaql_migrations WHERE version = 'm0012_reports'".to_owned()).await;
    let refused = Host::open(&house.url()).await.err().unwrap();
    assert!(refused.to_string().contains("older version"), "{refused}");
}
