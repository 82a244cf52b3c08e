//! Finding people.

use sapa_domain::{accounts, channels, groups, people};
use sapa_model::people::{PeopleFilter, PeoplePage};
use sapa_model::{Circle, ErrorCode, LanguageCode, Level, NewProfile, Relation, Settings, UserLanguage};

use crate::support::deeds::refusal;
use crate::support::{House, Person, run};

async fn finds(person: &Person, query: &str, page: u32) -> PeoplePage {
    let filter = PeopleFilter { query: query.to_owned(), ..PeopleFilter::default() };
    people::explore(&person.chat, &person.scope, &filter, page).await.unwrap()
}

async fn such(person: &Person, filter: PeopleFilter) -> Vec<String> {
    let found = people::explore(&person.chat, &person.scope, &filter, 0).await.unwrap();
    assert_eq!(usize::try_from(found.total).unwrap(), found.people.len());
    found.people.into_iter().map(|person| person.user.username).collect()
}

async fn names(person: &Person, query: &str) -> Vec<String> {
    finds(person, query, 0).await.people.into_iter().map(|person| person.user.username).collect()
}

#[tokio::test]
async fn everyone_is_found_once_fifteen_a_page() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    house.crowd(32, &house.person("oleh").await).await;
    let mut pages = Vec::new();
    for page in 0..4 {
        let found = finds(&sari, "", page).await;
        assert_eq!((found.page, found.total), (page, 33));
        pages.push(found.people);
    }
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [15, 15, 3, 0]);
    let everyone: Vec<_> = pages.into_iter().flatten().collect();
    assert!(everyone.is_sorted_by_key(|person| person.user.nickname.clone()));
    assert!(everyone.iter().all(|person| person.user.id != sari.id()));
    assert!(everyone.iter().all(|person| person.relation == Relation::None));
    assert!(finds(&sari, "", u32::MAX).await.people.is_empty());
}

#[tokio::test]
async fn names_are_found_in_any_case_and_script() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    for name in ["oleh", "per_cent", "percent"] {
        house.person(name).await;
    }
    let renamed =
        "UPDATE users SET nickname = 'Олег', search = 'олег' || char(10) || 'oleh' WHERE username = 'oleh'";
    run(&house.raw, renamed.to_owned()).await;
    assert_eq!(names(&sari, "ОЛЕ").await, ["oleh"]);
    assert_eq!(names(&sari, " LEH ").await, ["oleh"]);
    assert_eq!(names(&sari, "r_c").await, ["per_cent"], "what is typed is taken literally");
    assert!(names(&sari, "%").await.is_empty());
    assert!(names(&sari, "sari").await.is_empty(), "nobody finds themselves");
    assert!(names(&sari, "'; --").await.is_empty());
    let long = PeopleFilter { query: "x".repeat(65), ..PeopleFilter::default() };
    let long = people::explore(&house.chat, &sari.scope, &long, 0).await;
    assert_eq!(refusal(long), (ErrorCode::TooLong, Some("query".to_owned())));
}

#[tokio::test]
async fn what_another_version_has_folded_is_found_after_a_start() {
    let mut house = House::new().await;
    let sari = house.person("sari").await;
    let oleh = house.person("oleh").await;
    let room = oleh.founds("Straße", &[]).await.unwrap().room.id;
    oleh.broadcasts("Été", Some("lain")).await.unwrap();
    let stored = "UPDATE users SET nickname = 'Zoe\u{308} M', search = 'zoe\u{308} m' || char(10) || 'oleh' \
                  WHERE username = 'oleh'";
    run(&house.raw, stored.to_owned()).await;
    run(&house.raw, format!("UPDATE rooms SET search = 'straße' WHERE id = {}", room.0)).await;
    run(&house.raw, "UPDATE channels SET search = 'été'".to_owned()).await;
    assert!(names(&sari, "zoe m").await.is_empty());
    house.reopen().await;
    let (sari, oleh) = (house.again(&sari), house.again(&oleh));
    house.settles("a person", async || names(&sari, "zoe m").await == ["oleh"]).await;
    house.settles("a group", async || groups::named(&oleh.chat, &oleh.scope, "STRASSE").await.is_ok()).await;
    let found =
        async || channels::explore(&sari.chat, &sari.scope, "ete", None).await.unwrap().channels.len() == 1;
    house.settles("a channel", found).await;
    assert_eq!(names(&sari, "zo\u{eb}").await, ["oleh"]);
}

#[tokio::test]
async fn cards_show_how_the_two_stand() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    sari.asks(&oleh).await.unwrap();
    sari.blocks(&dewi).await;
    let relation = |page: PeoplePage| page.people.iter().map(|person| person.relation).collect::<Vec<_>>();
    assert_eq!(relation(finds(&sari, "", 0).await), [Relation::Requested], "the blocked one is left out");
    assert_eq!(relation(finds(&oleh, "sari", 0).await), [Relation::Asked]);
    assert_eq!(relation(finds(&dewi, "sari", 0).await), [Relation::None], "and is not told");
    sari.unblocks(&dewi).await;
    assert_eq!(finds(&sari, "", 0).await.total, 2);
}

fn code(code: &str) -> LanguageCode {
    LanguageCode::parse(code).unwrap()
}

/// Somebody who speaks one language and learns the other, in a country.
async fn speaker(house: &House, name: &str, native: &str, learning: &str, country: &str) -> Person {
    let person = house.person(name).await;
    let languages =
        vec![UserLanguage::new(code(native), None), UserLanguage::new(code(learning), Some(Level::B1))];
    let profile = NewProfile {
        nickname: name.to_owned(),
        country: country.to_owned(),
        languages,
        ..NewProfile::default()
    };
    accounts::update_profile(&house.chat, &person.scope, profile).await.unwrap();
    person
}

#[tokio::test]
async fn those_who_can_help_each_other_come_first() {
    let house = House::new().await;
    let sari = speaker(&house, "sari", "id", "uk", "ID").await;
    for (name, native, learning) in [
        ("agus", "id", "en"),
        ("bella", "en", "id"),
        ("chloe", "uk", "en"),
        ("dmytro", "uk", "id"),
        ("anton", "uk", "id"),
    ] {
        speaker(&house, name, native, learning, "UA").await;
    }
    assert_eq!(names(&sari, "").await, ["anton", "dmytro", "chloe", "bella", "agus"]);
    let bella = &finds(&sari, "bella", 0).await.people[0];
    assert_eq!(
        bella.languages,
        [
            UserLanguage::Native { code: code("en") },
            UserLanguage::Learning { code: code("id"), level: Level::B1 }
        ]
    );
}

#[tokio::test]
async fn filters_narrow_together() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let oleh = speaker(&house, "oleh", "uk", "id", "UA").await;
    speaker(&house, "nadia", "uk", "en", "PL").await;
    speaker(&house, "maya", "en", "uk", "GB").await;
    let filter = PeopleFilter::default;
    let native = |native: &str| PeopleFilter { native: Some(code(native)), ..filter() };
    assert_eq!(such(&sari, native("uk")).await, ["nadia", "oleh"]);
    assert_eq!(such(&sari, PeopleFilter { learning: Some(code("uk")), ..filter() }).await, ["maya"]);
    let country = |country: &str| PeopleFilter { country: Some(country.to_owned()), ..native("uk") };
    assert_eq!(such(&sari, country("pl")).await, ["nadia"]);
    assert_eq!(such(&sari, PeopleFilter { query: "ole".to_owned(), ..native("en") }).await, [""; 0]);
    let unknown = people::explore(&house.chat, &sari.scope, &country("XX"), 0).await;
    assert_eq!(refusal(unknown), (ErrorCode::Invalid, Some("country".to_owned())));

    let online = PeopleFilter { online: true, ..filter() };
    assert_eq!(such(&sari, online.clone()).await, [""; 0]);
    let _here = oleh.connects().await;
    assert_eq!(such(&sari, online.clone()).await, ["oleh"]);
    let settings = accounts::me(&house.chat, &oleh.scope).await.unwrap().settings;
    let hidden = Settings { who_sees_presence: Circle::Friends, ..settings };
    accounts::update_settings(&house.chat, &oleh.scope, hidden).await.unwrap();
    assert_eq!(such(&sari, online.clone()).await, [""; 0], "a stranger does not see that he is there");
    accounts::update_settings(&house.chat, &oleh.scope, settings).await.unwrap();
    oleh.blocks(&sari).await;
    assert_eq!(such(&sari, online).await, [""; 0]);
    assert_eq!(such(&sari, native("uk")).await, ["nadia", "oleh"], "who is blocked is not told");
}

#[tokio::test]
async fn friends_are_found_by_name_only_and_hidden_people_by_friends_only() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    sari.befriends(&oleh).await;
    assert_eq!(names(&sari, "").await, ["dewi"]);
    assert_eq!(names(&sari, "oleh").await, ["oleh"]);
    for person in [&oleh, &dewi] {
        let settings = accounts::me(&house.chat, &person.scope).await.unwrap().settings;
        let hidden = Settings { findable: false, ..settings };
        accounts::update_settings(&house.chat, &person.scope, hidden).await.unwrap();
    }
    assert_eq!(names(&sari, "").await, [""; 0]);
    assert_eq!(names(&sari, "oleh").await, ["oleh"]);
    assert_eq!(names(&sari, "dewi").await, [""; 0]);
}
