//! Who asks.

use sapa_model::UserId;
use sapa_model::ids::SessionId;

/// The signed-in asker: the first thing that every rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Who it is.
    pub user_id: UserId,
    /// From which signed-in device.
    pub session_id: SessionId,
}
