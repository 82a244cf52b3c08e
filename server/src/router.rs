//! Which address is answered by what.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post, put};
use sapa_model::AppError;
use tower::util::option_layer;
use tower_http::timeout::TimeoutLayer;

use crate::problem::Problem;
use crate::state::AppState;
use crate::{
    avatars, calendar, compression, cors, files, forms, headers, http, log, origin, page, public, rates,
    rest, session, websocket,
};

/// How long a request may take.
const TIME_MAX: Duration = Duration::from_secs(30);

/// All routes, and what every request passes on its way in and out.
pub fn build(state: &AppState) -> Router {
    Router::new()
        .route("/ws", get(websocket::upgrade))
        .route("/rpc/{*function}", post(page::server_function))
        .route("/api/{*rest}", any(no_such_address))
        .route("/files/{id}/{key}/{variant}", get(files::serve))
        .route("/schedules/{name}", get(calendar::download))
        .route("/avatars/{variant}/{key}", get(avatars::serve))
        .route("/c/{handle}", get(public::newest))
        .route("/c/{handle}/{post}", get(public::post))
        .route("/c/{handle}/feed.atom", get(public::feed))
        .route("/c/{handle}/picture/{variant}", get(public::picture))
        .route("/c/{handle}/files/{id}/{key}/{variant}", get(files::serve_public))
        .route("/sign-in", get(page::page).post(forms::sign_in))
        .route("/register", get(page::page).post(forms::register))
        .fallback(get(page::page))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_MAX))
        .merge(rest::router(state))
        // A large file takes its time; what bounds it is how long its next bytes may take.
        .route("/files/{id}", put(files::receive))
        .route("/avatar", put(avatars::set_own))
        .route("/avatar/{room}", put(avatars::set_of_group))
        .layer(from_fn_with_state(state.clone(), http::take_place))
        .layer(from_fn_with_state(state.clone(), rates::limit))
        .layer(from_fn_with_state(state.clone(), origin::guard))
        .layer(from_fn_with_state(state.clone(), session::identify))
        // First of all the body: nothing is held for a stranger who has not brought it.
        .layer(from_fn_with_state(state.clone(), http::take_in))
        // Health is asked often and by machines: no session, no page.
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .layer(option_layer(cors::layer(&state.config)))
        .layer(compression::layer())
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn(log::requests))
        .with_state(state.clone())
}

async fn ready(State(app): State<AppState>) -> Response {
    if app.chat.ready().await && !app.leaving.is_cancelled() {
        "ready".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
    }
}

async fn no_such_address() -> Problem {
    Problem(AppError::not_found("address"))
}
