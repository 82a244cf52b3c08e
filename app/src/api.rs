//! Server functions: the interface's own door to the domain, one to one with its functions.
//!
//! Each says who asks and passes on; none decides. In the browser the same names are calls over HTTP.

pub mod account;
pub mod attachments;
pub mod channels;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
mod device_cookie;
pub mod groups;
pub mod messages;
pub mod people;
pub mod rooms;
pub mod schedules;
pub mod stories;
