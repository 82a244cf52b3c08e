//! The two plain-text protocols as pure functions: bytes to lines, lines to requests, answers to replies.
//!
//! A request is one line, ended by LF or CR LF: a name, then parameters parted by one space. The last
//! parameter takes the rest of the line, spaces included; any other that holds spaces stands in double
//! quotes, a quote within them written twice. A reply is one compact JSON object and CR LF CR LF.
//!
//! Nothing here reads or writes anything, so that all of it can be fuzzed.

pub mod content;
pub mod country;
pub mod lines;
pub mod reply;
pub mod sentence;
pub mod session;
pub mod token;
mod words;

pub use content::Content;
pub use lines::{Lines, Next};
pub use reply::{Note, Reply};
pub use words::Rejected;
