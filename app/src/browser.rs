//! The little that the interface asks of the browser, with the same signatures on the server, where
//! it answers with nothing. So views are the same tree on both sides.

#[cfg(not(feature = "browser"))]
mod absent;
mod phone_words;
#[cfg(feature = "browser")]
mod present;

#[cfg(not(feature = "browser"))]
pub use absent::*;
pub use phone_words::{Device, DeviceKind, Lane, Picture, Quality, Said};
#[cfg(feature = "browser")]
pub use present::*;
