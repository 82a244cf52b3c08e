//! What a track of a film holds: its samples, found by the tables that the track has of them (ISO/IEC 14496-12, 8.7).

use std::io::{Read, Seek, Write};
use std::ops::Range;

use crate::boxes::{self, VERSION_AND_FLAGS};
use crate::in_place::InPlace;
use crate::{Fault, Result};

/// Overwrites all of them. Of a track without such tables there are none.
pub fn clear<F: Read + Write + Seek>(file: &mut InPlace<F>, track: &Range<u64>) -> Result<()> {
    let mut within = track.clone();
    for name in [*b"mdia", *b"minf", *b"stbl"] {
        let Some(found) = boxes::find(file, &within, name)? else { return Ok(()) };
        within = found.content;
    }
    if boxes::find(file, &within, *b"stz2")?.is_some() {
        return Err(Fault::Broken);
    }
    let Some(sizes) = boxes::find(file, &within, *b"stsz")? else { return Ok(()) };
    let Some(runs) = boxes::find(file, &within, *b"stsc")? else { return Ok(()) };
    let (short, long) = (boxes::find(file, &within, *b"stco")?, boxes::find(file, &within, *b"co64")?);
    let is_long = short.is_none();
    let Some(chunks) = short.or(long) else { return Ok(()) };

    let mut sizes = Sizes::of(file, &sizes.content)?;
    let mut runs = Runs::of(file, &runs.content)?;
    let count = u32::from_be_bytes(file.read(chunks.content.start + VERSION_AND_FLAGS)?);
    let mut offsets = Table::new(chunks.content, VERSION_AND_FLAGS + 4);
    for chunk in 1..=count {
        file.step()?;
        let from = if is_long {
            u64::from_be_bytes(offsets.take(file)?)
        } else {
            u64::from(u32::from_be_bytes(offsets.take(file)?))
        };
        let held = runs.of_chunk(file, chunk)?;
        let length = sizes.of_next(file, held)?;
        file.clear(from..from.saturating_add(length))?;
    }
    Ok(())
}

/// The numbers of a table, one after another.
struct Table {
    next: u64,
    end: u64,
    ahead: Vec<u8>,
    used: usize,
}

impl Table {
    /// Of a box, behind so many bytes.
    fn new(content: Range<u64>, head: u64) -> Self {
        Self { next: content.start + head, end: content.end, ahead: Vec::new(), used: 0 }
    }

    fn take<const N: usize, F: Read + Write + Seek>(&mut self, file: &mut InPlace<F>) -> Result<[u8; N]> {
        // Whole rows of every kind.
        const AHEAD: u64 = 3 * 1024;
        if self.used == self.ahead.len() {
            let until = self.end.min(self.next.saturating_add(AHEAD));
            self.ahead = file.bytes(self.next..until, AHEAD)?;
            (self.next, self.used) = (until, 0);
        }
        let taken = self.ahead.get(self.used..).and_then(<[u8]>::first_chunk::<N>);
        self.used += N;
        taken.copied().ok_or(Fault::Broken)
    }
}

/// How large the samples are.
struct Sizes {
    /// Of each, where all have the same.
    each: u32,
    left: u32,
    table: Table,
}

impl Sizes {
    fn of<F: Read + Write + Seek>(file: &mut InPlace<F>, content: &Range<u64>) -> Result<Self> {
        let each = u32::from_be_bytes(file.read(content.start + VERSION_AND_FLAGS)?);
        let left = u32::from_be_bytes(file.read(content.start + VERSION_AND_FLAGS + 4)?);
        Ok(Self { each, left, table: Table::new(content.clone(), VERSION_AND_FLAGS + 8) })
    }

    /// Of so many that come next, together.
    fn of_next<F: Read + Write + Seek>(&mut self, file: &mut InPlace<F>, count: u32) -> Result<u64> {
        let count = count.min(self.left);
        self.left -= count;
        if self.each > 0 {
            return Ok(u64::from(count) * u64::from(self.each));
        }
        let mut all = 0;
        for _ in 0..count {
            file.step()?;
            all += u64::from(u32::from_be_bytes(self.table.take(file)?));
        }
        Ok(all)
    }
}

/// How many samples the chunks have: told for the first of each run of the same.
struct Runs {
    held: u32,
    /// The first chunk of the next run, and how many samples each of it has; none after the last.
    next: Option<(u32, u32)>,
    left: u32,
    table: Table,
}

impl Runs {
    fn of<F: Read + Write + Seek>(file: &mut InPlace<F>, content: &Range<u64>) -> Result<Self> {
        let left = u32::from_be_bytes(file.read(content.start + VERSION_AND_FLAGS)?);
        let table = Table::new(content.clone(), VERSION_AND_FLAGS + 4);
        let mut runs = Self { held: 0, next: None, left, table };
        runs.turn(file)?;
        Ok(runs)
    }

    fn turn<F: Read + Write + Seek>(&mut self, file: &mut InPlace<F>) -> Result<()> {
        file.step()?;
        self.next = None;
        if let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            let [f0, f1, f2, f3, h0, h1, h2, h3, ..] = self.table.take::<12, F>(file)?;
            self.next = Some((u32::from_be_bytes([f0, f1, f2, f3]), u32::from_be_bytes([h0, h1, h2, h3])));
        }
        Ok(())
    }

    fn of_chunk<F: Read + Write + Seek>(&mut self, file: &mut InPlace<F>, chunk: u32) -> Result<u32> {
        while let Some((_, held)) = self.next.filter(|(first, _)| *first <= chunk) {
            self.held = held;
            self.turn(file)?;
        }
        Ok(self.held)
    }
}
