//! A client of the plain-text protocols, byte by byte.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::PASSWORD;

/// Longer than anything that is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open connection.
pub struct Terminal<S = TcpStream> {
    pub stream: S,
    unheard: Vec<u8>,
}

impl Terminal {
    /// Opens one.
    pub async fn connect(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        // Small, so that a test of a slow reader need not fill megabytes.
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        Self::over(socket.connect(address).await.unwrap())
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Terminal<S> {
    /// Over what is open already.
    pub fn over(stream: S) -> Self {
        Self { stream, unheard: Vec::new() }
    }

    /// Sends bytes as they are.
    pub async fn gives(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
        self.stream.flush().await.unwrap();
    }

    /// The next reply, with its end, as it came.
    pub async fn hears(&mut self) -> String {
        self.hears_or_ends().await.expect("a reply")
    }

    /// The next reply; none where the server has closed.
    pub async fn hears_or_ends(&mut self) -> Option<String> {
        let mut scanned = 0;
        loop {
            if let Some(at) = self.unheard[scanned..].windows(4).position(|window| window == b"\r\n\r\n") {
                let reply = self.unheard.drain(..scanned + at + 4).collect();
                return Some(String::from_utf8(reply).unwrap());
            }
            scanned = self.unheard.len().saturating_sub(3);
            let read = timeout(PATIENCE, self.stream.read_buf(&mut self.unheard));
            // A connection that breaks has ended too.
            if read.await.expect("something to hear").unwrap_or(0) == 0 {
                assert_eq!(String::from_utf8_lossy(&self.unheard), "", "half a reply");
                return None;
            }
        }
    }

    /// The next reply, if one comes within some seconds.
    pub async fn hears_or_ends_in_time(&mut self) -> Option<String> {
        timeout(Duration::from_secs(15), self.hears_or_ends()).await.ok().flatten()
    }

    /// Says a line and gives the reply as it came.
    pub async fn says(&mut self, line: &str) -> String {
        self.gives(format!("{line}\r\n")).await;
        self.hears().await
    }

    /// The same, read.
    pub async fn asks(&mut self, line: &str) -> Value {
        serde_json::from_str(&self.says(line).await).unwrap()
    }

    /// Asks for what must be refused; gives the reason.
    pub async fn is_refused(&mut self, line: &str) -> String {
        let reply = self.asks(line).await;
        assert_eq!(reply["status"], "ERROR", "{line}: {reply}");
        reply["data"].as_str().unwrap().to_owned()
    }

    /// Signs in.
    pub async fn signs_in(&mut self, username: &str) {
        let reply = self.says(&format!("AUTH {username} {PASSWORD}")).await;
        assert_eq!(reply, ok("autentikasi berhasil"));
    }

    /// Waits until the server closes; nothing more is said.
    pub async fn is_closed(&mut self) {
        assert_eq!(self.hears_or_ends().await, None);
    }
}

/// A reply that says that it is done.
pub fn ok(data: &str) -> String {
    format!("{{\"status\":\"OK\",\"data\":\"{data}\"}}\r\n\r\n")
}

/// A reply that says that it is not done.
pub fn error(data: &str) -> String {
    format!("{{\"status\":\"ERROR\",\"data\":\"{data}\"}}\r\n\r\n")
}
