//! Requests that are worked on at a time.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sapa_app::api::context::Asker;
use sapa_domain::network;
use sapa_domain::rates::Caller;
use sapa_domain::turns::{Bounds, Turns};

use super::body::Streamed;
use crate::problem::Problem;
use crate::state::AppState;

/// More wait their turn, fairly by account and address. Live connections and files on their way do not count.
const PLACES: Bounds =
    Bounds { all: 512, each: 128, waiting: 4096, waiting_each: 512, patience: Duration::from_secs(10) };

/// The places of everybody. Cheap to clone; all clones are the same ones.
#[derive(Clone)]
pub struct Places(Turns<Caller>);

impl Default for Places {
    fn default() -> Self {
        Self(Turns::new(PLACES))
    }
}

/// Holds a place while a request, which is all there, is worked on. What brings a file is bounded elsewhere.
pub async fn take(State(app): State<AppState>, request: Request, next: Next) -> Response {
    if request.extensions().get::<Streamed>().is_some() {
        return next.run(request).await;
    }
    let asker = request.extensions().get::<Asker>();
    let address = asker.and_then(|asker| asker.address).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let who = match asker.and_then(|asker| asker.scope) {
        Some(scope) => Caller::Account(scope.user_id),
        None => Caller::Address(network(address)),
    };
    match app.places.0.take(who, 1).await {
        Ok(_place) => next.run(request).await,
        Err(error) => Problem(error).into_response(),
    }
}
