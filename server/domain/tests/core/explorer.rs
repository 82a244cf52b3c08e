//! Finding people.

use sapa_domain::people;
use sapa_model::people::PeoplePage;
use sapa_model::{ErrorCode, Relation};

use crate::support::deeds::refusal;
use crate::support::{House, Person, run};

async fn finds(person: &Person, query: &str, page: u32) -> PeoplePage {
    people::explore(&person.chat, &person.scope, query, page).await.unwrap()
}

async fn names(person: &Person, query: &str) -> Vec<String> {
    finds(person, query, 0).await.people.into_iter().map(|person| person.user.username).collect()
}

#[tokio::test]
async fn everyone_is_found_once_fifteen_a_page() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    house.crowd(32, &sari).await;
    let mut pages = Vec::new();
    for page in 0..4 {
        let found = finds(&sari, "", page).await;
        assert_eq!((found.page, found.total), (page, 32));
        pages.push(found.people);
    }
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [15, 15, 2, 0]);
    let everyone: Vec<_> = pages.into_iter().flatten().collect();
    assert!(everyone.is_sorted_by_key(|person| person.user.nickname.clone()));
    assert!(everyone.iter().all(|person| person.user.id != sari.id()));
    assert!(everyone.iter().all(|person| person.relation == Relation::Friends));
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
    let long = people::explore(&house.chat, &sari.scope, &"x".repeat(65), 0).await;
    assert_eq!(refusal(long), (ErrorCode::TooLong, Some("query".to_owned())));
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
