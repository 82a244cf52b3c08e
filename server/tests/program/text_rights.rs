//! The same rules behind plain text as behind every door, and rights that are taken away.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::terminal::{error, ok};
use crate::support::{PASSWORD, Person, Terminal, TestApp};

#[tokio::test]
async fn a_blocked_person_notices_nothing_and_reaches_nobody() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    oleh.calls("block", json!({ "user": sari.id })).await;
    let mut saris = app.terminal("sari").await;
    assert_eq!(saris.says("SEND oleh halo").await, ok("pesan terkirim"));
    assert_eq!(saris.says("SEND_FILE oleh a.txt SGFsbyE=").await, ok("file terkirim"));
    assert!(oleh.reads(room).await.is_empty());
    let (mut olehs, token) = app.token_terminal("oleh").await;
    assert_eq!(olehs.says(&format!("INBOX {token}")).await, "{\"status\":\"OK\",\"data\":{}}\r\n\r\n");
    assert_eq!(olehs.says(&format!("MY FILE {token}")).await, "{\"status\":\"OK\",\"data\":{}}\r\n\r\n");
    assert_eq!(olehs.is_refused(&format!("DOWNLOAD FILE {token} sari a.txt")).await, "tidak ditemukan: file");
    let refused = olehs.is_refused(&format!("SEND MESSAGE {token} sari halo")).await;
    assert_eq!(refused, "Anda memblokir orang ini");
    let refused = olehs.is_refused(&format!("SEND FILE {token} sari a.txt SGFsbyE=")).await;
    assert_eq!(refused, "Anda memblokir orang ini");
}

#[tokio::test]
async fn a_removed_member_has_no_group_and_none_of_its_files() {
    let app = TestApp::start().await;
    let (sari, oleh, _) = app.friends("sari", "oleh").await;
    let group = sari.founds("Kopi", &[&oleh]).await;
    let (mut olehs, token) = app.token_terminal("oleh").await;
    let mut saris = app.terminal("sari").await;
    assert_eq!(saris.says("SEND_GROUP_FILE Kopi a.txt SGFsbyE=").await, ok("file terkirim"));
    assert_eq!(saris.says("SEND_GROUP Kopi halo").await, ok("pesan terkirim"));
    sari.calls("remove_member", json!({ "room": group, "user": oleh.id })).await;
    for line in ["SEND GROUP MESSAGE {} Kopi halo", "SEND GROUP FILE {} Kopi a.txt SGFsbyE="] {
        assert_eq!(olehs.is_refused(&line.replace("{}", &token)).await, "tidak ditemukan: grup", "{line}");
    }
    assert_eq!(olehs.is_refused(&format!("DOWNLOAD FILE {token} sari a.txt")).await, "tidak ditemukan: file");
    for line in ["INBOX {}", "MY FILE {}", "INBOX {} SEMUA"] {
        let reply = olehs.says(&line.replace("{}", &token)).await;
        assert_eq!(reply, "{\"status\":\"OK\",\"data\":{}}\r\n\r\n", "{line}");
    }
}

#[tokio::test]
async fn who_takes_friends_only_is_not_written_to_by_strangers() {
    let app = TestApp::start().await;
    let (sari, _) = (app.joins("sari").await, app.joins("oleh").await);
    let mut settings = sari.calls("me", json!({})).await["settings"].clone();
    settings["whoMayWrite"] = json!("friends");
    sari.calls("update_settings", json!({ "settings": settings })).await;
    let (mut olehs, token) = app.token_terminal("oleh").await;
    let refused = olehs.is_refused(&format!("SEND MESSAGE {token} sari halo")).await;
    assert_eq!(refused, "orang ini hanya menerima pesan dari teman");
}

/// Terminals of Sari's, and a browser from which to end them.
async fn terminals(app: &TestApp) -> (Person, Terminal, Terminal, String) {
    let sari = app.joins("sari").await;
    let session = app.terminal("sari").await;
    let (terminal, token) = app.token_terminal("sari").await;
    (sari, session, terminal, token)
}

async fn both_end(mut session: Terminal, mut terminal: Terminal, token: String, since: Instant) {
    session.is_closed().await;
    assert!(since.elapsed() < Duration::from_secs(1), "{:?}", since.elapsed());
    let refused = terminal.is_refused(&format!("INBOX {token}")).await;
    assert_eq!(refused, "token tidak berlaku, silakan AUTH");
}

#[tokio::test]
async fn signing_out_the_other_devices_ends_terminals() {
    let app = TestApp::start().await;
    let (sari, session, terminal, token) = terminals(&app).await;
    let start = Instant::now();
    sari.calls("revoke_device", json!({ "device": null })).await;
    both_end(session, terminal, token, start).await;
}

#[tokio::test]
async fn a_new_password_ends_terminals() {
    let app = TestApp::start().await;
    let (sari, session, terminal, token) = terminals(&app).await;
    let change = json!({ "change": { "password": PASSWORD, "newPassword": "kunci yang baru" } });
    sari.calls("change_credentials", change).await;
    both_end(session, terminal, token, Instant::now()).await;
}

#[tokio::test]
async fn one_terminal_is_signed_out_and_not_the_others() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let (mut one, mut other) = (app.terminal("sari").await, app.terminal("sari").await);
    let devices = sari.calls("devices", json!({})).await;
    let mut terminals: Vec<i64> = devices
        .as_array()
        .unwrap()
        .iter()
        .filter(|device| device["userAgent"] == "TCP")
        .map(|device| device["id"].as_i64().unwrap())
        .collect();
    terminals.sort_unstable();
    assert_eq!(terminals.len(), 2);
    sari.calls("revoke_device", json!({ "device": terminals[0] })).await;
    one.is_closed().await;
    assert_eq!(other.says("LOGOUT").await, ok("logout berhasil"));
    let devices = sari.calls("devices", json!({})).await;
    assert_eq!(devices.as_array().unwrap().len(), 1, "the session went with LOGOUT");
}

#[tokio::test]
async fn a_terminal_is_a_presence_while_it_is_signed_in() {
    let app = TestApp::start().await;
    let (sari, oleh, _) = app.friends("sari", "oleh").await;
    let mut browser = oleh.connects().await;
    let watch = json!({ "watch": { "userIds": [sari.id] } });
    let presence = browser.asks(watch.clone()).await;
    assert_eq!(presence["done"]["watching"]["presence"][0]["online"], false, "{presence}");
    let mut terminal = app.terminal("sari").await;
    assert_eq!(browser.event("presence").await["online"], true);
    assert_eq!(terminal.says("LOGOUT").await, ok("logout berhasil"));
    assert_eq!(browser.event("presence").await["online"], false);
    terminal.signs_in("sari").await;
    assert_eq!(browser.event("presence").await["online"], true);
    drop(terminal);
    assert_eq!(browser.event("presence").await["online"], false);
    for left in (0..100).rev() {
        if sari.calls("devices", json!({})).await.as_array().unwrap().len() == 1 {
            break;
        }
        assert!(left > 0, "the session stays");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn an_account_may_need_an_address_first() {
    let app = TestApp::start_with(&["--require-verified-email"]).await;
    let mut terminal = Terminal::connect(app.tcp).await;
    let why = "akun di sini membutuhkan alamat email, silakan daftar lewat browser";
    assert_eq!(terminal.says("REGISTER sari rahasia-sari ID Sari").await, error(why));
}
