//! Finding people, answering their requests, and keeping some away.

mod acts;
mod blocked;
mod buttons;
mod card;
mod explorer;
mod filters;
mod heard;
mod list;
mod loaded;
mod pager;
mod person_acts;
mod requests;

pub use blocked::BlockedPage;
pub use explorer::ExplorerPage;
pub use heard::use_reconnected;
pub use loaded::loaded;
pub use person_acts::PersonActs;
pub use requests::RequestsPage;
