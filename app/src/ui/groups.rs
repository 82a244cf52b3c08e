//! Groups: making one, its invite links, joining by one.

mod create;
mod hues;
mod invites;
mod join;
mod picker;
mod rename;
mod webhooks;

pub use create::NewGroupPage;
pub use hues::{HueChoice, Swatches};
pub use invites::InviteLinks;
pub use join::JoinPage;
pub use picker::{AddPeople, FriendPicker};
pub use rename::RenameGroup;
pub use webhooks::Webhooks;
