//! What every handler works with.

use std::sync::Arc;

use leptos::config::LeptosOptions;
use sapa_app::api::context::Assets;
use sapa_domain::Chat;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::drawing::Drawing;
use crate::http::{Places, Times};
use crate::public::Kept;
use crate::session::LookUps;

/// Shared by all handlers; cheap to clone.
#[derive(Clone, axum::extract::FromRef)]
pub struct AppState {
    /// The domain.
    pub chat: Chat,
    /// The settings.
    pub config: Arc<Config>,
    /// Scheme and host of the site, for what is read elsewhere.
    pub origin: Arc<str>,
    /// Where the built site's files are.
    pub assets: Assets,
    /// What Leptos wants to know.
    pub leptos: LeptosOptions,
    /// Cancelled when the program is to leave.
    pub leaving: CancellationToken,
    /// Connections that outlive their request.
    pub connections: TaskTracker,
    /// How long a peer may take over HTTP.
    pub times: Times,
    /// Where requests are worked on.
    pub places: Places,
    /// Turns at being looked up.
    pub look_ups: LookUps,
    /// In which turns pages are drawn.
    pub drawing: Drawing,
    /// Public pages that were drawn a moment ago.
    pub kept: Kept,
}
