//! Plain text with a token in every request: each request, done and refused, to the byte.

use serde_json::json;

use crate::support::terminal::error;
use crate::support::{PASSWORD, Terminal, TestApp};

const DONE: &str = "{\"status\":\"OK\"}\r\n\r\n";

#[tokio::test]
async fn a_token_is_given_for_name_and_password() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let mut terminal = Terminal::connect(app.tcp_token).await;
    let reply = terminal.says(&format!("AUTH sari {PASSWORD}")).await;
    let token = reply
        .strip_prefix("{\"status\":\"OK\",\"data\":\"")
        .and_then(|r| r.strip_suffix("\"}\r\n\r\n"))
        .unwrap();
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    for (line, why) in [
        ("AUTH sari salah-salah", "username atau password salah"),
        ("AUTH budi salah-salah", "username atau password salah"),
        ("AUTH sari", "bentuk request: AUTH username password"),
        ("AUTH", "bentuk request: AUTH username password"),
        ("LOGOUT", "request tidak dikenali"),
        ("SEND", "request tidak dikenali"),
        ("SEND_FILE a b", "request tidak dikenali"),
    ] {
        assert_eq!(terminal.says(line).await, error(why), "{line}");
    }
}

#[tokio::test]
async fn every_other_request_needs_a_good_token() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let mut terminal = Terminal::connect(app.tcp_token).await;
    let zeros = "0".repeat(64);
    for line in [
        "SEND MESSAGE {} sari halo",
        "SEND GROUP MESSAGE {} Kopi halo",
        "SEND FILE {} sari a.txt aGFsbw==",
        "SEND GROUP FILE {} Kopi a.txt aGFsbw==",
        "MY FILE {}",
        "INBOX {}",
        "DOWNLOAD FILE {} sari a.txt",
    ] {
        let line = line.replace("{}", &zeros);
        assert_eq!(terminal.says(&line).await, error("token tidak berlaku, silakan AUTH"), "{line}");
    }
}

#[tokio::test]
async fn messages_go_to_people_and_groups() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let group = sari.founds("Kopi pagi", &[&oleh]).await;
    let (mut terminal, token) = app.token_terminal("sari").await;
    assert_eq!(terminal.says(&format!("SEND MESSAGE {token} oleh halo  Oleh")).await, DONE);
    assert_eq!(terminal.says(&format!("SEND GROUP MESSAGE {token} \"Kopi pagi\" halo semua")).await, DONE);
    assert_eq!(oleh.reads(room).await, ["halo  Oleh"]);
    assert_eq!(oleh.reads(group).await, ["halo semua"]);
    sari.founds("KOPI PAGI", &[]).await;
    for (line, why) in [
        ("SEND MESSAGE {} budi halo", "tidak ditemukan: username"),
        ("SEND MESSAGE {} sari halo", "tidak benar: username"),
        ("SEND MESSAGE {} oleh", "bentuk request: SEND MESSAGE token username pesan"),
        ("SEND MESSAGE {} oleh \u{200b}", "tidak boleh kosong: pesan"),
        ("SEND MESSAGE {} oleh a\0b", "berisi karakter yang tidak dapat ditampilkan: pesan"),
        ("SEND GROUP MESSAGE {} Teh halo", "tidak ditemukan: grup"),
        ("SEND GROUP MESSAGE {} \"kopi pagi\" halo", "ada lebih dari satu yang bernama sama: grup"),
        ("SEND GROUP MESSAGE {} Kopi", "bentuk request: SEND GROUP MESSAGE token grup pesan"),
    ] {
        assert_eq!(terminal.says(&line.replace("{}", &token)).await, error(why), "{line}");
    }
    let long = format!("SEND MESSAGE {token} oleh {}", "x".repeat(4_001));
    assert_eq!(terminal.says(&long).await, error("terlalu panjang (4000): pesan"));
}

#[tokio::test]
async fn files_go_and_come_as_base64() {
    let app = TestApp::start().await;
    let (sari, oleh, _) = app.friends("sari", "oleh").await;
    sari.founds("Kopi", &[&oleh]).await;
    let (mut saris, token) = app.token_terminal("sari").await;
    let (mut olehs, his) = app.token_terminal("oleh").await;
    assert_eq!(saris.says(&format!("SEND FILE {token} oleh salam.txt SGFsbyE=")).await, DONE);
    assert_eq!(saris.says(&format!("SEND GROUP FILE {token} Kopi \"a b.txt\" UGFudGFp")).await, DONE);
    assert_eq!(
        olehs.says(&format!("MY FILE {his}")).await,
        "{\"status\":\"OK\",\"data\":{\"sari\":[\"salam.txt\",\"a b.txt\"]}}\r\n\r\n"
    );
    for name in ["a b.txt", "\"a b.txt\""] {
        assert_eq!(
            olehs.says(&format!("DOWNLOAD FILE {his} sari {name}")).await,
            "{\"status\":\"OK\",\"nama file\":\"a b.txt\",\"data\":\"UGFudGFp\"}\r\n\r\n"
        );
    }
    // What is no picture after all is a file.
    assert_eq!(saris.says(&format!("SEND FILE {token} oleh a.png iVBORw0KGgoAAAANSUhEUg==")).await, DONE);
    for (line, why) in [
        ("SEND FILE {} oleh a.txt", "bentuk request: SEND FILE token username file base64"),
        ("SEND FILE {} oleh a.txt SGFsbyE", "base64 tidak benar"),
        ("SEND FILE {} oleh a b.txt SGFsbyE=", "base64 tidak benar"),
        ("SEND FILE {} budi a.txt SGFsbyE=", "tidak ditemukan: username"),
        ("SEND GROUP FILE {} Teh a.txt SGFsbyE=", "tidak ditemukan: grup"),
        ("SEND GROUP FILE {} Kopi a.txt", "bentuk request: SEND GROUP FILE token grup file base64"),
        ("MY FILE {} x", "bentuk request: MY FILE token"),
        ("DOWNLOAD FILE {} sari tidak-ada", "tidak ditemukan: file"),
        ("DOWNLOAD FILE {} budi a.txt", "tidak ditemukan: username"),
        ("DOWNLOAD FILE {} sari", "bentuk request: DOWNLOAD FILE token username file"),
    ] {
        assert_eq!(saris.says(&line.replace("{}", &token)).await, error(why), "{line}");
    }
}

#[tokio::test]
async fn the_inbox_tells_who_said_what_when_and_where() {
    let app = TestApp::start().await;
    let (sari, oleh, _) = app.friends("sari", "oleh").await;
    sari.founds("Kopi", &[&oleh]).await;
    let (mut saris, token) = app.token_terminal("sari").await;
    for line in
        ["SEND MESSAGE {} oleh satu", "SEND GROUP MESSAGE {} Kopi dua", "SEND FILE {} oleh a.txt SGFsbyE="]
    {
        assert_eq!(saris.says(&line.replace("{}", &token)).await, DONE);
    }
    let (mut olehs, his) = app.token_terminal("oleh").await;
    let inbox = olehs.asks(&format!("INBOX {his}")).await;
    let mut notes = inbox["data"]["sari"].as_array().unwrap().clone();
    for note in &mut notes {
        let at = note["waktu"].take();
        let at = at.as_str().unwrap();
        assert!(at.starts_with("20") && at.ends_with('Z') && at.as_bytes()[10] == b'T', "{at}");
    }
    assert_eq!(
        notes,
        [
            json!({ "pengirim": "sari", "penerima": "oleh", "pesan": "satu", "waktu": null }),
            json!({ "pengirim": "sari", "penerima": "oleh", "pesan": "dua", "waktu": null, "grup": "Kopi" }),
            json!({ "pengirim": "sari", "penerima": "oleh", "pesan": "", "waktu": null, "berkas": ["a.txt"] }),
        ]
    );
    assert_eq!(olehs.says(&format!("INBOX {his}")).await, "{\"status\":\"OK\",\"data\":{}}\r\n\r\n");
    let again = olehs.asks(&format!("INBOX {his} SEMUA")).await;
    assert_eq!(again["data"]["sari"].as_array().unwrap().len(), 3);
    assert_eq!(olehs.says(&format!("INBOX {his} semua")).await, error("bentuk request: INBOX token [SEMUA]"));
}
