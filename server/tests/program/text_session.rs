//! Plain text where a connection signs in: each request, done and refused, to the byte.

use serde_json::json;

use crate::support::terminal::{error, ok};
use crate::support::{PASSWORD, Terminal, TestApp};

#[tokio::test]
async fn what_is_not_known_is_said_to_be_so() {
    let app = TestApp::start().await;
    let mut terminal = Terminal::connect(app.tcp).await;
    let unknown = "{\"status\":\"ERROR\",\"data\":\"request tidak dikenali\"}\r\n\r\n";
    for line in ["HALO", "auth sari rahasia", "SEND MESSAGE", " AUTH a b", "AUTH\tsari x", "\u{feff}AUTH a b"]
    {
        let expected =
            if line == "SEND MESSAGE" { error("pesan tidak terkirim") } else { unknown.to_owned() };
        assert_eq!(terminal.says(line).await, expected, "{line}");
    }
}

#[tokio::test]
async fn a_person_registers_signs_in_and_signs_out() {
    let app = TestApp::start().await;
    let mut terminal = Terminal::connect(app.tcp).await;
    for (line, done) in [
        ("REGISTER sari rahasia-sari ID Sari Dewi", true),
        ("REGISTER oleh \"kunci dengan spasi\" \"South Korea\" Oleh", true),
        ("REGISTER dewi rahasia-dewi Jepang Dewi", true),
        ("REGISTER sari rahasia-lain ID Sari", false),
        ("REGISTER rina pendek ID Rina", false),
        ("REGISTER rina rahasia-rina Atlantis Rina", false),
        ("REGISTER ri rahasia-rina ID Rina", false),
        ("REGISTER rina rahasia-rina ID", false),
        ("REGISTER", false),
    ] {
        let expected = if done { ok("registrasi berhasil") } else { error("registrasi gagal") };
        assert_eq!(terminal.says(line).await, expected, "{line}");
    }
    assert_eq!(terminal.says("LOGOUT").await, error("logout gagal"));
    for line in
        ["AUTH sari rahasia-salah", "AUTH budi rahasia-sari", "AUTH sari", "AUTH", "AUTH sari rahasia-sari  "]
    {
        assert_eq!(terminal.says(line).await, error("autentikasi gagal"), "{line}");
    }
    // A blank before the end is the client's, where it is not the password's.
    for line in [
        "AUTH sari rahasia-sari",
        "AUTH sari rahasia-sari ",
        "AUTH SARI rahasia-sari",
        "AUTH oleh kunci dengan spasi",
    ] {
        assert_eq!(terminal.says(line).await, ok("autentikasi berhasil"), "{line}");
    }
    assert_eq!(terminal.says("LOGOUT now").await, error("logout gagal"));
    assert_eq!(terminal.says("LOGOUT").await, ok("logout berhasil"));
    assert_eq!(terminal.says("LOGOUT").await, error("logout gagal"));
    assert_eq!(terminal.says("SEND sari halo").await, error("pesan tidak terkirim"));
}

#[tokio::test]
async fn nobody_does_anything_without_signing_in() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    for (line, refused) in [
        ("LOGOUT", "logout gagal"),
        ("SEND sari halo", "pesan tidak terkirim"),
        ("SEND_GROUP Kopi halo", "pesan tidak terkirim"),
        ("SEND_FILE sari a.txt aGFsbw==", "file tidak terkirim"),
        ("SEND_GROUP_FILE Kopi a.txt", "file tidak terkirim"),
        ("INBOX", "silakan AUTH terlebih dahulu"),
        ("MY_FILE", "silakan AUTH terlebih dahulu"),
        ("DOWNLOAD_FILE sari a.txt", "silakan AUTH terlebih dahulu"),
    ] {
        assert_eq!(terminal.says(line).await, error(refused), "{line}");
    }
}

#[tokio::test]
async fn what_is_sent_appears_in_a_browser() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let group = sari.founds("Kopi pagi", &[&oleh]).await;
    let mut browser = oleh.connects().await;
    let mut terminal = app.terminal("sari").await;

    assert_eq!(terminal.says("SEND oleh Halo, \"Oleh\"!  🌻").await, ok("pesan terkirim"));
    let message = browser.event("message").await;
    assert_eq!(
        (&message["roomId"], &message["body"]["text"]["text"]),
        (&json!(room), &json!("Halo, \"Oleh\"!  🌻"))
    );
    assert_eq!(message["author"]["username"], "sari");
    for line in ["SEND_GROUP \"Kopi pagi\" satu", "SEND_GROUP \"kopi PAGI\" dua"] {
        assert_eq!(terminal.says(line).await, ok("pesan terkirim"), "{line}");
        assert_eq!(browser.event("message").await["roomId"], group);
    }
    for line in [
        "SEND",
        "SEND oleh",
        "SEND oleh ",
        "SEND budi halo",
        "SEND sari halo",
        "SEND \"oleh halo",
        "SEND_GROUP Kopi pagi",
        "SEND_GROUP Teh halo",
    ] {
        assert_eq!(terminal.says(line).await, error("pesan tidak terkirim"), "{line}");
    }
    assert_eq!(
        terminal.says(&format!("SEND oleh {}", "x".repeat(4_001))).await,
        error("pesan tidak terkirim")
    );
    assert_eq!(oleh.reads(room).await.len(), 1);

    sari.founds("kopi pagi", &[]).await;
    assert_eq!(terminal.says("SEND_GROUP \"KOPI pagi\" mana?").await, error("pesan tidak terkirim"));
    assert_eq!(terminal.says("SEND_GROUP \"Kopi pagi\" itu").await, ok("pesan terkirim"));
}

#[tokio::test]
async fn files_are_sent_anew_or_again() {
    let app = TestApp::start().await;
    let (sari, oleh, _) = app.friends("sari", "oleh").await;
    sari.founds("Kopi pagi", &[&oleh]).await;
    let mut terminal = app.terminal("sari").await;
    for line in [
        "SEND_FILE oleh salam.txt SGFsbyE=",
        "SEND_GROUP_FILE \"Kopi pagi\" \"foto pantai.txt\" UGFudGFp",
        "SEND_FILE oleh foto pantai.txt",
        "SEND_FILE oleh \"foto pantai.txt\"",
        "SEND_GROUP_FILE \"Kopi pagi\" salam.txt",
    ] {
        assert_eq!(terminal.says(line).await, ok("file terkirim"), "{line}");
    }
    for line in [
        "SEND_FILE",
        "SEND_FILE oleh",
        "SEND_FILE oleh tidak-ada.txt",
        "SEND_FILE oleh salam.txt SGFsbyE",
        "SEND_FILE oleh \"salam.txt\" %%%",
        "SEND_FILE budi salam.txt SGFsbyE=",
        "SEND_GROUP_FILE Teh salam.txt",
    ] {
        assert_eq!(terminal.says(line).await, error("file tidak terkirim"), "{line}");
    }
    // Whoever has received a file can send it on.
    let mut olehs = app.terminal("oleh").await;
    assert_eq!(olehs.says("SEND_FILE sari salam.txt").await, ok("file terkirim"));
    let files = "{\"status\":\"OK\",\"data\":{\"oleh\":[\"salam.txt\"],\"sari\":[\"foto pantai.txt\",\"salam.txt\"]}}\r\n\r\n";
    assert_eq!(olehs.says("MY_FILE").await, files);
    assert_eq!(
        olehs.says("DOWNLOAD_FILE sari foto pantai.txt").await,
        "{\"status\":\"OK\",\"nama file\":\"foto pantai.txt\",\"data\":\"UGFudGFp\"}\r\n\r\n"
    );
    assert_eq!(olehs.says("DOWNLOAD_FILE sari x").await, error("tidak ditemukan: file"));
    assert_eq!(olehs.says("DOWNLOAD_FILE sari").await, error("bentuk request: DOWNLOAD_FILE username file"));
    let inbox = olehs.asks("INBOX").await;
    assert_eq!(inbox["data"]["sari"][0]["berkas"], json!(["salam.txt"]));
    assert_eq!(olehs.says("INBOX").await, "{\"status\":\"OK\",\"data\":{}}\r\n\r\n");
    assert_eq!(olehs.asks("INBOX SEMUA").await["data"]["sari"].as_array().unwrap().len(), 5);
    assert_eq!(olehs.says("INBOX semua").await, error("bentuk request: INBOX [SEMUA]"));
}

#[tokio::test]
async fn signing_in_again_replaces_the_session() {
    let app = TestApp::start().await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut terminal = app.terminal("sari").await;
    terminal.signs_in("oleh").await;
    assert_eq!(terminal.says("SEND sari dari oleh").await, ok("pesan terkirim"));
    assert_eq!(sari.reads(room).await, ["dari oleh"]);
    assert_eq!(sari.calls("devices", json!({})).await.as_array().unwrap().len(), 1, "Sari's has ended");
    // A failed try changes nothing.
    assert_eq!(terminal.says("AUTH sari salah").await, error("autentikasi gagal"));
    assert_eq!(terminal.says("SEND sari masih oleh").await, ok("pesan terkirim"));
}

#[tokio::test]
async fn sign_ins_are_throttled_as_on_every_door() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    for _ in 0..10 {
        assert_eq!(terminal.says("AUTH sari salah-salah").await, error("autentikasi gagal"));
    }
    let mut by_token = Terminal::connect(app.tcp_token).await;
    let refused = by_token.is_refused(&format!("AUTH sari {PASSWORD}")).await;
    assert_eq!(refused, "terlalu banyak percobaan, silakan tunggu");
}
