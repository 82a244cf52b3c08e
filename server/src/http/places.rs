//! Requests that are worked on at a time.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::Extensions;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sapa_app::api::context::Asker;
use sapa_domain::network;
use sapa_domain::turns::{Bounds, NetworkTurn, NetworkTurns};
use sapa_model::AppResult;

use super::body::Streamed;
use crate::problem::Problem;
use crate::state::AppState;

/// More wait their turn, fairly by network and account. Live connections and files on their way do not count.
const PLACES: Bounds =
    Bounds { all: 512, each: 64, waiting: 4096, waiting_each: 1024, patience: Duration::from_secs(10) };
/// Of them, for one account.
const OF_ACCOUNT: Bounds = Bounds { each: 8, waiting_each: 512, ..PLACES };

/// The places of everybody. Cheap to clone; all clones are the same ones.
#[derive(Clone)]
pub struct Places(NetworkTurns);

impl Default for Places {
    fn default() -> Self {
        Self(NetworkTurns::new(PLACES, OF_ACCOUNT))
    }
}

/// Holds a place while a request, which is all there, is worked on. What brings a file is bounded elsewhere.
pub async fn take(State(app): State<AppState>, request: Request, next: Next) -> Response {
    if request.extensions().get::<Streamed>().is_some() {
        return next.run(request).await;
    }
    match turn(&app.places.0, request.extensions()).await {
        Ok(_place) => next.run(request).await,
        Err(error) => Problem(error).into_response(),
    }
}

/// Waits for the turn of whoever has sent a request.
pub async fn turn(turns: &NetworkTurns, extensions: &Extensions) -> AppResult<NetworkTurn> {
    let asker = extensions.get::<Asker>();
    let address = asker.and_then(|asker| asker.address).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    match asker.and_then(|asker| asker.scope) {
        Some(scope) => turns.take(scope.counted(), 1).await,
        None => turns.take_as_stranger(network(address), 1).await,
    }
}
