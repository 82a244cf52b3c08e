//! Plain text with bounds: on lines, time, connections and rate.

use std::time::{Duration, Instant};

use futures::future::join_all;
use sapa::text::Times;
use sea_orm::{ConnectionTrait as _, Database};
use serde_json::json;
use tokio::io::AsyncWriteExt as _;

use crate::support::terminal::{error, ok};
use crate::support::{Terminal, TestApp};

fn short(change: impl FnOnce(&mut Times)) -> Times {
    let mut times = Times::default();
    change(&mut times);
    times
}

#[tokio::test]
async fn a_line_that_is_too_long_is_the_last_one() {
    let app = TestApp::start().await;
    app.friends("sari", "oleh").await;
    let (_, token) = app.token_terminal("sari").await;
    let long = "x".repeat(9_000);
    for (address, line) in [
        (app.tcp, format!("AUTH sari {long}")),
        // Nobody is known who sends this file, or by a token that is none.
        (app.tcp, format!("SEND_FILE oleh a.txt {}", "AAAA".repeat(3_000))),
        (app.tcp_token, format!("SEND FILE {} oleh a.txt {}", "0".repeat(64), "AAAA".repeat(3_000))),
        (app.tcp_token, format!("SEND MESSAGE {token} oleh {long}")),
        (app.tcp_token, "A".repeat(1_000_000)),
    ] {
        let mut terminal = Terminal::connect(address).await;
        // The server may have closed before all of it is written.
        let _ = terminal.stream.write_all(format!("{line}\r\nAUTH a b\r\n").as_bytes()).await;
        assert_eq!(terminal.hears().await, error("request terlalu panjang"), "{line:.20}");
        terminal.is_closed().await;
    }
    let mut terminal = app.terminal("sari").await;
    let _ = terminal.stream.write_all(format!("SEND oleh {long}\r\n").as_bytes()).await;
    assert_eq!(terminal.hears().await, error("request terlalu panjang"));
    terminal.is_closed().await;
}

#[tokio::test]
async fn a_fault_is_told_where_it_cannot_be_asked_who_brings_a_file() {
    let app = TestApp::start().await;
    app.friends("sari", "oleh").await;
    let (mut terminal, token) = app.token_terminal("sari").await;
    let database = Database::connect(app.database_url()).await.unwrap();
    database.execute_unprepared("ALTER TABLE sessions RENAME TO out_of_reach").await.unwrap();
    let line = format!("SEND FILE {token} oleh a.txt {}\r\n", "AAAA".repeat(3_000));
    let _ = terminal.stream.write_all(line.as_bytes()).await;
    assert_eq!(terminal.hears().await, error("terjadi kesalahan di server"));
    terminal.is_closed().await;
}

#[tokio::test]
async fn the_longest_line_is_still_taken() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let mut terminal = Terminal::connect(app.tcp).await;
    let line = format!("AUTH sari {}", "x".repeat(8 * 1024 - 10));
    assert_eq!(terminal.says(&line).await, error("autentikasi gagal"));
    terminal.gives(format!("{line}x\r\n")).await;
    assert_eq!(terminal.hears().await, error("request terlalu panjang"));
    terminal.is_closed().await;
}

#[tokio::test]
async fn a_line_must_come_to_its_end_in_time() {
    let app = TestApp::start_in(&[], short(|times| times.line = Duration::from_secs(1))).await;
    app.joins("sari").await;
    for address in [app.tcp, app.tcp_token] {
        let mut terminal = Terminal::connect(address).await;
        let start = Instant::now();
        // A byte now and then is not enough.
        for _ in 0..30 {
            if terminal.stream.write_all(b"A").await.is_err()
                || start.elapsed() > Duration::from_millis(1_500)
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(terminal.hears().await, error("request terlalu lambat"));
        terminal.is_closed().await;
    }
}

#[tokio::test]
async fn a_large_line_must_keep_moving_and_then_takes_as_long_as_it_takes() {
    let app = TestApp::start_in(&[], short(|times| times.line = Duration::from_secs(1))).await;
    app.friends("sari", "oleh").await;
    let mut terminal = app.terminal("sari").await;
    terminal.gives("SEND_FILE oleh besar.bin ").await;
    // 64 KiB in half a second each, three seconds in all.
    for _ in 0..6 {
        terminal.gives("A".repeat(64 * 1024)).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    terminal.gives("\n").await;
    assert_eq!(terminal.hears().await, ok("file terkirim"));
    terminal.gives(format!("SEND_FILE oleh besar.bin {}", "A".repeat(100_000))).await;
    assert_eq!(terminal.hears().await, error("request terlalu lambat"));
    terminal.is_closed().await;
}

#[tokio::test]
async fn who_says_nothing_is_let_go() {
    let times = short(|times| {
        times.idle_session = Duration::from_millis(1_500);
        times.idle_token = Duration::from_millis(500);
    });
    let app = TestApp::start_in(&[], times).await;
    let sari = app.joins("sari").await;
    let (mut session, (mut token, _)) = (app.terminal("sari").await, app.token_terminal("sari").await);
    let start = Instant::now();
    // Blank lines say nothing.
    token.gives("\r\n\r\n").await;
    token.is_closed().await;
    assert!(start.elapsed() < Duration::from_millis(1_300), "{:?}", start.elapsed());
    session.is_closed().await;
    let devices = sari.calls("devices", json!({})).await;
    let agents: Vec<_> =
        devices.as_array().unwrap().iter().map(|device| device["userAgent"].clone()).collect();
    assert_eq!(agents.iter().filter(|agent| *agent == "TCP").count(), 1, "the token lives on: {agents:?}");
}

#[tokio::test]
async fn a_flood_is_slowed_down_and_not_refused() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let mut terminal = app.terminal("sari").await;
    let start = Instant::now();
    terminal.gives("MY_FILE\n".repeat(260)).await;
    for _ in 0..260 {
        assert_eq!(terminal.hears().await, "{\"status\":\"OK\",\"data\":{}}\r\n\r\n");
    }
    // 200 at once, one of which was AUTH, and then 50 a second.
    assert!(start.elapsed() > Duration::from_millis(1_000), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_address_has_sixteen_connections_and_the_idlest_gives_way() {
    let app = TestApp::start().await;
    let mut terminals = Vec::new();
    for _ in 0..16 {
        let mut terminal = Terminal::connect(app.tcp).await;
        assert_eq!(terminal.says("X").await, error("request tidak dikenali"));
        terminals.push(terminal);
    }
    // Whoever has been quiet for longest gives way, once they have had a moment to speak.
    for left in (0..100).rev() {
        let mut another = Terminal::connect(app.tcp).await;
        let _ = another.stream.write_all(b"X\n").await;
        if another.hears_or_ends().await == Some(error("request tidak dikenali")) {
            break;
        }
        assert!(left > 0, "nobody gives way");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(terminals[0].hears().await, error("server sedang sibuk, silakan coba lagi"));
    terminals[0].is_closed().await;
    assert_eq!(terminals[1].says("X").await, error("request tidak dikenali"));
    // The other port has seats of its own.
    assert_eq!(Terminal::connect(app.tcp_token).await.says("X").await, error("request tidak dikenali"));
}

#[tokio::test]
async fn a_stranger_has_some_time_to_say_who_they_are() {
    let app = TestApp::start_in(&[], short(|times| times.stranger = Duration::from_millis(700))).await;
    app.joins("sari").await;
    let (mut session, (mut token, _)) = (app.terminal("sari").await, app.token_terminal("sari").await);
    for address in [app.tcp, app.tcp_token] {
        let mut stranger = Terminal::connect(address).await;
        let start = Instant::now();
        // Whatever else they say.
        while stranger.stream.write_all(b"X\n").await.is_ok() && stranger.hears_or_ends().await.is_some() {
            assert!(start.elapsed() < Duration::from_secs(10), "they stay");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert!(start.elapsed() >= Duration::from_millis(600), "{:?}", start.elapsed());
    }
    for terminal in [&mut session, &mut token] {
        assert_eq!(terminal.says("X").await, error("request tidak dikenali"));
    }
}

#[tokio::test]
async fn slow_files_of_one_account_starve_nobody() {
    let app = TestApp::start().await;
    let (sari, _, _) = app.friends("sari", "oleh").await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        let mut terminal = app.terminal("sari").await;
        terminal.gives("SEND_FILE oleh a.bin ").await;
        slow.push(terminal);
    }
    // As much as is taken of the four lines of twelve MiB each.
    let piece = "A".repeat(1 << 20);
    let give = async |terminal: &mut Terminal| {
        for _ in 0..12 {
            let write = terminal.stream.write_all(piece.as_bytes());
            if !matches!(tokio::time::timeout(Duration::from_secs(2), write).await, Ok(Ok(()))) {
                break;
            }
        }
    };
    join_all(slow.iter_mut().map(give)).await;
    let start = Instant::now();
    let mut oleh = app.terminal("oleh").await;
    assert_eq!(oleh.asks("INBOX").await["status"], "OK");
    assert_eq!(
        oleh.says(&format!("SEND_FILE sari b.bin {}", "AAAA".repeat(100_000))).await,
        ok("file terkirim")
    );
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    drop(sari);
}

#[tokio::test]
async fn when_the_server_leaves_terminals_are_let_go() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let (mut session, (mut token, _)) = (app.terminal("sari").await, app.token_terminal("sari").await);
    let start = Instant::now();
    let stopping = tokio::spawn(app.stop());
    session.is_closed().await;
    token.is_closed().await;
    drop((session, token));
    stopping.await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}
