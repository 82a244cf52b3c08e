//! One connection, from its first request to its end.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower::ServiceExt as _;

use super::body::Crowded;
use super::through::through;
use super::wire::Wire;
use super::{House, Times};
use crate::seats::Seat;

/// Most bytes of a head, and of an answer that waits to be written.
const BUFFER_MAX: usize = 64 * 1024;

/// Answers a peer until either of the two ends it.
pub async fn serve(house: House, stream: TcpStream, peer: SocketAddr, seat: Seat, is_of_host: bool) {
    let is_crowded = seat.is_spare() && !is_of_host;
    let end = seat.end().clone();
    let pulse = Arc::new(Pulse { phase: AtomicU8::new(HEAD), seat, times: house.times });
    let service = service_fn({
        let (router, pulse) = (house.router, pulse.clone());
        move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            if is_crowded {
                request.extensions_mut().insert(Crowded);
            }
            let (router, pulse) = (router.clone(), pulse.clone());
            async move {
                let answering = Answering::begin(pulse);
                let Ok(response) = router.oneshot(request).await;
                Ok::<_, Infallible>(answering.wrap(response))
            }
        }
    });
    let io = TokioIo::new(Wire::new(stream, pulse.clone()));
    let mut builder = http1::Builder::new();
    // The seats look after time.
    builder.max_buf_size(BUFFER_MAX).header_read_timeout(None);
    let mut served = pin!(builder.serve_connection(io, service).with_upgrades());
    let mut leaves = false;
    loop {
        tokio::select! {
            result = served.as_mut() => {
                if let Err(error) = result {
                    tracing::debug!(%error, "a connection ends");
                }
                return;
            }
            () = end.cancelled() => return,
            () = house.leaving.cancelled(), if !leaves => {
                leaves = true;
                // Who has not asked for anything yet is not waited for.
                if pulse.phase.load(Ordering::Relaxed) == HEAD {
                    return;
                }
                served.as_mut().graceful_shutdown();
            }
        }
    }
}

/// The head of a request is waited for.
const HEAD: u8 = 0;
/// A request is being answered.
const BUSY: u8 = 1;
/// Nothing is asked for.
const IDLE: u8 = 2;
/// It is no longer HTTP.
const LIVE: u8 = 3;

/// What a connection is at.
pub struct Pulse {
    phase: AtomicU8,
    seat: Seat,
    times: Times,
}

impl Pulse {
    /// Something has come from the peer. Whether it begins another request.
    pub fn heard(&self) -> bool {
        let begins = self.phase.compare_exchange(IDLE, HEAD, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if begins {
            self.seat.quiet(self.times.head);
        }
        begins
    }

    /// Whether it is no longer HTTP.
    pub fn is_live(&self) -> bool {
        self.phase.load(Ordering::Relaxed) == LIVE
    }

    /// How long the peer may take for the next piece of an answer.
    pub fn times(&self) -> Times {
        self.times
    }
}

/// A request that is being answered, until the last byte of its answer has been handed on.
struct Answering {
    pulse: Arc<Pulse>,
}

impl Answering {
    fn begin(pulse: Arc<Pulse>) -> Self {
        pulse.seat.busy();
        pulse.phase.store(BUSY, Ordering::Relaxed);
        Self { pulse }
    }

    fn wrap(self, response: Response) -> Response {
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            self.pulse.phase.store(LIVE, Ordering::Relaxed);
            return response;
        }
        response.map(|body| {
            through(body, move |_, polled| {
                let _until_it_is_handed_on = &self;
                polled
            })
        })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let Pulse { phase, seat, times } = &*self.pulse;
        if phase.compare_exchange(BUSY, IDLE, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            seat.quiet(times.idle);
        }
    }
}
