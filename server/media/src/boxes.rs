//! The boxes that films and pictures of the ISO are made of, and `QuickTime`'s atoms (ISO/IEC 14496-12, 4.2).

use std::io::{Read, Seek, Write};
use std::ops::Range;

use crate::in_place::InPlace;
use crate::{Fault, Result};

/// What a box is called.
pub type Name = [u8; 4];

/// What readers pass over.
const FREE: Name = *b"free";
/// The version and the flags that many boxes begin with.
pub const VERSION_AND_FLAGS: u64 = 4;

/// A box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub name: Name,
    /// Where it begins.
    pub at: u64,
    pub content: Range<u64>,
}

/// The first box of a stretch; none where not even its head has room.
pub fn first<F: Read + Write + Seek>(file: &mut InPlace<F>, within: &Range<u64>) -> Result<Option<Found>> {
    const HEAD: u64 = 8;
    const LARGE_HEAD: u64 = 16;
    file.step()?;
    let (at, room) = (within.start, within.end.saturating_sub(within.start));
    if room < HEAD {
        return Ok(None);
    }
    let [s0, s1, s2, s3, name @ ..] = file.read::<8>(at)?;
    let (head, size) = match u32::from_be_bytes([s0, s1, s2, s3]) {
        // As far as what it is in.
        0 => (HEAD, room),
        1 if room >= LARGE_HEAD => (LARGE_HEAD, u64::from_be_bytes(file.read(at + HEAD)?)),
        size => (HEAD, u64::from(size)),
    };
    // A film that was cut off plays as far as it goes.
    let is_cut = size > room && name == *b"mdat";
    if size < head || (size > room && !is_cut) {
        return Err(Fault::Broken);
    }
    Ok(Some(Found { name, at, content: at + head..at + size.min(room) }))
}

/// The first box of this name in a stretch.
pub fn find<F: Read + Write + Seek>(
    file: &mut InPlace<F>,
    within: &Range<u64>,
    name: Name,
) -> Result<Option<Found>> {
    let mut rest = within.clone();
    while let Some(found) = first(file, &rest)? {
        if found.name == name {
            return Ok(Some(found));
        }
        rest.start = found.content.end;
    }
    Ok(None)
}

/// Makes of a box one that says nothing.
pub fn free<F: Read + Write + Seek>(file: &mut InPlace<F>, found: &Found) -> Result<()> {
    const NAME_AT: u64 = 4;
    file.write(found.at + NAME_AT, &FREE)?;
    file.clear(found.content.clone())
}

/// A number of so many bytes, the highest first; none of no bytes.
pub fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A box.
    pub fn boxed(name: Name, content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes(), &name[..], content].concat()
    }

    /// The same once it says nothing.
    pub fn freed(of: &[u8]) -> Vec<u8> {
        boxed(FREE, &vec![0; of.len() - 8])
    }
}
