//! `sapa tcp`: plain text by hand.

mod pretty;

use std::io::{BufRead as _, IsTerminal as _, Write as _, stdout};

use anyhow::{Context as _, bail};
use clap::Args;
use sapa_text::reply::END;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

/// What stands for the token in what is typed.
const TOKEN: &str = "$token";
/// The longest reply that is read, in bytes: one with a file.
const REPLY_MAX: usize = 256 * 1024 * 1024;

/// `sapa tcp`
#[derive(Args)]
pub struct Tcp {
    /// Keep the token that AUTH gives, and put it where $token is typed
    #[arg(long)]
    token: bool,

    /// Where the server listens for plain text, such as 127.0.0.1:4000
    address: String,
}

impl Tcp {
    /// Sends what is typed, line by line, and prints what is replied. Ends with its input, or when the
    /// server closes the connection.
    pub async fn run(self) -> anyhow::Result<()> {
        let stream = TcpStream::connect(&self.address).await;
        let stream = stream.with_context(|| format!("cannot connect to {}", self.address))?;
        let mut server = Server { stream, unread: Vec::new() };
        let mut typed = typed();
        let (is_terminal, mut token) = (std::io::stdin().is_terminal(), None);
        loop {
            if is_terminal {
                print!("> ");
                stdout().flush()?;
            }
            let line = tokio::select! {
                line = typed.recv() => line,
                // Nothing was asked: it says why it goes.
                reply = server.reply() => return gone(reply?),
            };
            let Some(mut line) = line else { break };
            if let Some(token) = token.as_deref().filter(|_| self.token) {
                line = line.replace(TOKEN, token);
            }
            server.stream.write_all(line.as_bytes()).await?;
            server.stream.write_all(b"\n").await?;
            if line.trim_end_matches('\r').is_empty() {
                continue;
            }
            let Some(reply) = server.reply().await? else { return gone(None) };
            writeln!(stdout(), "{}", pretty::json(&reply))?;
            if line.starts_with("AUTH ") {
                token = token_of(&reply).or(token);
            }
        }
        server.stream.shutdown().await?;
        while let Some(reply) = server.reply().await? {
            writeln!(stdout(), "{}", pretty::json(&reply))?;
        }
        Ok(())
    }
}

fn gone(last_word: Option<String>) -> anyhow::Result<()> {
    if let Some(reply) = last_word {
        writeln!(stdout(), "{}", pretty::json(&reply))?;
    }
    bail!("the server has closed the connection")
}

fn token_of(reply: &str) -> Option<String> {
    let reply: serde_json::Value = serde_json::from_str(reply).ok()?;
    (reply["status"] == "OK").then(|| reply["data"].as_str().map(ToOwned::to_owned)).flatten()
}

/// What is typed, line by line. From a thread of its own: nobody can be kept from typing on.
fn typed() -> mpsc::Receiver<String> {
    let (lines, typed) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if lines.blocking_send(line).is_err() {
                return;
            }
        }
    });
    typed
}

/// The other end.
struct Server {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl Server {
    /// The next reply, without its end; none once the server has closed. May be dropped and asked again.
    async fn reply(&mut self) -> anyhow::Result<Option<String>> {
        let mut scanned = 0;
        loop {
            let end = self.unread[scanned..].windows(END.len()).position(|window| window == END.as_bytes());
            if let Some(end) = end {
                let reply: Vec<u8> = self.unread.drain(..scanned + end + END.len()).collect();
                return Ok(Some(String::from_utf8_lossy(reply.trim_ascii_end()).into_owned()));
            }
            scanned = self.unread.len().saturating_sub(END.len() - 1);
            if self.unread.len() > REPLY_MAX {
                bail!("the reply is larger than {REPLY_MAX} bytes");
            }
            if self.stream.read_buf(&mut self.unread).await? == 0 {
                return Ok(None);
            }
        }
    }
}
