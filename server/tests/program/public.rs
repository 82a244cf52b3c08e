//! The public pages of channels: for everybody, without script, gone at once when the channel is private.

use reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, IF_NONE_MATCH};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::support::{Person, Terminal, TestApp};

/// Somebody with a public channel of theirs.
async fn broadcaster(app: &TestApp) -> (Person, i64) {
    let sari = app.joins("sari").await;
    let settings =
        json!({ "name": "Kopi <b>& teh", "handle": "kopi", "description": "Biji & daun", "comments": true });
    let made = sari.rest(app, "POST", "/channels", Some(settings)).await;
    (sari, made["id"].as_i64().unwrap())
}

impl Person {
    async fn rest(&self, app: &TestApp, method: &str, path: &str, body: Option<Value>) -> Value {
        let address = format!("{}/api/v1{path}", app.origin);
        let mut request = Client::new().request(method.parse().unwrap(), address);
        request = request.header("cookie", &self.cookie).header("origin", &app.origin);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{method} {path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap_or(Value::Null)
    }

    async fn broadcasts(&self, app: &TestApp, channel: i64, text: &str) -> i64 {
        let path = format!("/groups/{channel}/messages");
        self.rest(app, "POST", &path, Some(json!({ "content": text }))).await["messageId"].as_i64().unwrap()
    }
}

async fn get(app: &TestApp, path: &str) -> Response {
    Client::new().get(format!("{}{path}", app.origin)).send().await.unwrap()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers[name].to_str().unwrap()
}

#[tokio::test]
async fn everybody_reads_a_public_channel_without_script() {
    let app = TestApp::start().await;
    let (sari, channel) = broadcaster(&app).await;
    for number in 1..=21 {
        sari.broadcasts(
            &app,
            channel,
            &format!("kiriman-{number:02} <script>alert(1)</script> https://example.org/?a&b"),
        )
        .await;
    }
    let page = get(&app, "/c/kopi").await;
    assert_eq!(page.status(), 200);
    let headers = page.headers().clone();
    assert!(header(&headers, "content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    assert_eq!(header(&headers, "cache-control"), "public, no-cache");
    assert_eq!((header(&headers, "vary"), header(&headers, "content-language")), ("accept-language", "en"));
    let html = page.text().await.unwrap();
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{}", &html[..80]);
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"), "nothing runs");
    for part in [
        "<title>Kopi &lt;b&gt;&amp; teh · Sapa</title>",
        "@kopi",
        "kiriman-21",
        "kiriman-02",
        "og:title",
        "/channels/kopi",
        "feed.atom",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("kiriman-01") && !html.contains("sari"), "nor does it tell who writes");

    // Caches are asked by whoever likes, under whatever name.
    for path in ["/c/kopi", "/c/kopi/feed.atom"] {
        let asked = Client::new().get(format!("{}{path}", app.origin)).header("host", "evil.example");
        let said = asked.send().await.unwrap().text().await.unwrap();
        assert!(said.contains(&format!("{}/c/kopi", app.origin)) && !said.contains("evil.example"), "{said}");
    }
    let known =
        Client::new().get(format!("{}/c/kopi", app.origin)).header(IF_NONE_MATCH, header(&headers, "etag"));
    assert_eq!(known.send().await.unwrap().status(), 304);
    let words = Client::new().get(format!("{}/c/kopi", app.origin)).header(ACCEPT_LANGUAGE, "uk");
    assert!(words.send().await.unwrap().text().await.unwrap().contains("Давніші дописи"));
    let older = html.split("/c/kopi?before=").nth(1).unwrap().split('"').next().unwrap();
    let older = get(&app, &format!("/c/kopi?before={older}")).await.text().await.unwrap();
    assert!(older.contains("kiriman-01") && !older.contains("kiriman-02"));
    let other_form = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let other_form = other_form.get(format!("{}/c/KOPI", app.origin)).send().await.unwrap();
    assert_eq!((other_form.status().as_u16(), header(other_form.headers(), "location")), (308, "/c/kopi"));
    app.stop().await;
}

#[tokio::test]
async fn what_changes_is_seen_at_once_though_pages_are_kept() {
    let app = TestApp::start().await;
    let (sari, channel) = broadcaster(&app).await;
    let reads = async || {
        let (page, feed) = (get(&app, "/c/kopi").await, get(&app, "/c/kopi/feed.atom").await);
        (page.text().await.unwrap(), feed.text().await.unwrap())
    };
    let shows = async |text: &str| {
        let (page, feed) = reads().await;
        assert_eq!(page.contains(text), feed.contains(text));
        page.contains(text)
    };
    let first = sari.broadcasts(&app, channel, "kiriman-satu").await;
    assert!(shows("kiriman-satu").await);
    assert_eq!(reads().await, reads().await);
    sari.broadcasts(&app, channel, "kiriman-dua").await;
    assert!(shows("kiriman-dua").await);
    sari.rest(&app, "PUT", &format!("/messages/{first}"), Some(json!({ "content": "kiriman-lain" }))).await;
    assert!(shows("kiriman-lain").await && !shows("kiriman-satu").await);
    sari.rest(&app, "DELETE", &format!("/messages/{first}"), None).await;
    assert!(!shows("kiriman-lain").await);
    for (settings, word) in [
        (json!({ "name": "Teh", "handle": "kopi", "description": "Biji" }), "Teh"),
        (json!({ "name": "Teh", "handle": "kopi", "description": "Daun teh" }), "Daun teh"),
    ] {
        sari.rest(&app, "PUT", &format!("/channels/{channel}"), Some(settings)).await;
        assert!(shows(word).await, "{word}");
    }
    app.stop().await;
}

#[tokio::test]
async fn a_post_and_its_files_are_public_while_their_channel_is() {
    let app = TestApp::start().await;
    let (sari, channel) = broadcaster(&app).await;
    let form = Form::new()
        .text("content", "satu & dua\nbaris")
        .part("attachment", Part::text("kopi").file_name("resep.txt"));
    let sent = Client::new()
        .post(format!("{}/api/v1/groups/{channel}/messages", app.origin))
        .header("cookie", &sari.cookie)
        .header("origin", &app.origin)
        .multipart(form)
        .send()
        .await
        .unwrap();
    let sent: Value = sent.json().await.unwrap();
    let (id, file) = (&sent["messageId"], sent["Media"]["url"].as_str().unwrap());

    let xml = get(&app, "/c/kopi/feed.atom").await;
    assert_eq!(header(xml.headers(), "content-type"), "application/atom+xml; charset=utf-8");
    let xml = xml.text().await.unwrap();
    for part in [
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
        "<title>Kopi &lt;b&gt;&amp; teh</title>",
        &format!("<id>{}/c/kopi/{id}</id>", app.origin),
        "<content type=\"html\">satu &amp;amp; dua&lt;br/&gt;baris</content>",
        "rel=\"enclosure\"",
        "rel=\"self\"",
    ] {
        assert!(xml.contains(part), "{part} in {xml}");
    }
    let post = format!("/c/kopi/{id}");
    let public = format!("/c/kopi{file}");
    assert!(get(&app, &post).await.text().await.unwrap().contains("satu &amp; dua"));
    assert_eq!(get(&app, &public).await.text().await.unwrap(), "kopi");
    assert_eq!(get(&app, file).await.status(), 401, "by its own address it is for members");
    let (_, other) = (
        sari.rest(&app, "POST", "/channels", Some(json!({ "name": "Lain", "handle": "lain" }))).await,
        "lain",
    );
    assert_eq!(get(&app, &format!("/c/{other}{file}")).await.status(), 404);
    assert_eq!(get(&app, &format!("/c/{other}/{id}")).await.status(), 404);

    // Whoever follows it over plain text reads it there, and is told why they may not write.
    let budi = app.joins("budi").await;
    let mut terminal: Terminal = app.terminal("budi").await;
    budi.rest(&app, "PUT", &format!("/channels/{channel}/follow"), None).await;
    let refused = terminal.asks("SEND_GROUP Lain halo").await;
    assert_eq!(refused["status"], "ERROR");
    sari.rest(
        &app,
        "PUT",
        &format!("/channels/{channel}"),
        Some(json!({ "name": "Kopi", "handle": "kopi" })),
    )
    .await;
    let refused = terminal.asks("SEND_GROUP Kopi halo").await;
    assert_eq!(refused, json!({ "status": "ERROR", "data": "pesan tidak terkirim" }));
    let (mut other, token) = app.token_terminal("budi").await;
    let refused = other.asks(&format!("SEND GROUP MESSAGE {token} Kopi halo")).await;
    assert_eq!(refused, json!({ "status": "ERROR", "data": "tidak diizinkan" }));
    drop(other);
    sari.broadcasts(&app, channel, "dari kanal").await;
    assert_eq!(terminal.asks("INBOX").await["data"]["sari"][0]["grup"], "Kopi");
    drop(terminal);

    sari.rest(&app, "PUT", &format!("/channels/{channel}"), Some(json!({ "name": "Kopi" }))).await;
    for path in ["/c/kopi", "/c/kopi/feed.atom", "/c/kopi/picture/large", &post, &public, "/c/nobody"] {
        assert_eq!(get(&app, path).await.status(), 404, "{path}");
    }
    let html = get(&app, "/c/kopi").await.text().await.unwrap();
    assert_eq!(without_nonces(&html), without_nonces(&get(&app, "/c/nobody").await.text().await.unwrap()));
    app.stop().await;
}

/// The page of what is not there, but for what is new in each.
fn without_nonces(html: &str) -> String {
    html.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect()
}
