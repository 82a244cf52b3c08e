//! Addresses: confirmed by letter, nobody's before, and the way back to a forgotten password.

use std::net::IpAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sapa_domain::mail::LetterLimits;
use sapa_domain::sessions::{self, Device, SignedIn};
use sapa_domain::{accounts, mail};
use sapa_model::text::{HouseName, Password};
use sapa_model::{AppResult, ErrorCode, NewAccount, UserId};

use crate::accounts::form;
use crate::support::deeds::{code, refusal};
use crate::support::{House, run};

const PASSWORD: &str = "rahasia benar";

/// Somebody who reads this language.
fn reads(language: &'static str) -> Device {
    Device { language, ..Device::default() }
}

/// Somebody at a place of their own.
fn at(place: u8) -> Device {
    Device { address: Some(IpAddr::from([192, 0, 2, place])), ..reads("en") }
}

async fn joins(house: &House, username: &str, email: &str) -> UserId {
    let form = NewAccount { email: email.to_owned(), ..form(username) };
    accounts::register(&house.chat, form, &reads("en")).await.unwrap()
}

async fn enters(house: &House, login: &str, password: &str) -> AppResult<SignedIn> {
    sessions::sign_in(&house.chat, login, &Password::unchecked(password), Device::default()).await
}

/// Letters that have left, each as its text with the lines put together again.
async fn letters(house: &House) -> Vec<String> {
    mail::deliver(&house.chat).await.unwrap();
    let read = |path: &std::path::PathBuf| {
        let letter = std::fs::read_to_string(path).unwrap();
        let (head, body) = letter.split_once("\r\n\r\n").unwrap();
        if !head.contains("base64") {
            return letter.replace("=\r\n", "");
        }
        let body = STANDARD.decode(body.replace("\r\n", "")).unwrap();
        format!("{head}\n\n{}", String::from_utf8(body).unwrap())
    };
    let mut letters: Vec<_> = house.files("mail").iter().map(read).collect();
    for file in house.files("mail") {
        std::fs::remove_file(file).unwrap();
    }
    letters.sort();
    letters
}

/// The secret in the one letter with such a link that has left.
async fn token(house: &House, path: &str) -> String {
    let mut letters = letters(house).await;
    // Owners are also told of what was done.
    letters.retain(|letter| letter.contains(&format!("/{path}/")));
    assert_eq!(letters.len(), 1, "{letters:?}");
    let (_, rest) = letters[0].split_once(&format!("https://chat.example.org/{path}/")).expect("a link");
    rest.chars().take_while(char::is_ascii_hexdigit).collect()
}

async fn verifies(house: &House, token: &str) -> AppResult<String> {
    accounts::verify_email(&house.chat, token).await
}

/// Waits until a letter is on its way that nobody was kept waiting for.
async fn waits(house: &House) {
    let waiting = "SELECT count(*) FROM letters WHERE sent_at IS NULL";
    house.settles("a letter is written", async || house.count(waiting).await > 0).await;
}

/// An hour or a day goes by, as far as letters can tell.
async fn later(house: &House) {
    run(&house.raw, "UPDATE letters SET created_at = created_at - 86400001".to_owned()).await;
}

#[tokio::test]
async fn an_address_is_the_accounts_once_its_letter_was_read() {
    let house = House::new().await;
    joins(&house, "sari", "Sari@Example.org").await;
    assert_eq!(code(enters(&house, "sari@example.org", PASSWORD).await), ErrorCode::WrongCredentials);
    let scope = enters(&house, "sari", PASSWORD).await.unwrap().scope;
    let me = accounts::me(&house.chat, &scope).await.unwrap();
    assert_eq!((me.email, me.pending_email.as_deref()), (None, Some("Sari@example.org")));

    mail::deliver(&house.chat).await.unwrap();
    let letter = std::fs::read_to_string(&house.files("mail")[0]).unwrap();
    let link = letter.lines().find(|line| line.starts_with("https://")).unwrap();
    let token = token(&house, "verify").await;
    assert_eq!(link, format!("https://chat.example.org/verify/{token}"), "whole, to be copied");
    assert!(!house.files_hold(&token), "only a hash of it is kept");
    assert_eq!(verifies(&house, &token).await.unwrap(), "Sari@example.org");
    assert_eq!(code(verifies(&house, &token).await), ErrorCode::LinkGone, "it holds once");
    enters(&house, "SARI@example.org", PASSWORD).await.unwrap();
    let me = accounts::me(&house.chat, &scope).await.unwrap();
    assert_eq!((me.email.as_deref(), me.pending_email), (Some("Sari@example.org"), None));
    for strange in ["", "0", &"f".repeat(64), &"x".repeat(100_000)] {
        assert_eq!(code(verifies(&house, strange).await), ErrorCode::LinkGone);
    }
}

#[tokio::test]
async fn links_expire_and_the_newest_counts() {
    let house = House::new().await;
    joins(&house, "sari", "sari@example.org").await;
    let scope = enters(&house, "sari", PASSWORD).await.unwrap().scope;
    let first = token(&house, "verify").await;
    assert_eq!(
        code(accounts::send_again(&house.chat, &scope, &reads("en")).await),
        ErrorCode::TooManyLetters,
        "just now"
    );
    later(&house).await;
    accounts::send_again(&house.chat, &scope, &reads("en")).await.unwrap();
    let second = token(&house, "verify").await;
    assert_eq!(code(verifies(&house, &first).await), ErrorCode::LinkGone);
    run(&house.raw, "UPDATE email_tokens SET expires_at = 1".to_owned()).await;
    assert_eq!(code(verifies(&house, &second).await), ErrorCode::LinkGone);
    later(&house).await;
    accounts::send_again(&house.chat, &scope, &reads("id")).await.unwrap();
    let third = token(&house, "verify").await;
    verifies(&house, &third).await.unwrap();
    assert_eq!(code(accounts::send_again(&house.chat, &scope, &reads("en")).await), ErrorCode::Conflict);
}

#[tokio::test]
async fn nobody_is_told_whose_an_address_is_but_its_owner() {
    let named = HouseName::parse("  Kelas  Bahasa ").unwrap();
    let house = House::with(|options| options.mail.house = named).await;
    joins(&house, "sari", "sari@example.org").await;
    let first = token(&house, "verify").await;
    verifies(&house, &first).await.unwrap();

    // Somebody else gives the same address: as far as they can see, all is well.
    joins(&house, "dewi", "SARI@example.org").await;
    let told = letters(&house).await;
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("Subject: Kelas Bahasa at chat.example.org: you already have an account")
            && told[0].contains("@sari")
    );
    assert!(!told[0].contains("/verify/") && !told[0].contains("dewi"));

    // Who asks for a new password hears the same, whatever the address.
    later(&house).await;
    for address in ["sari@example.org", "nobody@example.org"] {
        accounts::request_reset(&house.chat, address, &reads("en")).await.unwrap();
    }
    waits(&house).await;
    let told = letters(&house).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("To: sari@example.org"));
    let refused = accounts::request_reset(&house.chat, "not one", &reads("en")).await;
    assert_eq!(refusal(refused), (ErrorCode::Invalid, Some("email".to_owned())));
}

#[tokio::test]
async fn of_two_who_wait_for_an_address_the_one_who_reads_its_letters_gets_it() {
    let house = House::new().await;
    joins(&house, "sari", "sari@example.org").await;
    let saris = token(&house, "verify").await;
    joins(&house, "dewi", "sari@example.org").await;
    let dewis = token(&house, "verify").await;
    verifies(&house, &dewis).await.unwrap();
    assert_eq!(refusal(verifies(&house, &saris).await), (ErrorCode::EmailTaken, Some("email".to_owned())));
    assert_eq!(house.count("SELECT count(*) FROM users WHERE email_key = 'sari@example.org'").await, 1);
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_and_ends_all_sessions() {
    let house = House::new().await;
    joins(&house, "sari", "sari@example.org").await;
    let verify = token(&house, "verify").await;
    verifies(&house, &verify).await.unwrap();
    let before = enters(&house, "sari", PASSWORD).await.unwrap();
    later(&house).await;
    accounts::request_reset(&house.chat, "Sari@Example.org", &reads("uk")).await.unwrap();
    waits(&house).await;
    let reset = token(&house, "reset").await;
    assert_eq!(code(verifies(&house, &reset).await), ErrorCode::LinkGone, "it is for a password alone");
    let set = async |token: &str, password: &str| {
        accounts::reset_password(&house.chat, token, Password::unchecked(password)).await
    };
    let holds = async |token: &str| accounts::check_reset(&house.chat, token).await.unwrap();
    assert!(holds(&reset).await && !holds(&verify).await && !holds("made up").await);
    let short = refusal(set(&reset, "kunci").await);
    assert_eq!(short, (ErrorCode::TooShort, Some("newPassword".to_owned())));
    for guessed in ["password1", "sari2026", "sari@example.org"] {
        let refused = refusal(set(&reset, guessed).await);
        assert_eq!(refused, (ErrorCode::EasilyGuessed, Some("newPassword".to_owned())), "{guessed}");
    }
    set(&reset, "kunci yang baru").await.unwrap();
    assert_eq!(code(set(&reset, "kunci yang lain").await), ErrorCode::LinkGone);
    assert!(!holds(&reset).await, "it was used");
    assert!(sessions::authenticate(&house.chat, &before.token).await.unwrap().is_none());
    assert_eq!(code(enters(&house, "sari", PASSWORD).await), ErrorCode::WrongCredentials);
    enters(&house, "sari", "kunci yang baru").await.unwrap();
}

#[tokio::test]
async fn another_address_needs_the_password_and_the_old_one_stays_until_it_is_read() {
    let house = House::new().await;
    joins(&house, "sari", "lama@example.org").await;
    let old = token(&house, "verify").await;
    verifies(&house, &old).await.unwrap();
    let scope = enters(&house, "sari", PASSWORD).await.unwrap().scope;
    let change = async |email: &str, password: &str| {
        accounts::change_email(&house.chat, &scope, email, Password::unchecked(password), &reads("en")).await
    };
    let refused = refusal(change("baru@example.org", "salah sekali").await);
    assert_eq!(refused, (ErrorCode::WrongPassword, Some("password".to_owned())));
    change("baru@example.org", PASSWORD).await.unwrap();
    enters(&house, "lama@example.org", PASSWORD).await.unwrap();
    let new = token(&house, "verify").await;
    assert_eq!(verifies(&house, &new).await.unwrap(), "baru@example.org");
    assert_eq!(code(enters(&house, "lama@example.org", PASSWORD).await), ErrorCode::WrongCredentials);
    enters(&house, "baru@example.org", PASSWORD).await.unwrap();
    change("", PASSWORD).await.unwrap();
    let me = accounts::me(&house.chat, &scope).await.unwrap();
    assert_eq!((me.email, me.pending_email), (None, None));
}

#[tokio::test]
async fn accounts_may_be_kept_out_until_their_address_is_confirmed() {
    let house = House::with(|options| options.require_verified_email = true).await;
    let without = accounts::register(&house.chat, form("oleh"), &Device::default()).await;
    assert_eq!(refusal(without), (ErrorCode::Required, Some("email".to_owned())));
    let id = joins(&house, "sari", "sari@example.org").await;
    let begun = sessions::begin(&house.chat, id, Device::default()).await;
    assert_eq!(code(begun), ErrorCode::EmailUnverified);
    assert_eq!(code(enters(&house, "sari", PASSWORD).await), ErrorCode::EmailUnverified);
    assert_eq!(code(enters(&house, "sari", "salah sekali").await), ErrorCode::WrongCredentials);
    let again = async |password: &str| {
        accounts::send_again_to(&house.chat, "sari", &Password::unchecked(password), &at(1)).await
    };
    assert_eq!(code(again("salah sekali").await), ErrorCode::WrongCredentials);
    later(&house).await;
    run(&house.raw, "DELETE FROM letters".to_owned()).await;
    again(PASSWORD).await.unwrap();
    let token = token(&house, "verify").await;
    verifies(&house, &token).await.unwrap();
    let signed_in = enters(&house, "sari", PASSWORD).await.unwrap();
    assert!(sessions::authenticate(&house.chat, &signed_in.token).await.unwrap().is_some());
}

#[tokio::test]
async fn somebody_banned_gets_no_letter_to_confirm_an_address() {
    let house = House::new().await;
    let id = joins(&house, "sari", "sari@example.org").await;
    letters(&house).await;
    later(&house).await;
    run(&house.raw, format!("UPDATE users SET banned_at = 1 WHERE id = {id}")).await;
    let again = accounts::send_again_to(&house.chat, "sari", &Password::unchecked(PASSWORD), &at(1)).await;
    assert_eq!(code(again), ErrorCode::Banned);
    assert_eq!(letters(&house).await.len(), 0);
}

#[tokio::test]
async fn asking_for_a_letter_is_no_way_around_the_bounds_on_guessing() {
    let house = House::new().await;
    // One name after the other, from one address: none of them fails often by itself.
    let mut tries = 0;
    loop {
        let guess = Password::unchecked("salah sekali");
        let refused = accounts::send_again_to(&house.chat, &format!("orang{tries}"), &guess, &at(1)).await;
        if code(refused) == ErrorCode::TooManyTries {
            break;
        }
        tries += 1;
    }
    // Some come back while so many are made.
    assert!((100..130).contains(&tries), "{tries}");
    let refused = sessions::sign_in(&house.chat, "orang", &Password::unchecked("x"), at(1)).await;
    assert_eq!(code(refused), ErrorCode::TooManyTries);
}

#[tokio::test]
async fn an_address_gets_few_letters_a_day_however_many_ask() {
    let house = House::new().await;
    for i in 0..12 {
        joins(&house, &format!("orang{i}"), "korban@example.org").await;
    }
    assert_eq!(letters(&house).await.len(), 10);
}

#[tokio::test]
async fn letters_to_addresses_that_may_be_anybodys_are_few_for_a_network_and_in_all() {
    let house = House::with(|options| options.mail.limits = LetterLimits { network: 6, total: 8 }).await;
    let joins_at = async |place: u8, i: usize, email: &str| {
        let form = NewAccount { email: email.to_owned(), ..form(&format!("orang{place}-{i}")) };
        accounts::register(&house.chat, form, &at(place)).await.unwrap();
    };
    for i in 0..6 {
        joins_at(1, i, "korban@example.org").await;
    }
    assert_eq!(letters(&house).await.len(), 5, "to one address");
    joins_at(2, 0, "korban@example.org").await;
    assert_eq!(letters(&house).await.len(), 1, "others can still ask");
    for i in 6..9 {
        joins_at(1, i, &format!("orang{i}@example.org")).await;
    }
    assert_eq!(letters(&house).await.len(), 1, "of one network");
    for place in 3..6 {
        joins_at(place, 0, &format!("orang{place}@example.org")).await;
    }
    assert_eq!(letters(&house).await.len(), 1, "in all");
}

#[tokio::test]
async fn nobody_uses_up_the_letter_that_an_owner_gets_back_in_by() {
    let house = House::new().await;
    joins(&house, "sari", "Sari@example.org").await;
    let verify = token(&house, "verify").await;
    verifies(&house, &verify).await.unwrap();
    let asks = async || accounts::request_reset(&house.chat, "SARI@EXAMPLE.ORG", &at(9)).await.unwrap();
    let hour = "UPDATE letters SET created_at = created_at - 3600001";
    let minute = "UPDATE letters SET created_at = created_at - 60001";
    // Strangers ask as often as they can: by form, and for other accounts with the same address.
    for i in 0..10 {
        joins(&house, &format!("orang{i}"), "sari@example.org").await;
    }
    letters(&house).await;
    for _ in 0..5 {
        run(&house.raw, minute.to_owned()).await;
        asks().await;
        waits(&house).await;
        let told = letters(&house).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("To: Sari@example.org"), "as its owner has written it: {}", told[0]);
    }
    // From here on one an hour, which is how long its link holds: there is always one that does.
    let settled = async || house.chat.ready().await;
    for _ in 0..30 {
        run(&house.raw, minute.to_owned()).await;
        asks().await;
        assert!(settled().await);
    }
    assert_eq!(letters(&house).await.len(), 0);
    let holds = "SELECT count(*) FROM email_tokens WHERE purpose = 'reset'";
    assert_eq!(house.count(holds).await, 1);
    run(&house.raw, hour.to_owned()).await;
    asks().await;
    waits(&house).await;
    let reset = token(&house, "reset").await;
    accounts::reset_password(&house.chat, &reset, Password::unchecked("kunci yang baru")).await.unwrap();
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_tried_again() {
    // Nothing listens there.
    let house = House::with(|options| options.mail.smtp_url = Some("smtp://127.0.0.1:1".to_owned())).await;
    joins(&house, "sari", "sari@example.org").await;
    mail::deliver(&house.chat).await.unwrap();
    let waits = "SELECT count(*) FROM letters WHERE sent_at IS NULL AND attempts = 1 AND due_at > created_at";
    assert_eq!(house.count(waits).await, 1);
    mail::deliver(&house.chat).await.unwrap();
    assert_eq!(house.count(waits).await, 1, "not before its time");
    run(&house.raw, "UPDATE letters SET attempts = 6, due_at = 1".to_owned()).await;
    mail::deliver(&house.chat).await.unwrap();
    assert_eq!(house.count("SELECT count(*) FROM letters").await, 0, "given up in the end");
}
