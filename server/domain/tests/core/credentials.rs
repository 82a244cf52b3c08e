//! Signed-in devices, and changing what one signs in with.

use sapa_domain::hub::{CloseReason, Outgoing};
use sapa_domain::sessions::{self, Device, SignedIn};
use sapa_domain::{accounts, live, people};
use sapa_model::account::NewCredentials;
use sapa_model::people::PeopleFilter;
use sapa_model::text::Password;
use sapa_model::{AppResult, ErrorCode};

use crate::accounts::form;
use crate::support::{House, heard};

const PASSWORD: &str = "rahasia benar";

async fn enters(house: &House, login: &str, password: &str) -> AppResult<SignedIn> {
    let device = Device { user_agent: format!("browser of {login}"), ..Device::default() };
    sessions::sign_in(&house.chat, login, &Password::unchecked(password), device).await
}

fn change(old: &str, username: &str, new: Option<&str>) -> NewCredentials {
    NewCredentials {
        password: Password::unchecked(old),
        username: username.to_owned(),
        new_password: new.map(Password::unchecked),
    }
}

#[tokio::test]
async fn a_device_is_listed_and_its_end_is_felt_at_once() {
    let house = House::new().await;
    accounts::register(&house.chat, form("sari"), &Device::default()).await.unwrap();
    accounts::register(&house.chat, form("oleh"), &Device::default()).await.unwrap();
    let here = enters(&house, "sari", PASSWORD).await.unwrap();
    let there = enters(&house, "sari", PASSWORD).await.unwrap();
    let foreign = enters(&house, "oleh", PASSWORD).await.unwrap();
    let mut line = live::connect(&house.chat, &there.scope).await.unwrap();
    heard::events(&mut line).await;

    let listed = sessions::devices(&house.chat, &here.scope).await.unwrap();
    let own: Vec<_> = listed.iter().map(|device| (device.id, device.current)).collect();
    assert_eq!(own.len(), 2);
    assert!(own.contains(&(here.scope.session_id, true)) && own.contains(&(there.scope.session_id, false)));
    assert!(listed.iter().all(|device| device.user_agent == "browser of sari"));

    let theirs = sessions::revoke(&house.chat, &here.scope, foreign.scope.session_id).await;
    assert_eq!(theirs.unwrap_err().code, ErrorCode::NotFound);
    sessions::revoke(&house.chat, &here.scope, there.scope.session_id).await.unwrap();
    assert!(matches!(line.next().await, Outgoing::Close(CloseReason::SignedOut)));
    assert_eq!(sessions::authenticate(&house.chat, &there.token).await.unwrap(), None);
    assert!(sessions::authenticate(&house.chat, &foreign.token).await.unwrap().is_some());

    let again = enters(&house, "sari", PASSWORD).await.unwrap();
    sessions::revoke_others(&house.chat, &here.scope).await.unwrap();
    assert_eq!(sessions::authenticate(&house.chat, &again.token).await.unwrap(), None);
    assert!(sessions::authenticate(&house.chat, &here.token).await.unwrap().is_some());
}

#[tokio::test]
async fn name_and_password_change_with_the_old_password_only() {
    let house = House::new().await;
    accounts::register(&house.chat, form("sari"), &Device::default()).await.unwrap();
    accounts::register(&house.chat, form("oleh"), &Device::default()).await.unwrap();
    let here = enters(&house, "sari", PASSWORD).await.unwrap();
    let there = enters(&house, "sari", PASSWORD).await.unwrap();
    let tries = async |old: &str, name: &str, new: Option<&str>| {
        let changed = accounts::change_credentials(&house.chat, &here.scope, change(old, name, new)).await;
        changed.map_err(|error| (error.code, error.field.map(std::borrow::Cow::into_owned)))
    };
    let on = |code, field: &str| Err((code, Some(field.to_owned())));

    assert_eq!(tries("salah", "sari2", None).await, on(ErrorCode::WrongPassword, "password"));
    assert_eq!(tries(PASSWORD, "oleh", None).await, on(ErrorCode::UsernameTaken, "username"));
    assert_eq!(tries(PASSWORD, "s", None).await, on(ErrorCode::TooShort, "username"));
    assert_eq!(tries(PASSWORD, "", Some("pendek")).await, on(ErrorCode::TooShort, "newPassword"));
    assert_eq!(tries(PASSWORD, "", Some("qwertyuiop")).await, on(ErrorCode::EasilyGuessed, "newPassword"));
    let named_so = tries(PASSWORD, "kopisusu", Some("kopisusu2026")).await;
    assert_eq!(named_so, on(ErrorCode::EasilyGuessed, "newPassword"), "the name that it is to have");
    assert!(sessions::authenticate(&house.chat, &there.token).await.unwrap().is_some(), "nothing half-done");

    tries(PASSWORD, "Sari.Baru", Some("rahasia baru")).await.unwrap();
    assert_eq!(sessions::authenticate(&house.chat, &there.token).await.unwrap(), None);
    assert!(sessions::authenticate(&house.chat, &here.token).await.unwrap().is_some());
    for (name, password) in [("sari", "rahasia baru"), ("sari.baru", PASSWORD)] {
        assert_eq!(enters(&house, name, password).await.unwrap_err().code, ErrorCode::WrongCredentials);
    }
    let oleh = enters(&house, "oleh", PASSWORD).await.unwrap();
    let filter = PeopleFilter { query: "sari.baru".to_owned(), ..PeopleFilter::default() };
    let found = people::explore(&house.chat, &oleh.scope, &filter, 0).await.unwrap();
    assert_eq!(found.people[0].user.username, "sari.baru");
    enters(&house, "sari.baru", "rahasia baru").await.unwrap();
}

#[tokio::test]
async fn guessing_the_old_password_ends_soon() {
    let house = House::new().await;
    accounts::register(&house.chat, form("sari"), &Device::default()).await.unwrap();
    let here = enters(&house, "sari", PASSWORD).await.unwrap();
    let mut last = None;
    for guess in 0..12 {
        let guess = change(&format!("tebakan {guess}"), "", Some("rahasia baru"));
        last = accounts::change_credentials(&house.chat, &here.scope, guess).await.err();
    }
    let last = last.unwrap();
    assert_eq!((last.code, last.field.as_deref()), (ErrorCode::TooManyTries, Some("password")));
    assert!(last.retry_after.is_some_and(|seconds| (1..=601).contains(&seconds)), "{last:?}");
}
