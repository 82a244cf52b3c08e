//! The inbox is marked once its reply was taken, and not before.

use std::time::Duration;

use sapa::text::Times;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::{Terminal, TestApp};

const EMPTY: &str = "{\"status\":\"OK\",\"data\":{}}\r\n\r\n";

fn count(inbox: &Value) -> usize {
    inbox["data"]["sari"].as_array().map_or(0, Vec::len)
}

/// Sari sends Oleh more than the system takes in for somebody who does not read.
async fn fill(app: &TestApp) {
    // A tab and a full stop: as JSON three bytes.
    let text = "\t.".repeat(1_990);
    for _ in 0..3 {
        let mut terminal = app.terminal("sari").await;
        terminal.gives(format!("SEND oleh .{text}\n").repeat(190)).await;
        for _ in 0..190 {
            assert!(terminal.hears().await.contains("OK"));
        }
    }
}

#[tokio::test]
async fn who_goes_before_the_reply_finds_it_again() {
    let app = TestApp::start().await;
    app.friends("sari", "oleh").await;
    app.terminal("sari").await.says("SEND oleh halo").await;
    let (_, token) = app.token_terminal("oleh").await;
    for _ in 0..5 {
        let mut terminal = Terminal::connect(app.tcp_token).await;
        terminal.gives(format!("INBOX {token}\n")).await;
        drop(terminal);
    }
    tokio::time::sleep(Duration::from_millis(700)).await;
    let mut terminal = Terminal::connect(app.tcp_token).await;
    assert_eq!(count(&terminal.asks(&format!("INBOX {token}")).await), 1);
    assert_eq!(terminal.says(&format!("INBOX {token}")).await, EMPTY);
}

#[tokio::test]
async fn who_has_said_all_and_reads_has_fetched_it() {
    let app = TestApp::start().await;
    app.friends("sari", "oleh").await;
    app.terminal("sari").await.says("SEND oleh halo").await;
    let (mut terminal, token) = app.token_terminal("oleh").await;
    terminal.gives(format!("INBOX {token}\n")).await;
    terminal.stream.shutdown().await.unwrap();
    assert_eq!(count(&serde_json::from_str(&terminal.hears().await).unwrap()), 1);
    terminal.is_closed().await;
    let mut again = Terminal::connect(app.tcp_token).await;
    assert_eq!(again.says(&format!("INBOX {token}")).await, EMPTY);
}

#[tokio::test]
async fn who_goes_in_the_middle_of_the_reply_finds_it_again() {
    let app = TestApp::start().await;
    app.friends("sari", "oleh").await;
    fill(&app).await;
    let (mut terminal, token) = app.token_terminal("oleh").await;
    terminal.gives(format!("INBOX {token}\n")).await;
    let mut some = vec![0; 100_000];
    terminal.stream.read_exact(&mut some).await.unwrap();
    drop(terminal);
    let mut again = Terminal::connect(app.tcp_token).await;
    let all = count(&again.asks(&format!("INBOX {token} SEMUA")).await);
    assert_eq!(all, 570);
    assert_eq!(count(&again.asks(&format!("INBOX {token}")).await), all);
    assert_eq!(again.says(&format!("INBOX {token}")).await, EMPTY);
}

#[tokio::test]
async fn who_does_not_read_is_let_go_and_finds_it_again() {
    let mut times = Times::default();
    times.write.piece = Duration::from_secs(1);
    let app = TestApp::start_in(&[], times).await;
    app.friends("sari", "oleh").await;
    fill(&app).await;
    let (mut slow, token) = app.token_terminal("oleh").await;
    slow.gives(format!("INBOX {token}\n")).await;
    tokio::time::sleep(Duration::from_millis(1_800)).await;
    // Others are not held up.
    let mut other = Terminal::connect(app.tcp_token).await;
    assert_eq!(count(&other.asks(&format!("INBOX {token}")).await), 570);
    let mut rest = Vec::new();
    let _ = slow.stream.read_to_end(&mut rest).await;
    assert!(!rest.ends_with(b"\r\n\r\n"), "it was cut");
}
