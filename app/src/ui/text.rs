//! What a message's text is made of: where its links are, and whether it is nothing but emoji.

mod diff;
mod emoji;
mod links;

pub use diff::{Part, compare};
pub use emoji::is_few_emoji;
pub use links::{Piece, is_address, pieces};
