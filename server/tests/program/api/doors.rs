//! One house behind every door: what comes in by one is there at the others, once, and who is out is out of
//! all.

use std::time::{Duration, Instant};

use reqwest::Client;
use sapa_domain::host::Host;
use serde_json::{Value, json};

use super::world::{PASSWORD, World};
use crate::support::{Socket, Terminal, TestApp};

async fn rest(app: &TestApp, token: &str, path: &str) -> (u16, Value) {
    let response = Client::new().get(format!("{}/api/v1{path}", app.origin)).bearer_auth(token).send().await;
    let response = response.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_line_on_one_door_is_there_on_all_others_once() {
    let world = World::get().await;
    let app = world.opens().await;
    let mut browser = Socket::by_token(&app.origin, Some(world.token("maria"))).await.unwrap();
    browser.event("hello").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    terminal.asks(&format!("AUTH sari {PASSWORD}")).await;
    let mut bot = Terminal::connect(app.tcp_token).await;
    let token = bot.asks(&format!("AUTH maria {PASSWORD}")).await["data"].as_str().unwrap().to_owned();
    bot.asks(&format!("INBOX {token}")).await;

    let said = terminal.asks("SEND_GROUP Kopi dari terminal").await;
    assert_eq!(said, json!({ "status": "OK", "data": "pesan terkirim" }));
    let heard = browser.event("message").await;
    assert_eq!(heard["body"]["text"]["text"], "dari terminal");
    let (_, page) = rest(&app, world.token("oleh"), "/groups/1/messages").await;
    let told =
        page.as_array().unwrap().iter().filter(|message| message["content"] == "dari terminal").count();
    assert_eq!(told, 1);
    let inbox = bot.asks(&format!("INBOX {token}")).await;
    let notes = inbox["data"]["sari"].as_array().unwrap();
    assert_eq!(
        (notes.len(), &notes[0]["pesan"], &notes[0]["grup"]),
        (1, &json!("dari terminal"), &json!("Kopi"))
    );
    assert_eq!(bot.asks(&format!("INBOX {token}")).await["data"], json!({}));

    // And the other way round, by REST.
    let posted = Client::new()
        .post(format!("{}/api/v1/groups/1/messages", app.origin))
        .bearer_auth(world.token("oleh"))
        .json(&json!({ "content": "dari REST" }));
    assert_eq!(posted.send().await.unwrap().status(), 201);
    let heard = browser.event("message").await;
    assert_eq!(heard["body"]["text"]["text"], "dari REST");
    assert_eq!(
        terminal.asks("INBOX").await["data"]["oleh"].as_array().unwrap().last().unwrap()["pesan"],
        "dari REST"
    );
    app.stop().await;
}

#[tokio::test]
async fn whoever_is_banned_is_out_of_every_door_within_a_second() {
    let world = World::get().await;
    let app = world.opens().await;
    let mut browser = Socket::by_token(&app.origin, Some(world.token("oleh"))).await.unwrap();
    browser.event("hello").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    terminal.asks(&format!("AUTH oleh {PASSWORD}")).await;
    let mut bot = Terminal::connect(app.tcp_token).await;
    let token = bot.asks(&format!("AUTH oleh {PASSWORD}")).await["data"].as_str().unwrap().to_owned();

    let host = Host::open(&app.database_url()).await.unwrap();
    host.ban("oleh").await.unwrap();
    let banned = Instant::now();
    assert_eq!(browser.close_code().await, 4403);
    terminal.is_closed().await;
    assert!(banned.elapsed() < Duration::from_secs(1), "{:?}", banned.elapsed());
    assert_eq!(rest(&app, world.token("oleh"), "/me").await.0, 401);
    assert_eq!(bot.asks(&format!("INBOX {token}")).await["status"], "ERROR");
    assert_eq!(bot.asks(&format!("AUTH oleh {PASSWORD}")).await["status"], "ERROR");
    app.stop().await;
}

#[tokio::test]
async fn whoever_is_removed_hears_and_says_nothing_more_on_any_door() {
    let world = World::get().await;
    let app = world.opens().await;
    let mut browser = Socket::by_token(&app.origin, Some(world.token("maria"))).await.unwrap();
    browser.event("hello").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    terminal.asks(&format!("AUTH maria {PASSWORD}")).await;
    assert_eq!(terminal.asks("SEND_GROUP Kopi masih di sini").await["status"], "OK");
    let removed = Client::new()
        .delete(format!("{}/api/v1/groups/1/members/3", app.origin))
        .bearer_auth(world.token("sari"))
        .send()
        .await;
    assert_eq!(removed.unwrap().status(), 204);
    assert_eq!(browser.event("dialog_gone").await["roomId"], 1);
    assert_eq!(terminal.asks("SEND_GROUP Kopi tidak lagi").await["status"], "ERROR");
    assert_eq!(rest(&app, world.token("maria"), "/groups/1").await.0, 404);
    assert_eq!(browser.asks(json!({ "typing": { "roomId": 1 } })).await["error"]["code"], "not_found");
    app.stop().await;
}
