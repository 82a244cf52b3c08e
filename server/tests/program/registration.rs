//! Who may make an account, as each door says it.

use std::process::Output;

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::terminal::error;
use crate::support::{Binary, PASSWORD, Terminal, TestApp};

/// Asks to join over REST: status and code.
async fn joins(origin: &str, account: Value) -> (u16, String) {
    let response =
        Client::new().post(format!("{origin}/api/v1/register")).json(&account).send().await.unwrap();
    let (status, body) = (response.status().as_u16(), response.json::<Value>().await.unwrap());
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

fn account(username: &str) -> Value {
    json!({ "username": username, "password": "kunci rahasia", "nickname": "S" })
}

#[tokio::test]
async fn a_closed_house_says_so_on_every_door() {
    let app = TestApp::start_with(&["--registration", "closed"]).await;
    let closed = (403, "registration_closed".to_owned());
    assert_eq!(joins(&app.origin, account("sari")).await, closed);
    let mut terminal = Terminal::connect(app.tcp).await;
    assert_eq!(
        terminal.says("REGISTER sari kunci-rahasia indonesia Sari").await,
        error("pendaftaran ditutup")
    );
    let asked = Client::new().post(format!("{}/rpc/kept_out", app.origin));
    let asked = asked.header("origin", &app.origin).json(&json!({ "invitation": "" })).send().await.unwrap();
    assert_eq!(asked.json::<Value>().await.unwrap(), "registration_closed");
}

#[tokio::test]
async fn an_invitation_made_on_the_command_line_lets_one_in() {
    let app = TestApp::start_with(&["--registration", "invite"]).await;
    let needed = (403, "invitation_required".to_owned());
    assert_eq!(joins(&app.origin, account("sari")).await, needed);
    let mut terminal = Terminal::connect(app.tcp).await;
    let refused = terminal.says("REGISTER sari kunci-rahasia indonesia Sari").await;
    assert_eq!(refused, error("pendaftaran hanya dengan undangan: invitation"));

    let database = app.database_url();
    let host = |arguments: &[&str]| {
        let mut command = Binary::command();
        command.arg("invite").args(arguments).args(["--database-url", &database]);
        let Output { status, stdout, stderr } = command.output().unwrap();
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap().trim().to_owned()
    };
    let mut bare = Binary::command();
    let Output { stdout, stderr, .. } = bare.args(["invite", "--database-url", &database]).output().unwrap();
    assert!(stdout.starts_with(b"/register?invitation="), "a path alone goes after any address");
    assert!(String::from_utf8_lossy(&stderr).contains("--public-url"), "and it says how to have all of it");
    let link = host(&["--public-url", "https://chat.example.org", "untuk Sari"]);
    let token = link.strip_prefix("https://chat.example.org/register?invitation=").unwrap();
    let invited = |username: &str| {
        let mut account = account(username);
        account["invitation"] = token.into();
        account
    };
    assert_eq!(joins(&app.origin, invited("sari")).await.0, 201);
    assert_eq!(joins(&app.origin, invited("oleh")).await, (410, "invite_used".to_owned()));
    let listed = host(&["--list"]);
    assert!(listed.contains("used by @sari") && listed.contains("untuk Sari"), "{listed}");
    assert!(!listed.contains(token), "{listed}");
}

#[tokio::test]
async fn what_others_try_first_is_no_password_on_any_door() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let rest = async |username: &str, password: &str| {
        let account = json!({ "username": username, "password": password, "nickname": "S" });
        joins(&app.origin, account).await
    };
    let refused = (422, "easily_guessed".to_owned());
    for (username, password) in [("oleh", "password1"), ("oleh", "qwertyuiop"), ("maria.k", "maria.k2026")] {
        assert_eq!(rest(username, password).await, refused, "{password}");
        let mut terminal = Terminal::connect(app.tcp).await;
        let line = format!("REGISTER {username} {password} ID Oleh");
        assert_eq!(terminal.says(&line).await, error("registrasi gagal"), "{password}");
    }
    let change = json!({ "change": { "username": "", "password": PASSWORD, "newPassword": "password1" } });
    let answer = sari.posts("change_credentials", &change).await;
    assert_eq!(answer.status(), 422);
    let told: Value = answer.json().await.unwrap();
    assert_eq!((&told["code"], &told["field"]), (&json!("easily_guessed"), &json!("newPassword")));
    assert_eq!(rest("oleh", PASSWORD).await.0, 201);
}

#[tokio::test]
async fn whoever_must_wait_is_told_for_what_and_how_long_on_every_door() {
    let app = TestApp::start_with(&["--registrations-address", "1", "--sign-in-tries", "1"]).await;
    let sari = app.joins("sari").await;
    assert_eq!(joins(&app.origin, account("oleh")).await, (429, "too_many_accounts".to_owned()));
    let account = json!({ "account": account("oleh") });
    let wrong = json!({ "login": "sari", "password": "salah" });
    assert_eq!(sari.posts("sign_in", &wrong).await.status(), 401);
    let change = json!({ "change": { "password": "salah" } });
    let refused = sari.posts("change_credentials", &change).await;
    assert_eq!(refused.status(), 403);
    let told: Value = refused.json().await.unwrap();
    assert_eq!((&told["code"], &told["field"]), (&json!("wrong_password"), &json!("password")));
    for (function, arguments, code, longest) in [
        ("register", &account, "too_many_accounts", 3_601),
        ("sign_in", &wrong, "too_many_tries", 601),
        ("change_credentials", &change, "too_many_tries", 601),
    ] {
        let refused = sari.posts(function, arguments).await;
        assert_eq!(refused.status(), 429, "{function}");
        let header = refused.headers()["retry-after"].to_str().unwrap().to_owned();
        let told: Value = refused.json().await.unwrap();
        let wait = told["retryAfter"].as_u64().unwrap();
        assert_eq!((told["code"].as_str(), header), (Some(code), wait.to_string()), "{function}");
        assert!((longest - 60..=longest).contains(&wait), "{function}: {wait}");
    }
}
