//! Calls by way of a provider: tokens verified by what the vendors publish, and Twilio's rooms against a
//! stand-in of its REST API.

use std::process::Command;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use reqwest::Client;
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

/// What a vendor's own code reads in a token.
fn verified(vendor: &str, key: &str, secret: &str, token: &str) -> Value {
    let python = std::env::var("SAPA_VENDORS").expect("SAPA_VENDORS: see scripts/env.sh");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/program/vendors.py");
    let output = Command::new(python).args([script, vendor, key, secret, token]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

async fn calls(app: &TestApp, person: &Person, room: i64) -> (StatusCode, Value) {
    let request = Client::new().post(format!("{}/api/v1/groups/{room}/call", app.origin));
    let request = request.header("cookie", &person.cookie).header("origin", &app.origin);
    let answer = request.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_livekit_token_is_one_to_livekit() {
    let app = TestApp::start_with(&[
        "--call-provider=livekit",
        "--livekit-url=wss://live.example.org",
        "--livekit-key=APIsapa",
        "--livekit-secret=a secret of thirty-two bytes or more",
    ])
    .await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let (status, ticket) = calls(&app, &sari, room).await;
    assert_eq!(status, StatusCode::CREATED, "{ticket}");
    let link = &ticket["link"];
    assert_eq!((&link["provider"], &link["url"]), (&json!("livekit"), &json!("wss://live.example.org")));
    let token = link["token"].as_str().unwrap();
    let claims = verified("livekit", "APIsapa", "a secret of thirty-two bytes or more", token);
    let room = format!("sapa-{room}");
    let expected = json!({ "identity": "1", "name": "sari", "room": room, "join": true, "life": 120 });
    assert_eq!(claims, expected);
}

/// What the stand-in was asked: method, path, who asked, and the body.
type Asked = Arc<Mutex<Vec<(&'static str, String, String, String)>>>;

/// Twilio's resource of rooms, as far as it is asked: it knows no room until one is made.
async fn twilio(asked: Asked) -> String {
    let note = |method, headers: &HeaderMap, path: String, body: &Bytes, asked: &Asked| {
        let who = headers["authorization"].to_str().unwrap().to_owned();
        asked.lock().unwrap().push((method, path, who, String::from_utf8_lossy(body).into_owned()));
    };
    let find = async move |State(asked): State<Asked>, Path(room): Path<String>, headers: HeaderMap| {
        let is_made = asked.lock().unwrap().iter().any(|(method, ..)| *method == "POST");
        note("GET", &headers, format!("/v1/Rooms/{room}"), &Bytes::new(), &asked);
        if is_made { StatusCode::OK } else { StatusCode::NOT_FOUND }
    };
    let make = async move |State(asked): State<Asked>, headers: HeaderMap, body: Bytes| {
        note("POST", &headers, "/v1/Rooms".to_owned(), &body, &asked);
        StatusCode::CREATED
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let service =
        Router::new().route("/v1/Rooms", post(make)).route("/v1/Rooms/{room}", get(find)).with_state(asked);
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

#[tokio::test]
async fn a_twilio_room_is_looked_up_made_once_and_its_token_is_one_to_twilio() {
    let asked = Asked::default();
    let url = twilio(asked.clone()).await;
    let app = TestApp::start_with(&[
        "--call-provider=twilio",
        "--twilio-account=AC0123",
        "--twilio-key=SK4567",
        "--twilio-secret=rahasia",
        &format!("--twilio-url={url}"),
    ])
    .await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let (status, ticket) = calls(&app, &sari, room).await;
    assert_eq!(status, StatusCode::CREATED, "{ticket}");
    let name = format!("sapa-{room}");
    assert_eq!(ticket["link"]["room"], json!(name));

    let claims = verified("twilio", "SK4567", "rahasia", ticket["link"]["token"].as_str().unwrap());
    assert_eq!(claims["headers"]["cty"], "twilio-fpa;v=1");
    let payload = &claims["payload"];
    assert_eq!((&payload["iss"], &payload["sub"]), (&json!("SK4567"), &json!("AC0123")));
    assert_eq!(payload["grants"], json!({ "identity": "1", "video": { "room": name } }));
    assert_eq!(payload["exp"].as_i64().unwrap() - payload["iat"].as_i64().unwrap(), 600);

    // The other comes in: the room is there.
    let (_, ticket) = calls(&app, &oleh, room).await;
    assert_eq!(ticket["call"]["parties"][0]["state"], "joined");
    // base64 of SK4567:rahasia
    let who = "Basic U0s0NTY3OnJhaGFzaWE=".to_owned();
    let find = ("GET", format!("/v1/Rooms/{name}"), who.clone(), String::new());
    let make = ("POST", "/v1/Rooms".to_owned(), who, format!("UniqueName={name}"));
    assert_eq!(*asked.lock().unwrap(), [find.clone(), make, find]);
}

#[tokio::test]
async fn where_twilio_does_not_answer_nobody_is_rung() {
    let app = TestApp::start_with(&[
        "--call-provider=twilio",
        "--twilio-account=AC0123",
        "--twilio-key=SK4567",
        "--twilio-secret=rahasia",
        // A port that is nobody's.
        "--twilio-url=http://127.0.0.1:9",
    ])
    .await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let (status, problem) = calls(&app, &sari, room).await;
    assert_eq!((status, &problem["code"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable")));
    let request = Client::new().get(format!("{}/api/v1/calls", app.origin)).header("cookie", &oleh.cookie);
    assert_eq!(request.send().await.unwrap().json::<Value>().await.unwrap(), json!([]));
}
