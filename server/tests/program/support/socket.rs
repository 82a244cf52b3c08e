//! A client of the live connection.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::client_id;

/// Longer than anything that is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open connection.
pub struct Socket {
    pub raw: WebSocketStream<TcpStream>,
    next_ref: u64,
}

impl Socket {
    /// Opens a connection as a page from `page_origin` would.
    pub async fn open(origin: &str, page_origin: Option<&str>, cookie: &str) -> Result<Self, Error> {
        let host = origin.trim_start_matches("http://");
        let mut request = format!("ws://{host}/ws").into_client_request().unwrap();
        if let Some(page_origin) = page_origin {
            request.headers_mut().insert("origin", page_origin.parse().unwrap());
        }
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        let socket = TcpSocket::new_v4().unwrap();
        // Small, so that a test of a slow reader need not fill megabytes.
        socket.set_recv_buffer_size(16 * 1024).unwrap();
        let stream = socket.connect(host.parse().unwrap()).await.unwrap();
        client_async(request, stream).await.map(|(raw, _)| Self { raw, next_ref: 0 })
    }

    /// Opens a connection as a program does, by a token; otherwise gives the status of the refusal.
    pub async fn by_token(origin: &str, token: Option<&str>) -> Result<Self, u16> {
        let host = origin.trim_start_matches("http://");
        let mut request = format!("ws://{host}/ws").into_client_request().unwrap();
        if let Some(token) = token {
            request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
        }
        let stream = TcpStream::connect(host).await.unwrap();
        match client_async(request, stream).await {
            Ok((raw, _)) => Ok(Self { raw, next_ref: 0 }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Sends a text frame as it is.
    pub async fn says(&mut self, text: impl Into<String>) {
        self.raw.send(Message::text(text.into())).await.unwrap();
    }

    /// The next text frame.
    pub async fn hears(&mut self) -> Value {
        loop {
            match tokio::time::timeout(PATIENCE, self.raw.next()).await.expect("something to hear") {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("expected a text frame, got {other:?}"),
            }
        }
    }

    /// The next event of a kind; others are passed over.
    pub async fn event(&mut self, what: &str) -> Value {
        loop {
            let frame = self.hears().await;
            if let Some(event) = frame["event"].get(what) {
                return event.clone();
            }
        }
    }

    /// The next ack or error.
    pub async fn answer(&mut self) -> Value {
        loop {
            let frame = self.hears().await;
            if frame.get("event").is_none() {
                return frame;
            }
        }
    }

    /// Gives a command without waiting; answers with its ref.
    pub async fn gives(&mut self, command: Value) -> u64 {
        self.next_ref += 1;
        self.says(json!({ "ref": self.next_ref, "command": command }).to_string()).await;
        self.next_ref
    }

    /// Gives a command and waits for its answer.
    pub async fn asks(&mut self, command: Value) -> Value {
        let given = self.gives(command).await;
        let answer = self.answer().await;
        assert_eq!(answer["ref"], given, "{answer}");
        answer
    }

    /// Sends a text; answers with what came of it.
    pub async fn sends(&mut self, room: i64, number: u64, text: &str) -> Value {
        let ack = self.asks(send(room, number, text)).await;
        assert!(ack["done"]["sent"].is_object(), "{ack}");
        ack["done"]["sent"].clone()
    }

    /// The code with which the server closes, whatever comes before.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match tokio::time::timeout(PATIENCE, self.raw.next()).await.expect("a close") {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("expected a close frame, got {other:?}"),
            }
        }
    }
}

/// The command that sends a text.
pub fn send(room: i64, number: u64, text: &str) -> Value {
    json!({ "send": { "roomId": room, "clientId": client_id(number), "text": text } })
}
