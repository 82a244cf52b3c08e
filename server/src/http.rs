//! Serving HTTP: connections are counted, bounded in time, and ended.

mod body;
mod connection;
mod descriptors;
mod places;
mod through;
mod wire;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{interval, sleep};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::pace::Waits;
use crate::seats::{Bounds, Seats};

pub use body::take_in;
pub use descriptors::Descriptors;
pub use places::{Places, take as take_place, turn};

/// Connections beyond all others: for health, and to say that the house is full; and as many for the host.
const SPARE: usize = 16;
/// How long to wait where the system has no more connections to give.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// How long bytes may take that come or go.
const MOVES: Waits = Waits { piece: Duration::from_secs(30), slack: Duration::from_mins(2) };

/// How long a peer may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// From the first byte of a request, or from the beginning of the connection, to the end of its head.
    pub head: Duration,
    /// Between two requests: longer than proxies keep a connection.
    pub idle: Duration,
    /// To bring a whole body, where it is no file.
    pub body: Duration,
    /// To bring a file, or the next of a body.
    pub read: Waits,
    /// To take an answer.
    pub write: Waits,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            idle: Duration::from_secs(75),
            body: Duration::from_secs(30),
            read: MOVES,
            write: MOVES,
        }
    }
}

impl Times {
    /// How often to look whether a time is over.
    fn look(self) -> Duration {
        (self.head.min(self.idle) / 8).clamp(Duration::from_millis(20), Duration::from_secs(1))
    }
}

/// All that connections share.
#[derive(Clone)]
pub struct House {
    /// What answers requests.
    pub router: Router,
    /// How long peers may take.
    pub times: Times,
    /// Cancelled when the program is to leave.
    pub leaving: CancellationToken,
    /// The settings.
    pub config: Arc<Config>,
}

/// Takes connections in until the program leaves, and waits until what is in flight has ended.
pub async fn serve(listener: TcpListener, house: House, in_all: usize) {
    let of_address = usize::try_from(house.config.connections_address).unwrap_or(usize::MAX);
    let seats = Seats::new(Bounds { in_all, of_address, spare: SPARE });
    let connections = TaskTracker::new();
    let mut look = interval(house.times.look());
    loop {
        let accepted = tokio::select! {
            () = house.leaving.cancelled() => break,
            _ = look.tick() => {
                seats.sweep();
                continue;
            }
            accepted = next(&listener, &seats) => accepted,
        };
        match accepted {
            Ok((stream, peer)) => welcome(&house, &seats, &connections, stream, peer),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken in");
                seats.make_room();
                sleep(EXHAUSTED).await;
            }
        }
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

async fn next(listener: &TcpListener, seats: &Seats) -> std::io::Result<(TcpStream, SocketAddr)> {
    seats.settle().await;
    listener.accept().await
}

fn welcome(house: &House, seats: &Seats, connections: &TaskTracker, stream: TcpStream, peer: SocketAddr) {
    let address = peer.ip().to_canonical();
    let is_proxy = house.config.trusts(address);
    // Where even the spare seats are taken, nothing can be said any more.
    if let Some(seat) = seats.take((!is_proxy).then_some(address), house.times.head) {
        let is_of_host = address.is_loopback() && !is_proxy;
        connections.spawn(connection::serve(house.clone(), stream, peer, seat, is_of_host));
    }
}
