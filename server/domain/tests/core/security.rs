//! What is noted of accounts, and what their owners are told.

use std::net::IpAddr;

use sapa_domain::host::{Host, LogFilter, LogRow};
use sapa_domain::sessions::{self, Device};
use sapa_domain::{accounts, groups, mail};
use sapa_model::account::NewCredentials;
use sapa_model::text::Password;
use sapa_model::{AppResult, ErrorCode, NewAccount};

use crate::accounts::form;
use crate::support::deeds::code;
use crate::support::{House, run};

const PASSWORD: &str = "rahasia benar";

fn at(place: u8, language: &'static str) -> Device {
    let address = Some(IpAddr::from([192, 0, 2, place]));
    Device { address, user_agent: format!("browser {place}"), language, ..Device::default() }
}

async fn enters(house: &House, password: &str, device: Device) -> AppResult<sessions::SignedIn> {
    sessions::sign_in(&house.chat, "sari", &Password::unchecked(password), device).await
}

/// Sari, with a confirmed address, whose letters are in Indonesian.
async fn sari(house: &House) {
    let form = NewAccount { email: "sari@example.org".to_owned(), ..form("sari") };
    accounts::register(&house.chat, form, &at(1, "id")).await.unwrap();
    run(&house.raw, "UPDATE users SET email = pending_email, email_key = pending_email_key".to_owned()).await;
    run(&house.raw, "DELETE FROM letters".to_owned()).await;
}

fn change(password: &str, new: &str) -> NewCredentials {
    let new_password = Some(Password::unchecked(new));
    NewCredentials { password: Password::unchecked(password), username: String::new(), new_password }
}

async fn log(house: &House, filter: LogFilter) -> Vec<LogRow> {
    // Whatever was queued before is done.
    sessions::delete_expired(&house.chat).await.unwrap();
    Host::open(&house.url()).await.unwrap().log(filter).await.unwrap()
}

#[tokio::test]
async fn the_log_tells_who_did_what_from_where_and_no_secret() {
    let house = House::new().await;
    let (owner, member) = (house.person("wayan").await, house.person("oleh").await);
    sari(&house).await;
    let typed = "kata sandi di tempat nama";
    let wrong = sessions::sign_in(&house.chat, typed, &Password::unchecked("x"), at(9, "en")).await;
    assert_eq!(code(wrong), ErrorCode::WrongCredentials);
    assert_eq!(code(enters(&house, "salah", at(9, "en")).await), ErrorCode::WrongCredentials);
    let scope = enters(&house, PASSWORD, at(1, "id")).await.unwrap().scope;
    accounts::change_credentials(&house.chat, &scope, change(PASSWORD, "rahasia baru")).await.unwrap();
    let group = house.group(&[&owner, &member]).await;
    groups::set_admin(&house.chat, &owner.scope, group, member.scope.user_id, true).await.unwrap();

    let rows = log(&house, LogFilter { limit: 50, ..LogFilter::default() }).await;
    let told = |row: &LogRow| (row.act.clone(), row.username.clone(), row.address.clone());
    let row = |act: &str, name: Option<&str>, place: Option<u8>| {
        let address = place.map(|place| format!("192.0.2.{place}"));
        (act.to_owned(), name.map(ToOwned::to_owned), address)
    };
    let mut seen: Vec<_> = rows.iter().map(told).collect();
    seen.reverse();
    assert_eq!(
        seen,
        [
            row("joined", Some("sari"), Some(1)),
            row("sign_in_failed", None, Some(9)),
            row("sign_in_failed", Some("sari"), Some(9)),
            row("signed_in", Some("sari"), Some(1)),
            row("password_changed", Some("sari"), Some(1)),
            row("role_changed", Some("wayan"), None),
        ]
    );
    let written = format!("{rows:?}");
    for secret in [typed, PASSWORD, "rahasia baru"] {
        assert!(!written.contains(secret), "{written}");
    }

    let of_sari = LogFilter { username: Some("sari".to_owned()), limit: 2, ..LogFilter::default() };
    let newest = log(&house, of_sari.clone()).await;
    assert_eq!(
        newest.iter().map(|row| row.act.as_str()).collect::<Vec<_>>(),
        ["password_changed", "signed_in"]
    );
    let older = log(&house, LogFilter { before: Some(newest[1].id), ..of_sari }).await;
    assert_eq!(older.iter().map(|row| row.act.as_str()).collect::<Vec<_>>(), ["sign_in_failed", "joined"]);
}

#[tokio::test]
async fn failures_push_nothing_else_out_of_the_log() {
    let house = House::new().await;
    sari(&house).await;
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20998) \
                INSERT INTO security_events (at, act, device, detail) SELECT 1, 'sign_in_failed', '', '' FROM n";
    run(&house.raw, many.to_owned()).await;
    assert_eq!(code(enters(&house, "salah", at(9, "en")).await), ErrorCode::WrongCredentials);
    sessions::delete_expired(&house.chat).await.unwrap();
    assert_eq!(
        house.count("SELECT count(*) FROM security_events WHERE act = 'sign_in_failed'").await,
        20_000
    );
    assert_eq!(house.count("SELECT count(*) FROM security_events WHERE act = 'joined'").await, 1);
}

#[tokio::test]
async fn an_owner_is_told_of_what_somebody_else_may_have_done() {
    let house = House::new().await;
    sari(&house).await;
    let letters = async || {
        mail::deliver(&house.chat).await.unwrap();
        let mut kinds = Vec::new();
        for file in house.files("mail") {
            let letter = std::fs::read_to_string(&file).unwrap();
            assert!(letter.contains("To: sari@example.org"), "{letter}");
            assert!(letter.contains("Halo @sari"), "in the language that she joined in: {letter}");
            kinds.extend(
                letter.lines().find_map(|line| line.strip_prefix("Subject: ").map(ToOwned::to_owned)),
            );
            std::fs::remove_file(file).unwrap();
        }
        run(&house.raw, "DELETE FROM letters".to_owned()).await;
        kinds
    };
    let first = enters(&house, PASSWORD, at(1, "id")).await.unwrap();
    assert!(letters().await.is_empty(), "the first device is no news");
    let again = Device { secret: first.device, ..at(7, "id") };
    enters(&house, PASSWORD, again).await.unwrap();
    assert!(letters().await.is_empty(), "nor is the same one elsewhere");
    let scope = enters(&house, PASSWORD, at(9, "en")).await.unwrap().scope;
    assert_eq!(letters().await, ["Sapa di chat.example.org: perangkat baru"]);
    accounts::change_credentials(&house.chat, &scope, change(PASSWORD, "rahasia baru")).await.unwrap();
    assert_eq!(letters().await, ["Sapa di chat.example.org: kata sandi Anda diubah"]);
    let password = Password::unchecked("rahasia baru");
    accounts::change_email(&house.chat, &scope, "", password, &at(9, "en")).await.unwrap();
    let told = letters().await;
    assert_eq!(told, ["Sapa di chat.example.org: alamat surel Anda diubah"], "at the address that it was");
}

#[tokio::test]
async fn a_letter_of_a_new_device_says_which_from_where_and_when() {
    let house = House::new().await;
    sari(&house).await;
    let enters_with = async |place: u8, user_agent: &str| {
        let device = Device { user_agent: user_agent.to_owned(), ..at(place, "id") };
        enters(&house, PASSWORD, device).await.unwrap();
        // All that is known of it, whenever the letter leaves.
        run(&house.raw, "UPDATE letters SET created_at = 1795919460000".to_owned()).await;
        run(&house.raw, "UPDATE security_events SET at = 1795919460001 WHERE act = 'signed_in'".to_owned())
            .await;
        run(&house.raw, "DELETE FROM sessions".to_owned()).await;
        mail::deliver(&house.chat).await.unwrap();
        let letters = house.files("mail");
        let told = letters.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect::<String>();
        for file in letters {
            std::fs::remove_file(file).unwrap();
        }
        run(&house.raw, "DELETE FROM letters".to_owned()).await;
        run(&house.raw, "DELETE FROM security_events".to_owned()).await;
        told.replace("\r\n", "\n")
    };
    enters_with(1, "curl/8.5.0").await;
    let phone =
        enters_with(9, "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Safari/537.36").await;
    let told = "Perangkat: Chrome, Android\nAlamat jaringan: 192.0.2.9\nWaktu: 2026-11-29 02:31 UTC\n";
    assert!(phone.contains(told), "{phone}");
    let lure = enters_with(8, "prize.example.org/win").await;
    assert!(lure.contains("Perangkat: tidak dikenal\nAlamat jaringan: 192.0.2.8\n"), "{lure}");
    assert!(!lure.contains("prize"), "{lure}");
}

#[tokio::test]
async fn letters_are_in_the_language_that_the_person_reads_now() {
    let house = House::new().await;
    let form = NewAccount { email: "sari@example.org".to_owned(), ..form("sari") };
    // By a program that says no language.
    accounts::register(&house.chat, form, &at(1, "")).await.unwrap();
    run(&house.raw, "UPDATE users SET email = pending_email, email_key = pending_email_key".to_owned()).await;
    let scope = enters(&house, PASSWORD, at(1, "")).await.unwrap().scope;
    let known = async || {
        sessions::delete_expired(&house.chat).await.unwrap();
        let told = "SELECT coalesce(max(CASE language WHEN 'id' THEN 1 WHEN 'uk' THEN 2 WHEN 'en' THEN 3 END), 0) \
                    FROM users";
        house.count(told).await
    };
    assert_eq!(known().await, 0);
    let sees = async |language: &'static str, is_chosen: bool| {
        accounts::hear_language(&house.chat, &scope, language, is_chosen).await.unwrap();
        known().await
    };
    assert_eq!(sees("id", false).await, 1, "a browser says it first");
    assert_eq!(sees("uk", false).await, 1, "another one of hers says nothing new");
    assert_eq!(sees("uk", true).await, 2, "what she chooses counts");
    let password = Password::unchecked(PASSWORD);
    accounts::change_email(&house.chat, &scope, "baru@example.org", password, &at(1, "")).await.unwrap();
    assert_eq!(known().await, 2, "nor does a program that says no language");
    let languages = "SELECT count(*) FROM letters WHERE language = 'uk'";
    assert_eq!(house.count(languages).await, 2, "to the old address and the new one");
}
