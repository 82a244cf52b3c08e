//! Signing in and out.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{PASSWORD, Person, Socket, TestApp};

#[tokio::test]
async fn mistakes_are_told_with_their_field() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let twice = json!({ "account": { "username": "SARI", "password": "kunci rahasia", "nickname": "Sari" } });
    let answer = sari.posts("register", &twice).await;
    assert_eq!(answer.status(), 409);
    let error: serde_json::Value = answer.json().await.unwrap();
    assert_eq!((&error["code"], &error["field"]), (&json!("username_taken"), &json!("username")));
}

#[tokio::test]
async fn strangers_hear_nothing() {
    let app = TestApp::start().await;
    for cookie in ["", "sapa_session=00", "other=1"] {
        assert!(Socket::open(&app.origin, Some(&app.origin), cookie).await.is_err(), "{cookie}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_known_tells_who_comes_whichever_way_its_address_is_written() {
    let app = TestApp::start_with(&["--addr", "[::]:0", "--trusted-proxy", "127.0.0.1"]).await;
    // To a socket of IPv6 this one comes from ::ffff:127.0.0.1.
    let origin = app.origin.replace("[::]", "127.0.0.1");
    let account = json!({ "username": "sari", "password": PASSWORD, "nickname": "Sari" });
    let registered = reqwest::Client::new()
        .post(format!("{origin}/rpc/register"))
        .header("origin", &origin)
        .header("x-forwarded-for", "198.51.100.9, 203.0.113.7")
        .json(&json!({ "account": account }))
        .send()
        .await
        .unwrap();
    assert_eq!(registered.status(), 200);
    let sari = Person::sign_in(&origin, "sari").await;
    let devices = sari.calls("devices", json!({})).await;
    let mut from: Vec<_> = devices.as_array().unwrap().iter().map(|device| &device["address"]).collect();
    from.sort_by_key(ToString::to_string);
    assert_eq!(from, [&json!("127.0.0.1"), &json!("203.0.113.7")]);
}

#[tokio::test]
async fn signing_out_ends_the_session_everywhere_within_a_second() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let elsewhere = Person::sign_in(&app.origin, "sari").await;
    assert_ne!(sari.cookie, elsewhere.cookie);
    let (mut here, mut there) = (sari.connects().await, elsewhere.connects().await);

    let start = Instant::now();
    sari.calls("sign_out", json!({})).await;
    assert_eq!(here.close_code().await, 4401);
    assert!(start.elapsed() < Duration::from_secs(1));
    assert!(Socket::open(&app.origin, Some(&app.origin), &sari.cookie).await.is_err());
    assert_eq!(sari.posts("friends", &json!({})).await.status(), 401);
    assert_eq!(there.asks(json!("ping")).await["done"], "ok");
}

#[tokio::test]
async fn signing_in_over_a_session_ends_it() {
    let app = TestApp::start().await;
    let (sari, oleh) = (app.joins("sari").await, app.joins("oleh").await);
    let mut open = sari.connects().await;
    let answer = sari.posts("sign_in", &json!({ "login": "oleh", "password": "wrong one" })).await;
    assert_eq!(answer.status(), 401);
    sari.calls("friends", json!({})).await;
    sari.calls("sign_in", json!({ "login": "oleh", "password": PASSWORD })).await;
    assert_eq!(open.close_code().await, 4401);
    assert_eq!(sari.posts("friends", &json!({})).await.status(), 401);

    // A program's session is its own, also where it comes by another door.
    let login = json!({ "username": "sari", "password": PASSWORD });
    let http = reqwest::Client::new();
    let tokens = http.post(format!("{}/api/v1/login", app.origin)).json(&login).send().await.unwrap();
    let tokens: serde_json::Value = tokens.json().await.unwrap();
    let by_program = |path: &str, body: serde_json::Value| {
        let request = http.post(format!("{}{path}", app.origin));
        request.bearer_auth(tokens["accessToken"].as_str().unwrap()).json(&body).send()
    };
    let login = json!({ "login": "oleh", "password": PASSWORD });
    assert_eq!(by_program("/rpc/sign_in", login).await.unwrap().status(), 200);
    assert_eq!(by_program("/rpc/friends", json!({})).await.unwrap().status(), 200);
    oleh.calls("friends", json!({})).await;
}

#[tokio::test]
async fn a_browser_forgets_what_it_was_shown_when_it_signs_out() {
    let app = TestApp::start().await;
    let (sari, oleh) = (app.joins("sari").await, app.joins("oleh").await);
    let answer = sari.posts("sign_out", &json!({})).await;
    assert_eq!(answer.headers()["clear-site-data"], "\"cache\", \"storage\"");
    let http = reqwest::Client::new().post(format!("{}/api/v1/logout", app.origin));
    let answer = http.header("cookie", &oleh.cookie).header("origin", &app.origin).send().await.unwrap();
    assert_eq!(answer.status(), 204);
    assert_eq!(answer.headers()["clear-site-data"], "\"cache\", \"storage\"");
    assert!(answer.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
}
