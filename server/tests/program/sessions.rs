//! Signing in and out.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Person, Socket, TestApp};

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
