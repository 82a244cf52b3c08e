//! A file that is read in steps and overwritten in its place.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

use crate::{Fault, Result};

/// Steps that a file is gone through in: a film of some hours that was recorded live has some hundred thousand.
const STEPS_MAX: u32 = 2_000_000;
/// Bytes that are read at a time.
const WINDOW: u64 = 4 * 1024;

/// See the module.
pub struct InPlace<F> {
    file: F,
    size: u64,
    /// How many may still follow.
    steps: u32,
    /// Bytes that may still be cleared: what several parts of a file claim is cleared no more than twice.
    clearable: u64,
    window_at: u64,
    window: Vec<u8>,
}

impl<F: Read + Write + Seek> InPlace<F> {
    /// From the beginning of a file.
    pub fn new(mut file: F) -> Result<Self> {
        let size = file.seek(SeekFrom::End(0))?;
        let clearable = size.saturating_mul(2);
        Ok(Self { file, size, steps: STEPS_MAX, clearable, window_at: 0, window: Vec::new() })
    }

    /// All of it.
    pub fn whole(&self) -> Range<u64> {
        0..self.size
    }

    /// Counts a step.
    pub fn step(&mut self) -> Result<()> {
        self.steps = self.steps.checked_sub(1).ok_or(Fault::Broken)?;
        Ok(())
    }

    /// A few bytes.
    pub fn read<const N: usize>(&mut self, at: u64) -> Result<[u8; N]> {
        if let Some(bytes) = self.seen(at) {
            return Ok(bytes);
        }
        if at >= self.size {
            return Err(Fault::Broken);
        }
        self.window.clear();
        self.window_at = at;
        self.file.seek(SeekFrom::Start(at))?;
        Read::take(&mut self.file, WINDOW).read_to_end(&mut self.window)?;
        self.seen(at).ok_or(Fault::Broken)
    }

    fn seen<const N: usize>(&self, at: u64) -> Option<[u8; N]> {
        let from = usize::try_from(at.checked_sub(self.window_at)?).ok()?;
        self.window.get(from..)?.first_chunk().copied()
    }

    /// All bytes of a stretch, of which there may be so many.
    pub fn bytes(&mut self, stretch: Range<u64>, most: u64) -> Result<Vec<u8>> {
        let length = stretch.end.saturating_sub(stretch.start);
        if length > most || stretch.end > self.size {
            return Err(Fault::Broken);
        }
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(stretch.start))?;
        Read::take(&mut self.file, length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Overwrites bytes that were read.
    pub fn write(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        self.window.clear();
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(bytes)?;
        Ok(())
    }

    /// Overwrites a stretch with zeros, as far as the file has it.
    pub fn clear(&mut self, stretch: Range<u64>) -> Result<()> {
        let length = stretch.end.min(self.size).saturating_sub(stretch.start);
        if length == 0 {
            return Ok(());
        }
        self.clearable = self.clearable.checked_sub(length).ok_or(Fault::Broken)?;
        self.window.clear();
        self.file.seek(SeekFrom::Start(stretch.start))?;
        io::copy(&mut io::repeat(0).take(length), &mut self.file)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn what_is_beyond_the_end_is_broken_and_never_written() {
        let mut bytes = b"0123456789".to_vec();
        let mut file = InPlace::new(Cursor::new(&mut bytes)).unwrap();
        assert_eq!(file.read::<2>(8).unwrap(), *b"89");
        assert!(matches!(file.read::<3>(8), Err(Fault::Broken)));
        assert!(matches!(file.read::<1>(u64::MAX), Err(Fault::Broken)));
        assert!(matches!(file.bytes(4..11, 100), Err(Fault::Broken)));
        assert!(matches!(file.bytes(0..5, 4), Err(Fault::Broken)));
        file.clear(8..100).unwrap();
        file.clear(u64::MAX - 1..u64::MAX).unwrap();
        file.write(0, b"a").unwrap();
        assert_eq!(file.read::<2>(0).unwrap(), *b"a1");
        assert_eq!(bytes, b"a1234567\0\0");
    }

    #[test]
    fn no_more_is_cleared_than_there_is_twice() {
        let mut bytes = vec![1; 10];
        let mut file = InPlace::new(Cursor::new(&mut bytes)).unwrap();
        file.clear(0..10).unwrap();
        file.clear(0..10).unwrap();
        assert!(matches!(file.clear(0..1), Err(Fault::Broken)));
    }
}
