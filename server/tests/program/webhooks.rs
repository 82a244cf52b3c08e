//! Webhooks, with a real receiver on the other side.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::Client;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::sync::mpsc;

use crate::support::{Person, TestApp};

type Post = (HeaderMap, Bytes);

/// A service that takes posts: it refuses the first one.
async fn receiver() -> (String, mpsc::UnboundedReceiver<Post>) {
    let (posts, received) = mpsc::unbounded_channel();
    let take = async |State(posts): State<mpsc::UnboundedSender<Post>>, headers: HeaderMap, body: Bytes| {
        static TRIES: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        posts.send((headers, body)).unwrap();
        match TRIES.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::NO_CONTENT,
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/sapa?key=1", listener.local_addr().unwrap());
    let service = Router::new().route("/sapa", post(take)).with_state(posts);
    tokio::spawn(async move { axum::serve(listener, service).await });
    (address, received)
}

async fn next(received: &mut mpsc::UnboundedReceiver<Post>) -> Post {
    tokio::time::timeout(Duration::from_secs(15), received.recv()).await.expect("a post").unwrap()
}

#[tokio::test]
async fn what_is_written_is_posted_signed_and_again_until_it_is_taken() {
    let app = TestApp::start_with(&["--webhook-private"]).await;
    let (sari, oleh, _) = app.friends("sari", "oleh").await;
    let group = sari.founds("Kopi", &[&oleh]).await;
    let (url, mut received) = receiver().await;
    let http = Client::new();
    let hooks = format!("{}/api/v1/groups/{group}/webhooks", app.origin);
    let as_sari = |request: reqwest::RequestBuilder| {
        request.header("cookie", &sari.cookie).header("origin", &app.origin)
    };
    let new = json!({ "direction": "outgoing", "name": "Arsip", "url": url });
    let made: Value = as_sari(http.post(&hooks)).json(&new).send().await.unwrap().json().await.unwrap();
    let secret = made["secret"].as_str().unwrap();

    let mut socket = oleh.connects().await;
    socket.sends(group, 1, "halo, dunia").await;
    let (first, refused) = next(&mut received).await;
    let body: Value = serde_json::from_slice(&refused).unwrap();
    assert_eq!(body["messages"][0]["body"]["text"]["text"], "halo, dunia");
    assert_eq!((&body["webhookId"], &body["room"]["name"]), (&made["id"], &json!("Kopi")));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(first["x-sapa-timestamp"].as_bytes());
    mac.update(b".");
    mac.update(&refused);
    let code: String =
        mac.finalize().into_bytes().iter().fold(String::new(), |code, byte| format!("{code}{byte:02x}"));
    assert_eq!(first["x-sapa-signature"], format!("sha256={code}"));

    // It was refused: the same comes again, and nothing is told twice after that.
    let (again, taken) = next(&mut received).await;
    assert_eq!((&again["x-sapa-delivery"], &taken), (&first["x-sapa-delivery"], &refused));
    socket.sends(group, 2, "kedua").await;
    let body: Value = serde_json::from_slice(&next(&mut received).await.1).unwrap();
    assert_eq!(body["messages"].as_array().unwrap().len(), 1, "{body}");
    assert_eq!(body["messages"][0]["body"]["text"]["text"], "kedua");

    // The other way: what is posted to an incoming one is written, once for the same clientId.
    let new = json!({ "direction": "incoming", "name": "Cadangan" });
    let made: Value = as_sari(http.post(&hooks)).json(&new).send().await.unwrap().json().await.unwrap();
    let address = format!("{}/api/v1/hooks/{}", app.origin, made["secret"].as_str().unwrap());
    let posting = json!({ "content": "Cadangan selesai", "clientId": crate::support::client_id(9) });
    for _ in 0..2 {
        assert_eq!(http.post(&address).json(&posting).send().await.unwrap().status(), 201);
    }
    assert_eq!(oleh.reads(group).await, ["halo, dunia", "kedua", "Cadangan selesai"]);
    app.stop().await;
}

#[tokio::test]
async fn nothing_is_posted_to_an_address_that_is_not_public() {
    let app = TestApp::start().await;
    let (sari, oleh, _) = app.friends("sari", "oleh").await;
    let group = sari.founds("Kopi", &[&oleh]).await;
    let (url, mut received) = receiver().await;
    let http = Client::new();
    let hooks = format!("{}/api/v1/groups/{group}/webhooks", app.origin);
    let port = url.rsplit(':').next().unwrap();
    for url in [url.clone(), format!("http://localhost:{port}"), format!("http://[::ffff:127.0.0.1]:{port}")]
    {
        let new = json!({ "direction": "outgoing", "name": "Arsip", "url": url });
        let request = http.post(&hooks).header("cookie", &sari.cookie).header("origin", &app.origin);
        assert_eq!(request.json(&new).send().await.unwrap().status(), 201);
    }
    oleh.connects().await.sends(group, 1, "rahasia").await;
    let failed = async {
        loop {
            let request = http.get(&hooks).header("cookie", &sari.cookie);
            let listed: Vec<Value> = request.send().await.unwrap().json().await.unwrap();
            if listed.iter().all(|hook| hook["lastError"].is_string()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(15), failed).await.expect("all three are refused");
    assert!(received.try_recv().is_err());
    app.stop().await;
}

#[tokio::test]
async fn receivers_that_do_not_answer_keep_nobody_elses_webhooks_waiting() {
    let app = TestApp::start_with(&["--webhook-private"]).await;
    let (heavy, oleh, _) = app.friends("heavy", "oleh").await;
    let hooks = async |person: &Person, group: i64, url: &str| {
        let new = json!({ "direction": "outgoing", "name": "Arsip", "url": url });
        let request = Client::new().post(format!("{}/api/v1/groups/{group}/webhooks", app.origin));
        let request = request.header("cookie", &person.cookie).header("origin", &app.origin);
        assert_eq!(request.json(&new).send().await.unwrap().status(), 201);
    };
    // It takes connections in and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}/", silent.local_addr().unwrap());
    let mut socket = heavy.connects().await;
    for number in 0..5 {
        let group = heavy.founds(&format!("group {number}"), &[&oleh]).await;
        for _ in 0..10 {
            hooks(&heavy, group, &nowhere).await;
        }
        socket.sends(group, 1, "halo").await;
    }
    // As many are on their way as may be, before the other's is due.
    let held = async {
        let mut held = Vec::new();
        while held.len() < 4 {
            held.push(silent.accept().await.unwrap());
        }
        held
    };
    let _held = tokio::time::timeout(Duration::from_secs(15), held).await.unwrap();
    let group = oleh.founds("Kopi", &[&heavy]).await;
    let other = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    hooks(&oleh, group, &format!("http://{}/", other.local_addr().unwrap())).await;
    oleh.connects().await.sends(group, 1, "pagi").await;
    // Rounds of ten seconds each are not waited for.
    tokio::time::timeout(Duration::from_secs(8), other.accept()).await.expect("a post").unwrap();
    app.stop().await;
}
