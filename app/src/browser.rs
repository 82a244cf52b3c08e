//! The little that the interface asks of the browser, with the same signatures on the server, where
//! it answers with nothing. So views are the same tree on both sides.

#[cfg(not(feature = "hydrate"))]
mod absent;
#[cfg(feature = "hydrate")]
mod present;

#[cfg(not(feature = "hydrate"))]
pub use absent::*;
#[cfg(feature = "hydrate")]
pub use present::*;
