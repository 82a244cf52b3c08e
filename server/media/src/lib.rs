//! Pictures, films and sounds by their containers: what a file is, and what it tells of its making: the place, the
//! time, the camera, whoever made it.
//!
//! What is told is overwritten in its place. Nothing moves, nothing is unpacked and nothing is held whole, so that
//! a large file takes no more than a small one. Each container is gone through by what may stay in it; what is not
//! known goes. One that is not built as its format says is [`Fault::Broken`]: a browser may not be told that it can
//! show it.
//!
//! Formats whose pictures the server decodes itself (JPEG, PNG, GIF, WebP) are only told apart here.

mod boxes;
mod film;
mod in_place;
mod kind;
mod matroska;
mod samples;
mod sound;
mod still;
mod tiff;

use std::io;

pub use film::{Said, Tracks, film};
pub use kind::{Kind, recognise};
pub use matroska::matroska;
pub use still::{Still, still};
pub use tiff::tiff;

/// Why a file could not be gone through.
#[derive(Debug)]
pub enum Fault {
    /// It could not be read or written.
    Io(io::Error),
    /// It is not built as its format says, or has more parts than any file of its kind.
    Broken,
}

/// What came of going through a file.
pub type Result<T> = std::result::Result<T, Fault>;

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Broken,
            _ => Self::Io(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// What is left of a file once it was gone through, and what came of it.
    pub fn left<T>(
        bytes: &[u8],
        walk: impl FnOnce(&mut Cursor<Vec<u8>>) -> Result<T>,
    ) -> (Vec<u8>, Option<T>) {
        let mut file = Cursor::new(bytes.to_vec());
        let found = match walk(&mut file) {
            Ok(found) => Some(found),
            Err(Fault::Broken) => None,
            Err(Fault::Io(error)) => panic!("{error}"),
        };
        let left = file.into_inner();
        assert_eq!(left.len(), bytes.len(), "nothing moves");
        (left, found)
    }

    pub fn holds(bytes: &[u8], word: &[u8]) -> bool {
        bytes.windows(word.len()).any(|window| window == word)
    }
}
