//! `/ws`: the live connection.
//!
//! One task a connection. It reads commands, keeps several sends in flight so that they share a
//! commit, and writes whatever waits in one go.

mod answers;
mod command;
mod connection;
mod excess;
mod farewell;
mod pipeline;
mod writer;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use sapa_model::limits;

use crate::problem::Problem;
use crate::session::SignedIn;
use crate::state::AppState;

/// Bytes that a socket reads at a time: chat frames are small, and there are many sockets.
const READ_BUFFER: usize = 4 * 1024;
/// Bytes that may wait in a socket before writing to it fails: the largest frame, and what waits before it.
const WRITE_BUFFER_MAX: usize = 2 * limits::SENT_FRAME_MAX_BYTES;

/// Opens the connection of somebody who is signed in. [`crate::origin`] has looked at where the page
/// comes from.
pub async fn upgrade(
    State(app): State<AppState>,
    SignedIn(scope): SignedIn,
    socket: WebSocketUpgrade,
) -> Result<Response, Problem> {
    scope.may_see().map_err(Problem)?;
    let tracker = app.connections.clone();
    let response = socket
        .max_message_size(limits::FRAME_MAX_BYTES)
        .max_frame_size(limits::FRAME_MAX_BYTES)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(READ_BUFFER)
        .max_write_buffer_size(WRITE_BUFFER_MAX)
        .on_upgrade(move |socket| tracker.track_future(connection::run(app, scope, socket)));
    Ok(response)
}
