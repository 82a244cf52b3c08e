//! Signing in and out.

use std::net::IpAddr;

use sapa_domain::hub::{CloseReason, Outgoing};
use sapa_domain::sessions::{self, Device, SignedIn};
use sapa_domain::{accounts, live};
use sapa_model::account::NewCredentials;
use sapa_model::text::Password;
use sapa_model::{AppResult, ErrorCode, NewAccount, UserId, limits};

use crate::accounts::form;
use crate::support::deeds::{code, refusal};
use crate::support::{House, heard, run};

async fn sari(house: &House) -> UserId {
    let form = NewAccount { email: "Sari@example.org".to_owned(), ..form("sari") };
    let id = accounts::register(&house.chat, form, &Device::default()).await.unwrap();
    // As if the letter had been read.
    run(&house.raw, "UPDATE users SET email = pending_email, email_key = pending_email_key".to_owned()).await;
    id
}

async fn tries(house: &House, login: &str, password: &str) -> AppResult<SignedIn> {
    let address = Some(IpAddr::from([192, 0, 2, 1]));
    let device = Device { address, user_agent: "test".to_owned(), ..Device::default() };
    sessions::sign_in(&house.chat, login, &Password::unchecked(password), device).await
}

#[tokio::test]
async fn people_sign_in_by_name_or_address_in_any_case() {
    let house = House::new().await;
    let id = sari(&house).await;
    let mut tokens = Vec::new();
    for login in ["sari", " SARI ", "sari@EXAMPLE.org"] {
        let signed_in = tries(&house, login, "rahasia benar").await.unwrap();
        assert_eq!(signed_in.scope.user_id, id, "{login}");
        let scope = sessions::authenticate(&house.chat, &signed_in.token).await.unwrap();
        assert_eq!(scope, Some(signed_in.scope));
        tokens.push(signed_in.token);
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 3, "a new token at each sign-in");
    let told = format!("SELECT count(*) FROM sessions WHERE token_hash = '{}'", tokens[0]);
    assert_eq!(house.count(&told).await, 0, "only a hash is stored");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_answered_alike() {
    let house = House::new().await;
    sari(&house).await;
    let wrong = tries(&house, "sari", "rahasia salah").await.unwrap_err();
    assert_eq!((wrong.code, &wrong.field), (ErrorCode::WrongCredentials, &None));
    for login in ["oleh", "", "sa\0ri", "%", &"x".repeat(100_000)] {
        assert_eq!(tries(&house, login, "rahasia benar").await.unwrap_err(), wrong, "{login:.9}");
    }
    let long = "x".repeat(100_000);
    assert_eq!(tries(&house, "sari", &long).await.unwrap_err(), wrong);
    assert_eq!(house.count("SELECT count(*) FROM sessions").await, 0);
}

#[tokio::test]
async fn after_ten_failures_even_the_right_password_must_wait() {
    let house = House::new().await;
    sari(&house).await;
    let mut codes = Vec::new();
    // Two at a time: more would wait for the processors' turns.
    for _ in 0..6 {
        let (one, other) =
            tokio::join!(tries(&house, "sari", "rahasia salah"), tries(&house, "sari", "rahasia salah"));
        codes.extend([code(one), code(other)]);
    }
    assert_eq!(codes[..10], [ErrorCode::WrongCredentials; 10]);
    assert_eq!(codes[10..], [ErrorCode::TooManyTries; 2]);
    let refused = tries(&house, "SARI", "rahasia benar").await;
    assert_eq!(refusal(refused), (ErrorCode::TooManyTries, None));
    assert!(tries(&house, "sari@example.org", "rahasia benar").await.is_ok(), "nobody else has to wait");
}

#[tokio::test]
async fn strangers_do_not_make_an_owner_wait() {
    let house = House::new().await;
    sari(&house).await;
    let from = |address: [u8; 4], secret: Option<&str>| Device {
        address: Some(IpAddr::from(address)),
        user_agent: "test".to_owned(),
        secret: secret.map(ToOwned::to_owned),
        ..Device::default()
    };
    let enters = async |device: Device, password: &str| {
        sessions::sign_in(&house.chat, "sari", &Password::unchecked(password), device).await
    };
    let school = [192, 0, 2, 1];
    let secret = enters(from(school, None), "rahasia benar").await.unwrap().device.unwrap();
    let made_up = enters(from([203, 0, 113, 9], Some("made up")), "rahasia benar").await.unwrap();
    assert_ne!(made_up.device.as_deref(), Some("made up"), "a secret is one of ours");

    // A classmate of hers, and ten networks together.
    for _ in 0..10 {
        assert_eq!(code(enters(from(school, None), "salah").await), ErrorCode::WrongCredentials);
    }
    assert_eq!(code(enters(from(school, None), "rahasia benar").await), ErrorCode::TooManyTries);
    for network in 0..10 {
        for _ in 0..10 {
            let guess = enters(from([198, 51, 100, network], None), "salah").await;
            assert_eq!(code(guess), ErrorCode::WrongCredentials);
        }
    }
    assert_eq!(code(enters(from([198, 51, 100, 99], None), "salah").await), ErrorCode::TooManyTries);

    let again = enters(from(school, Some(&secret)), "rahasia benar").await.unwrap();
    assert_eq!(again.device.as_deref(), Some(secret.as_str()));
    assert!(enters(from([198, 51, 100, 99], Some(&secret)), "rahasia benar").await.is_ok(), "also elsewhere");
    let change = NewCredentials {
        password: Password::unchecked("rahasia benar"),
        username: String::new(),
        new_password: Some(Password::unchecked("rahasia baru")),
    };
    accounts::change_credentials(&house.chat, &again.scope, change).await.unwrap();
    // What is known of a device lets nobody guess on.
    for _ in 0..10 {
        let guess = enters(from(school, Some(&secret)), "salah").await;
        assert_eq!(code(guess), ErrorCode::WrongCredentials);
    }
    assert_eq!(code(enters(from(school, Some(&secret)), "salah").await), ErrorCode::TooManyTries);
}

#[tokio::test]
async fn a_password_that_is_easily_guessed_and_set_long_ago_still_signs_in() {
    let house = House::new().await;
    let id = sari(&house).await;
    // password1
    let hash = "$argon2id$v=19$m=64,t=1,p=1$Z2FyYW0geWFuZyBzYW1h$O1Dpf129YAZ4u3iUr3H5dw";
    run(&house.raw, format!("UPDATE users SET password_hash = '{hash}' WHERE id = {id}")).await;
    let password = Password::unchecked("password1");
    let signed_in = sessions::sign_in(&house.chat, "sari", &password, Device::default()).await;
    assert_eq!(signed_in.unwrap().scope.user_id, id);
}

#[tokio::test]
async fn a_new_session_beyond_the_bound_ends_the_least_used_of_its_kind() {
    let house = House::new().await;
    let id = sari(&house).await;
    let first = sessions::begin(&house.chat, id, Device::default()).await.unwrap();
    let used = sessions::begin(&house.chat, id, Device::default()).await.unwrap();
    let mut socket = live::connect(&house.chat, &first.scope).await.unwrap();
    heard::events(&mut socket).await;
    for _ in 2..limits::SESSIONS_MAX {
        sessions::begin(&house.chat, id, Device::default()).await.unwrap();
    }
    let last_used = "UPDATE sessions SET seen_at = seen_at + 3600000";
    run(&house.raw, format!("{last_used} WHERE id = {}", used.scope.session_id)).await;
    let (password, device) = (Password::unchecked("rahasia benar"), Device::default());
    sessions::begin_terminal(&house.chat, "sari", &password, device).await.unwrap();
    assert!(sessions::authenticate(&house.chat, &first.token).await.unwrap().is_some(), "of another kind");

    sessions::begin(&house.chat, id, Device::default()).await.unwrap();

    assert_eq!(socket.next().await, Outgoing::Close(CloseReason::SignedOut));
    assert_eq!(sessions::authenticate(&house.chat, &first.token).await.unwrap(), None);
    assert!(sessions::authenticate(&house.chat, &used.token).await.unwrap().is_some());
    let left = house.count("SELECT count(*) FROM sessions WHERE kind = 'browser'").await;
    assert_eq!(left.unsigned_abs(), limits::SESSIONS_MAX);
}

#[tokio::test]
async fn an_account_remembers_so_many_devices() {
    let house = House::new().await;
    let id = sari(&house).await;
    for _ in 0..60 {
        sessions::begin(&house.chat, id, Device::default()).await.unwrap();
        run(&house.raw, "UPDATE known_devices SET seen_at = seen_at - 1".to_owned()).await;
    }
    assert_eq!(house.count("SELECT count(*) FROM known_devices").await, 50);
}

#[tokio::test]
async fn signing_out_ends_that_session_and_its_connections() {
    let house = House::new().await;
    let id = sari(&house).await;
    let phone = sessions::begin(&house.chat, id, Device::default()).await.unwrap();
    let desk = sessions::begin(&house.chat, id, Device::default()).await.unwrap();
    let mut on_phone = live::connect(&house.chat, &phone.scope).await.unwrap();
    let mut at_desk = live::connect(&house.chat, &desk.scope).await.unwrap();
    heard::events(&mut at_desk).await;

    sessions::sign_out(&house.chat, &phone.scope).await.unwrap();

    assert_eq!(on_phone.next().await, Outgoing::Close(CloseReason::SignedOut));
    assert_eq!(heard::events(&mut at_desk).await, []);
    assert_eq!(sessions::authenticate(&house.chat, &phone.token).await.unwrap(), None);
    assert_eq!(sessions::authenticate(&house.chat, &desk.token).await.unwrap(), Some(desk.scope));
    let again = live::connect(&house.chat, &phone.scope).await;
    assert_eq!(again.err().map(|error| error.code), Some(ErrorCode::SignedOut));
}

#[tokio::test]
async fn sessions_expire_and_use_keeps_them_alive() {
    let house = House::new().await;
    let id = sari(&house).await;
    let old = sessions::begin(&house.chat, id, Device::default()).await.unwrap();
    let used = sessions::begin(&house.chat, id, Device::default()).await.unwrap();
    let session = |signed_in: &SignedIn| signed_in.scope.session_id;
    run(&house.raw, format!("UPDATE sessions SET expires_at = 1 WHERE id = {}", session(&old))).await;
    let nearly = "seen_at = seen_at - 7200000, expires_at = expires_at - 2500000000";
    run(&house.raw, format!("UPDATE sessions SET {nearly} WHERE id = {}", session(&used))).await;

    assert_eq!(sessions::authenticate(&house.chat, &old.token).await.unwrap(), None);
    assert_eq!(sessions::authenticate(&house.chat, "no such token").await.unwrap(), None);
    assert_eq!(sessions::authenticate(&house.chat, &used.token).await.unwrap(), Some(used.scope));
    // Whatever was queued before this write is done after it.
    sessions::delete_expired(&house.chat).await.unwrap();
    let left = format!(
        "SELECT count(*) FROM sessions WHERE id = {} AND expires_at - seen_at = 2592000000",
        session(&used)
    );
    assert_eq!(house.count(&left).await, 1);
    assert_eq!(house.count("SELECT count(*) FROM sessions").await, 1);
}
