//! A connection, with TLS or without.

use std::time::Duration;

use futures::FutureExt as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};
use tokio_rustls::server::TlsStream;

/// How long a peer that has closed its side is watched for whether it is gone altogether.
const WATCH: Duration = Duration::from_millis(300);
/// How often it is looked after.
const LOOK: Duration = Duration::from_millis(20);

/// What bytes come from and go to.
pub trait Wire: AsyncRead + AsyncWrite + Unpin + Send + 'static {
    /// What is below it all.
    fn socket(&self) -> &TcpStream;
}

impl Wire for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }
}

impl Wire for TlsStream<TcpStream> {
    fn socket(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// Whether what was written went to somebody, as far as the system knows.
///
/// A peer that has closed its side either waits for the last replies or is gone. One that is gone answers
/// what it is sent with a reset, after a moment.
pub async fn has_arrived(socket: &TcpStream) -> bool {
    let mut byte = [0];
    let has_closed = match socket.peek(&mut byte).now_or_never() {
        None | Some(Ok(1..)) => false,
        Some(Ok(0)) => true,
        Some(Err(_)) => return false,
    };
    let until = Instant::now() + WATCH;
    loop {
        // The system tells of it once.
        if !matches!(socket.take_error(), Ok(None)) {
            return false;
        }
        if !has_closed || Instant::now() >= until {
            return true;
        }
        sleep(LOOK).await;
    }
}
