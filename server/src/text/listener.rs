//! Taking connections in.

use std::io::{ErrorKind, Write as _};
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use sapa_domain::sessions::Device;
use sapa_text::{Reply, sentence};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::error::Elapsed;
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;

use super::{House, Protocol, Tls, connection};
use crate::seats::{Bounds, Seat, Seats};

/// What a session that was begun here calls its device.
const USER_AGENT: &str = "TCP";
/// What letters to somebody who has registered here would be written in.
const LANGUAGE: &str = "id";
/// How long a peer may take to agree on TLS.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Bytes that the system takes in for a peer before it has read them: what is written shall have arrived,
/// but for so little.
const SEND_BUFFER: u32 = 64 * 1024;
/// Connections that may wait to be taken in.
const BACKLOG: u32 = 1024;
/// Connections of one address; of IPv6, of one network.
const OF_ADDRESS: usize = 16;
/// How long to wait where the system has no more connections to give.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// A port on which a protocol is spoken.
pub struct Listener {
    listener: TcpListener,
    protocol: Protocol,
}

impl Listener {
    /// Listens; nobody is answered yet.
    ///
    /// # Errors
    /// One line for whoever starts the program.
    pub fn bind(protocol: Protocol, addr: SocketAddr) -> anyhow::Result<Self> {
        let listener = listen(addr).with_context(|| format!("cannot listen on {addr}"))?;
        Ok(Self { listener, protocol })
    }

    /// Which protocol.
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system's.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Takes connections in until the program leaves, so many at a time.
    pub async fn serve(self, house: House, in_all: usize) {
        let seats = Seats::new(Bounds { in_all, of_address: OF_ADDRESS, spare: 0 });
        loop {
            let next = async {
                seats.settle().await;
                self.listener.accept().await
            };
            let accepted = tokio::select! {
                () = house.leaving.cancelled() => return,
                accepted = next => accepted,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a plain-text connection could not be taken in");
                    seats.make_room();
                    sleep(EXHAUSTED).await;
                    continue;
                }
            };
            match seats.take(Some(peer.ip()), Duration::MAX) {
                Some(seat) => {
                    let welcomed = welcome(house.clone(), self.protocol, stream, peer, seat);
                    drop(house.connections.spawn(welcomed));
                }
                None => refuse(&house, stream),
            }
        }
    }
}

fn listen(addr: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if addr.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As for HTTP: the program can come back at once.
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(addr)?;
    socket.listen(BACKLOG)
}

async fn welcome(house: House, protocol: Protocol, stream: TcpStream, peer: SocketAddr, seat: Seat) {
    // Replies are small, and whoever waits for one has nothing else to send.
    let _ = stream.set_nodelay(true);
    let device = Device {
        address: Some(peer.ip().to_canonical()),
        user_agent: USER_AGENT.to_owned(),
        language: LANGUAGE,
        ..Device::default()
    };
    match &house.tls {
        None => connection::run(&house, protocol, device, &seat, stream).await,
        Some(tls) => match shake_hands(&seat, tls, stream).await {
            Ok(Ok(stream)) => connection::run(&house, protocol, device, &seat, stream).await,
            Ok(Err(error)) => tracing::debug!(%error, "a peer could not agree on TLS"),
            Err(_) => tracing::debug!("a peer took too long to agree on TLS"),
        },
    }
}

/// Agrees on TLS, if there is still a seat and time.
async fn shake_hands(
    seat: &Seat,
    tls: &Tls,
    stream: TcpStream,
) -> Result<std::io::Result<TlsStream<TcpStream>>, Elapsed> {
    tokio::select! {
        () = seat.end().cancelled() => Ok(Err(ErrorKind::ConnectionAborted.into())),
        agreed = timeout(HANDSHAKE, tls.accept(stream)) => agreed,
    }
}

/// Says why, where that can be said at once.
fn refuse(house: &House, stream: TcpStream) {
    if house.tls.is_none()
        && let Ok(mut stream) = stream.into_std()
    {
        let _ = stream.write(&Reply::error(sentence::busy()).to_bytes());
    }
}
