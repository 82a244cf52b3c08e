//! Large files over plain text, and what they take of memory.

use futures::future::join_all;
use tokio::io::AsyncWriteExt as _;

use crate::support::terminal::{error, ok};
use crate::support::{Binary, Person, Terminal, TestApp};

/// Base64 of so many zeros, a multiple of three.
fn zeros(bytes: usize) -> String {
    "A".repeat(bytes / 3 * 4)
}

#[tokio::test]
async fn a_large_file_goes_and_comes_back() {
    let app = TestApp::start().await;
    app.friends("sari", "oleh").await;
    let (mut saris, token) = app.token_terminal("sari").await;
    let mut olehs = app.terminal("oleh").await;
    let content = zeros(9 << 20);
    let line = format!("SEND FILE {token} oleh besar.bin {content}\r\nSEND MESSAGE {token} oleh lalu\r\n");
    saris.gives(line).await;
    assert_eq!(saris.hears().await, "{\"status\":\"OK\"}\r\n\r\n");
    assert_eq!(saris.hears().await, "{\"status\":\"OK\"}\r\n\r\n");
    let reply = olehs.says("DOWNLOAD_FILE sari besar.bin").await;
    let expected =
        format!("{{\"status\":\"OK\",\"nama file\":\"besar.bin\",\"data\":\"{content}\"}}\r\n\r\n");
    assert!(reply == expected, "{} bytes, {:.80}", reply.len(), reply);
    assert_eq!(olehs.says("SEND_FILE sari besar.bin").await, ok("file terkirim"));
}

#[tokio::test]
async fn a_file_beyond_its_limit_is_refused() {
    let app = TestApp::start_with(&["--file-limit", "1", "--picture-limit", "1", "--file-quota", "2"]).await;
    app.friends("sari", "oleh").await;
    let (mut saris, token) = app.token_terminal("sari").await;
    let send = |bytes| format!("SEND FILE {token} oleh a.bin {}", zeros(bytes));
    let beyond = 3 * ((1 << 20) / 3 + 1);
    assert_eq!(saris.says(&send(beyond)).await, error("terlalu besar (1048576): file"));
    for _ in 0..2 {
        assert_eq!(saris.says(&send(beyond - 3)).await, "{\"status\":\"OK\"}\r\n\r\n");
    }
    assert_eq!(saris.says(&send(3_000)).await, error("kuota file sudah penuh"));
    // Where no file may be so large, no line may be either.
    let mut other = Terminal::connect(app.tcp_token).await;
    let _ = other.stream.write_all(send(2 << 20).as_bytes()).await;
    assert_eq!(other.hears().await, error("request terlalu panjang"));
    other.is_closed().await;
}

#[tokio::test]
async fn many_who_send_at_once_share_what_memory_there_is() {
    let data = tempfile::tempdir().unwrap();
    let mut command = Binary::command();
    command.args(["--tcp-addr", "127.0.0.1:0"]);
    let (binary, announced) = Binary::serve_and_tell(command, data.path(), 2);
    let tcp = announced[1].rsplit(' ').next().unwrap().parse().unwrap();
    let sari = Person::join(&binary.origin, "sari").await;
    let oleh = Person::join(&binary.origin, "oleh").await;
    sari.befriends(&oleh).await;
    let mut terminals = Vec::new();
    for _ in 0..15 {
        let mut terminal = Terminal::connect(tcp).await;
        terminal.signs_in("sari").await;
        terminals.push(terminal);
    }
    binary.forget_peak_memory();
    let before = binary.peak_memory_kib();
    let send = async |mut terminal: Terminal| {
        // Twelve MiB of base64 and no end of the line: all of it would be 180 MiB.
        let piece = "A".repeat(1 << 16);
        terminal.gives("SEND_FILE oleh a.bin ").await;
        for _ in 0..192 {
            if terminal.stream.write_all(piece.as_bytes()).await.is_err() {
                break;
            }
        }
        terminal.hears_or_ends_in_time().await
    };
    let answers = join_all(terminals.into_iter().map(send)).await;
    let busy = error("server sedang sibuk, silakan coba lagi");
    let busy = answers.into_iter().flatten().filter(|answer| *answer == busy).count();
    let grown = binary.peak_memory_kib().saturating_sub(before) / 1024;
    assert!(busy > 0, "nobody had to wait");
    assert!(grown < 80, "{grown} MiB more than before");
}

#[tokio::test]
async fn a_file_is_found_however_its_name_is_composed() {
    let app = TestApp::start().await;
    app.friends("sari", "oleh").await;
    let mut terminals = (app.terminal("sari").await, app.terminal("oleh").await);
    for (stored, asked) in [("\u{dc}bung.txt", "U\u{308}bung.txt"), ("e\u{301}te.txt", "\u{e9}te.txt")] {
        let (saris, olehs) = &mut terminals;
        assert_eq!(saris.says(&format!("SEND_FILE oleh {stored} aGFsbw==")).await, ok("file terkirim"));
        let reply = olehs.says(&format!("DOWNLOAD_FILE sari {asked}")).await;
        let expected =
            format!("{{\"status\":\"OK\",\"nama file\":\"{stored}\",\"data\":\"aGFsbw==\"}}\r\n\r\n");
        assert_eq!(reply, expected, "{asked:?}");
    }
}
