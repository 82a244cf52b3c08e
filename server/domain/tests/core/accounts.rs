//! Joining, and what people settle for themselves.

use sapa_domain::sessions::Device;
use sapa_domain::{accounts, people};
use sapa_model::text::Password;
use sapa_model::{AppError, Circle, ErrorCode, NewAccount, NewProfile, Settings, WhoMayWrite};

use crate::support::House;
use crate::support::deeds::refusal;

pub fn form(username: &str) -> NewAccount {
    NewAccount {
        username: username.to_owned(),
        password: Password::unchecked("rahasia benar"),
        email: String::new(),
        invitation: String::new(),
        profile: NewProfile { nickname: "Sari".to_owned(), ..NewProfile::default() },
    }
}

#[tokio::test]
async fn a_new_account_is_there_in_its_normal_form() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let form = NewAccount {
        email: " Oleh@Example.ORG ".to_owned(),
        profile: NewProfile {
            nickname: "  Олег   К. ".to_owned(),
            first_name: "Олег".to_owned(),
            birthday: "1999-12-31".to_owned(),
            country: "ua".to_owned(),
            ..NewProfile::default()
        },
        ..form(" OLEH.k ")
    };
    let id = accounts::register(&house.chat, form, &Device::default()).await.unwrap();

    let oleh = people::person(&house.chat, &sari.scope, id).await.unwrap();
    assert_eq!((oleh.user.username.as_str(), oleh.user.nickname.as_str()), ("oleh.k", "Олег К."));
    assert_eq!(oleh.country.as_deref(), Some("UA"));
    let stored = "SELECT count(*) FROM users WHERE pending_email = 'Oleh@example.org' AND birthday = '1999-12-31' \
                  AND last_name IS NULL AND password_hash LIKE '$argon2id$%'";
    assert_eq!(house.count(stored).await, 1);
}

#[tokio::test]
async fn every_mistake_is_told_beside_its_field() {
    use ErrorCode::{BadCharacters, BadUsername, EasilyGuessed, Invalid, Required, TooLong, TooShort};
    let house = House::new().await;
    let long = "x".repeat(65);
    let password = Password::unchecked;
    let plain = || form("sari").profile;
    let with = |profile| NewAccount { profile, ..form("sari") };
    let address = "cahaya@example.org";
    let own_address = NewAccount { password: password(address), email: address.to_owned(), ..form("sari") };
    let bad = [
        (NewAccount { username: String::new(), ..form("") }, Required, "username"),
        (form("ab"), TooShort, "username"),
        (form(&long), TooLong, "username"),
        (form("sаri"), BadUsername, "username"),
        (form("sa\0ri"), BadUsername, "username"),
        (NewAccount { password: password(""), ..form("sari") }, Required, "password"),
        (NewAccount { password: password("kunci"), ..form("sari") }, TooShort, "password"),
        (NewAccount { password: password("x".repeat(1025).as_str()), ..form("sari") }, TooLong, "password"),
        (NewAccount { password: password("password1"), ..form("sari") }, EasilyGuessed, "password"),
        (NewAccount { password: password("Sari.Dewi"), ..form("sari.dewi") }, EasilyGuessed, "password"),
        (own_address, EasilyGuessed, "password"),
        (with(NewProfile { nickname: " ".to_owned(), ..plain() }), Required, "nickname"),
        (with(NewProfile { nickname: "a\u{202e}b".to_owned(), ..plain() }), BadCharacters, "nickname"),
        (NewAccount { email: "sari".to_owned(), ..form("sari") }, Invalid, "email"),
        (with(NewProfile { first_name: long.clone(), ..plain() }), TooLong, "firstName"),
        (with(NewProfile { last_name: "a\0".to_owned(), ..plain() }), BadCharacters, "lastName"),
        (with(NewProfile { birthday: "1999-02-29".to_owned(), ..plain() }), Invalid, "birthday"),
        (with(NewProfile { birthday: "2999-01-01".to_owned(), ..plain() }), Invalid, "birthday"),
        (with(NewProfile { country: "XX".to_owned(), ..plain() }), Invalid, "country"),
    ];
    for (form, code, field) in bad {
        let told = format!("{form:?}");
        let refused = refusal(accounts::register(&house.chat, form, &Device::default()).await);
        assert_eq!(refused, (code, Some(field.to_owned())), "{told}");
    }
    assert_eq!(house.count("SELECT count(*) FROM users").await, 0);
}

#[tokio::test]
async fn of_two_who_take_a_name_at_once_one_gets_it() {
    let house = House::new().await;
    let device = Device::default();
    let (one, other) = tokio::join!(
        accounts::register(&house.chat, form("sari"), &device),
        accounts::register(&house.chat, form("Sari"), &device)
    );
    let lost: Vec<AppError> = [one, other].into_iter().filter_map(Result::err).collect();
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].code, ErrorCode::UsernameTaken);
    assert_eq!(lost[0].field.as_deref(), Some("username"));
    assert_eq!(house.count("SELECT count(*) FROM users").await, 1);
}

#[tokio::test]
async fn settings_stay_as_they_were_set() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let me = accounts::me(&house.chat, &sari.scope).await.unwrap();
    assert_eq!(me.settings.who_may_write, WhoMayWrite::Everyone);
    assert_eq!((me.friend_requests, me.message_requests, me.unread), (0, 0, 0));

    assert!(me.settings.findable);
    let friends_only = Settings {
        who_may_write: WhoMayWrite::Friends,
        who_sees_presence: Circle::Nobody,
        who_sees_birthday: Circle::Everyone,
        who_sees_phone: Circle::Nobody,
        findable: false,
        relay_calls: true,
    };
    assert_eq!(
        accounts::update_settings(&house.chat, &sari.scope, friends_only).await.unwrap(),
        friends_only
    );
    assert_eq!(accounts::me(&house.chat, &sari.scope).await.unwrap().settings, friends_only);
}

#[tokio::test]
async fn the_navigation_counts_what_waits() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let room = sari.befriends(&oleh).await;
    oleh.says(room, "satu").await;
    oleh.says(room, "dua").await;
    dewi.asks(&sari).await.unwrap();
    let strangers = dewi.opens(&sari).await.room.id;
    dewi.says(strangers, "halo").await;

    let me = accounts::me(&house.chat, &sari.scope).await.unwrap();
    assert_eq!((me.friend_requests, me.message_requests, me.unread), (1, 1, 2));
    sapa_domain::rooms::set_muted(&house.chat, &sari.scope, room, true).await.unwrap();
    assert_eq!(accounts::me(&house.chat, &sari.scope).await.unwrap().unread, 0);
}
