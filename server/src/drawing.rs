//! Drawing pages: work for the processor that every stranger may ask for.
//!
//! Few are drawn at a time, in turns by network and account, so that what people send to one another finds a
//! processor that is free.

use std::time::Duration;

use axum::http::Extensions;
use sapa_domain::turns::{Bounds, NetworkTurn, NetworkTurns};
use sapa_model::AppResult;

use crate::http;

/// Who may wait for a page to be drawn, how often and for how long; of one network.
const WAITING: Bounds =
    Bounds { all: 1, each: 1, waiting: 512, waiting_each: 64, patience: Duration::from_secs(5) };
/// How often one account may wait.
const WAITING_ACCOUNT: usize = 32;

/// The turns in which pages are drawn. Cheap to clone; all clones are the same ones.
#[derive(Clone)]
pub struct Drawing(NetworkTurns);

impl Default for Drawing {
    /// Half of the processors draw.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from) as u64;
        let all = (processors / 2).max(1);
        let of_network = Bounds { all, each: all, ..WAITING };
        Self(NetworkTurns::new(of_network, Bounds { waiting_each: WAITING_ACCOUNT, ..of_network }))
    }
}

impl Drawing {
    /// Waits for the turn of a request, to be held while its page is drawn and no longer.
    ///
    /// `too_many` or `unavailable`, with when to come again, where that takes too long.
    pub async fn turn(&self, extensions: &Extensions) -> AppResult<NetworkTurn> {
        http::turn(&self.0, extensions).await
    }
}
