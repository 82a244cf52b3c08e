//! Plain text as bytes: many requests in a packet, one in many, half a connection, and what is no text.

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;

use crate::support::terminal::{error, ok};
use crate::support::{PASSWORD, Terminal, TestApp};

#[tokio::test]
async fn requests_in_one_packet_are_done_and_answered_in_order() {
    let app = TestApp::start().await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    let lines: Vec<String> = (0..50).map(|n| format!("SEND oleh {n}\nSEND budi {n}\r\n\r\n")).collect();
    let lines = lines.concat();
    terminal.gives(format!("AUTH sari {PASSWORD}\n{lines}LOGOUT\n")).await;
    assert_eq!(terminal.hears().await, ok("autentikasi berhasil"));
    for _ in 0..50 {
        assert_eq!(terminal.hears().await, ok("pesan terkirim"));
        assert_eq!(terminal.hears().await, error("pesan tidak terkirim"));
    }
    assert_eq!(terminal.hears().await, ok("logout berhasil"));
    assert_eq!(sari.reads(room).await, (0..50).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_request_may_come_byte_by_byte() {
    let app = TestApp::start().await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    terminal.stream.set_nodelay(true).unwrap();
    for byte in format!("\r\nAUTH sari {PASSWORD}\r\nSEND oleh héllo 🌻\r\n").bytes() {
        terminal.gives([byte]).await;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(terminal.hears().await, ok("autentikasi berhasil"));
    assert_eq!(terminal.hears().await, ok("pesan terkirim"));
    assert_eq!(sari.reads(room).await, ["héllo 🌻"]);
}

#[tokio::test]
async fn who_has_said_all_still_hears_the_replies() {
    let app = TestApp::start().await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    terminal.gives(format!("AUTH sari {PASSWORD}\r\nSEND oleh satu\r\nSEND oleh dua\r\n")).await;
    terminal.stream.shutdown().await.unwrap();
    assert_eq!(terminal.hears().await, ok("autentikasi berhasil"));
    assert_eq!(terminal.hears().await, ok("pesan terkirim"));
    assert_eq!(terminal.hears().await, ok("pesan terkirim"));
    terminal.is_closed().await;
    assert_eq!(sari.reads(room).await, ["satu", "dua"]);
}

#[tokio::test]
async fn what_the_end_of_a_connection_cuts_off_is_told_and_not_done() {
    let app = TestApp::start().await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let cut_off = error("request terpotong, akhiri dengan CR LF");
    // Base64 can end anywhere, and a large line is read in another way than a small one.
    let large = format!("SEND_FILE oleh a.bin {}", "A".repeat(40_000));
    for cut in ["SEND oleh potong", "SEND oleh potong\r", "SEND_FILE oleh a.txt U2FwYQ==", &large] {
        let mut terminal = app.terminal("sari").await;
        terminal.gives(format!("SEND oleh baik\r\n{cut}")).await;
        terminal.stream.shutdown().await.unwrap();
        assert_eq!(terminal.hears().await, ok("pesan terkirim"));
        assert_eq!(terminal.hears().await, cut_off, "{cut:.30}");
        terminal.is_closed().await;
    }
    let (mut terminal, token) = app.token_terminal("sari").await;
    terminal.gives(format!("SEND MESSAGE {token} oleh potong")).await;
    terminal.stream.shutdown().await.unwrap();
    assert_eq!(terminal.hears().await, cut_off);
    assert_eq!(sari.reads(room).await, ["baik"; 4]);
}

#[tokio::test]
async fn what_is_not_utf8_is_refused_and_the_rest_goes_on() {
    let app = TestApp::start().await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut terminal = app.terminal("sari").await;
    terminal.gives(b"SEND oleh \xff\xfe\r\n\xc3\x28\nSEND oleh baik\r\n").await;
    assert_eq!(terminal.hears().await, error("request bukan teks UTF-8"));
    assert_eq!(terminal.hears().await, error("request bukan teks UTF-8"));
    assert_eq!(terminal.hears().await, ok("pesan terkirim"));
    assert_eq!(sari.reads(room).await, ["baik"]);
}

#[tokio::test]
async fn a_lone_carriage_return_ends_no_reply_and_no_line() {
    let app = TestApp::start().await;
    app.friends("sari", "oleh").await;
    let mut terminal = app.terminal("sari").await;
    assert_eq!(terminal.says("SEND oleh a\rb\r\r").await, ok("pesan terkirim"));
    assert_eq!(terminal.says("A\rB\r\r\r").await, error("request tidak dikenali"));
    let (mut olehs, token) = app.token_terminal("oleh").await;
    let inbox = olehs.says(&format!("INBOX {token}")).await;
    assert!(inbox.contains("\"pesan\":\"a\\nb\""), "{inbox}");
    assert_eq!(inbox.matches('\r').count(), 2);
}

#[tokio::test]
async fn whatever_comes_each_line_has_one_reply() {
    // A small generator (xorshift64), so that a failure comes again.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let app = TestApp::start().await;
    let words: [&[u8]; 14] = [
        b"AUTH",
        b"SEND",
        b"SEND MESSAGE",
        b"INBOX",
        b"DOWNLOAD FILE",
        b"LOGOUT",
        b" ",
        b" ",
        b"\"",
        b"\xff",
        b"\0",
        b"{\"a\":1}",
        b"\\r\\n",
        b"=",
    ];
    for address in [app.tcp, app.tcp_token] {
        let mut terminal = Terminal::connect(address).await;
        for _ in 0..150 {
            let count = next() % 7 + 1;
            let line: Vec<u8> =
                (0..count).flat_map(|_| words[usize::try_from(next() % 14).unwrap()].to_vec()).collect();
            terminal.gives([&line[..], b"\n"].concat()).await;
            let reply = terminal.hears().await;
            let value: serde_json::Value = serde_json::from_str(&reply).unwrap();
            assert!(value.is_object() && reply.trim_end().lines().count() == 1, "{reply}");
        }
    }
}
