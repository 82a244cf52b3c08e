//! What people tell of themselves, to whom, and how others hear of it.

use sapa_domain::{accounts, live, people};
use sapa_model::{
    Circle, ErrorCode, Event, LanguageCode, Level, NewProfile, Profile, Settings, UserLanguage,
};

use crate::support::deeds::refusal;
use crate::support::{House, Person, heard};

fn language(code: &str, level: Option<Level>) -> UserLanguage {
    UserLanguage::new(LanguageCode::parse(code).unwrap(), level)
}

fn whole() -> NewProfile {
    NewProfile {
        nickname: "Олег".to_owned(),
        first_name: "Oleh".to_owned(),
        last_name: "Kovalenko".to_owned(),
        bio: " Coffee,\r\nbooks. ".to_owned(),
        birthday: "1999-12-31".to_owned(),
        phone_number: "+380 (44) 123-45-67".to_owned(),
        country: "ua".to_owned(),
        time_zone: "europe/kyiv".to_owned(),
        languages: vec![language("uk", None), language("id", Some(Level::A2)), language("en", None)],
    }
}

async fn profile(viewer: &Person, of: &Person) -> Profile {
    accounts::profile(&viewer.chat, &viewer.scope, of.id()).await.unwrap()
}

#[tokio::test]
async fn a_profile_is_kept_in_its_normal_form_and_found_by_its_new_name() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let own = accounts::update_profile(&house.chat, &oleh.scope, whole()).await.unwrap();
    assert_eq!(own.phone_number.as_deref(), Some("+380441234567"));
    assert_eq!(own.person.time_zone.as_deref(), Some("Europe/Kyiv"));
    assert_eq!(own.person.bio.as_deref(), Some("Coffee,\nbooks."));
    assert_eq!(own.person.languages, whole().languages, "in the order given");
    let again = accounts::update_profile(&house.chat, &oleh.scope, own.to_form()).await.unwrap();
    assert_eq!(again.to_form(), own.to_form(), "what is read can be written");

    let filter = sapa_model::people::PeopleFilter { query: "олег".to_owned(), ..Default::default() };
    let found = people::explore(&house.chat, &sari.scope, &filter, 0).await.unwrap();
    assert_eq!(found.people[0].user.id, oleh.id());

    let empty = NewProfile { nickname: "O".to_owned(), ..NewProfile::default() };
    let bare = accounts::update_profile(&house.chat, &oleh.scope, empty).await.unwrap();
    assert_eq!((bare.person.bio, bare.phone_number, bare.person.languages.len()), (None, None, 0));
    assert_eq!(house.count("SELECT count(*) FROM user_languages").await, 0);
}

#[tokio::test]
async fn a_mistake_is_told_beside_its_field_and_changes_nothing() {
    use ErrorCode::{Invalid, LimitReached, Required, TooLong};
    let house = House::new().await;
    let oleh = house.person("oleh").await;
    let many: Vec<_> = sapa_model::language::all().take(13).map(|(code, _)| language(code, None)).collect();
    let twice = vec![language("uk", None), language("uk", Some(Level::C2))];
    for (form, code, field) in [
        (NewProfile { nickname: " ".to_owned(), ..whole() }, Required, "nickname"),
        (NewProfile { bio: "x".repeat(301), ..whole() }, TooLong, "bio"),
        (NewProfile { birthday: "2999-01-01".to_owned(), ..whole() }, Invalid, "birthday"),
        (NewProfile { phone_number: "call me".to_owned(), ..whole() }, Invalid, "phoneNumber"),
        (NewProfile { country: "XX".to_owned(), ..whole() }, Invalid, "country"),
        (NewProfile { time_zone: "Mars/Phobos".to_owned(), ..whole() }, Invalid, "timeZone"),
        (NewProfile { languages: twice, ..whole() }, Invalid, "languages"),
        (NewProfile { languages: many, ..whole() }, LimitReached, "languages"),
    ] {
        let refused = accounts::update_profile(&house.chat, &oleh.scope, form).await;
        assert_eq!(refusal(refused), (code, Some(field.to_owned())));
    }
    assert_eq!(house.count("SELECT count(*) FROM users WHERE nickname = 'oleh' AND revision = 0").await, 1);
}

#[tokio::test]
async fn each_part_shows_to_its_circle() {
    let house = House::new().await;
    let (sari, oleh, maya) =
        (house.person("sari").await, house.person("oleh").await, house.person("maya").await);
    accounts::update_profile(&house.chat, &oleh.scope, whole()).await.unwrap();
    sari.befriends(&oleh).await;
    let settings = accounts::me(&house.chat, &oleh.scope).await.unwrap().settings;
    for (birthday, phone, to_friend, to_stranger) in [
        (Circle::Friends, Circle::Friends, (true, true), (false, false)),
        (Circle::Everyone, Circle::Nobody, (true, false), (true, false)),
        (Circle::Nobody, Circle::Everyone, (false, true), (false, true)),
    ] {
        let settings = Settings { who_sees_birthday: birthday, who_sees_phone: phone, ..settings };
        accounts::update_settings(&house.chat, &oleh.scope, settings).await.unwrap();
        for (viewer, sees) in [(&sari, to_friend), (&maya, to_stranger), (&oleh, (true, true))] {
            let seen = profile(viewer, &oleh).await;
            assert_eq!((seen.birthday.is_some(), seen.phone_number.is_some()), sees);
        }
    }
    let nobody = accounts::profile(&house.chat, &sari.scope, sapa_model::UserId(999)).await;
    assert_eq!(refusal(nobody), (ErrorCode::NotFound, None));
}

#[tokio::test]
async fn everyone_who_shows_a_person_hears_of_the_change_once() {
    let house = House::new().await;
    let (sari, oleh, maya, dewi) = (
        house.person("sari").await,
        house.person("oleh").await,
        house.person("maya").await,
        house.person("dewi").await,
    );
    sari.befriends(&oleh).await;
    house.group(&[&sari, &oleh]).await;
    let mut lines = Vec::new();
    for person in [&oleh, &sari, &maya, &dewi] {
        lines.push(person.connects().await);
    }
    // Maya only looks at his card in the explorer.
    live::watch(&house.chat, &maya.scope, lines[2].id(), &[oleh.id()]).await.unwrap();
    for line in &mut lines {
        heard::events(line).await;
    }
    accounts::update_profile(&house.chat, &oleh.scope, whole()).await.unwrap();
    let mut told = Vec::new();
    for line in &mut lines {
        let events = heard::events(line).await;
        let card = |event: &Event| match event {
            Event::User(card) => (card.nickname.clone(), card.revision),
            other => panic!("{other:?}"),
        };
        told.push(events.iter().map(card).collect::<Vec<_>>());
    }
    let once = vec![("Олег".to_owned(), 1)];
    assert_eq!(told, [once.clone(), once.clone(), once, Vec::new()]);
}

#[tokio::test]
async fn presence_that_is_hidden_ends_at_once_for_those_outside_the_circle() {
    let house = House::new().await;
    let (sari, oleh, maya) =
        (house.person("sari").await, house.person("oleh").await, house.person("maya").await);
    sari.befriends(&oleh).await;
    let (mut saris, mut mayas) = (sari.connects().await, maya.connects().await);
    let _here = oleh.connects().await;
    for (viewer, line) in [(&sari, &mut saris), (&maya, &mut mayas)] {
        let seen = live::watch(&house.chat, &viewer.scope, line.id(), &[oleh.id()]).await.unwrap();
        assert!(seen[0].online);
        heard::events(line).await;
    }
    let settings = accounts::me(&house.chat, &oleh.scope).await.unwrap().settings;
    let friends = Settings { who_sees_presence: Circle::Friends, ..settings };
    accounts::update_settings(&house.chat, &oleh.scope, friends).await.unwrap();
    assert_eq!(heard::events(&mut saris).await, []);
    let told = heard::events(&mut mayas).await;
    assert!(
        matches!(told[..], [Event::Presence(presence)] if !presence.online && presence.last_seen.is_none())
    );
}
