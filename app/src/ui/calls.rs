//! Calls: what rings, the call that this page is in, and what is left of one in a chat.

mod bar;
mod buttons;
mod controls;
mod devices;
mod incoming;
mod line;
mod stage;
mod tile;

pub use bar::CallBar;
pub use buttons::CallButtons;
pub use incoming::Incoming;
pub use line::{CallRow, call_words};
pub use stage::{CallStage, InCall};
