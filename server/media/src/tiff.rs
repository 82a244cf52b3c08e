//! TIFF: tables of entries, each with a number, and what does not fit into an entry anywhere in the file (TIFF 6.0, 2).
//!
//! Of a picture, entries stay that make it. Of what a camera gives unfinished, for programs that know the camera, all
//! stay but those that tell of its making, for nobody but its maker knows what the others are for.

use std::collections::{HashSet, VecDeque};
use std::io::{Read, Seek, Write};
use std::ops::Range;

use crate::in_place::InPlace;
use crate::{Fault, Result};

/// Pages, and pictures in several sizes.
const TABLES_MAX: usize = 4_096;
/// Bytes of an entry.
const ENTRY: u64 = 12;

/// Entries by their numbers.
mod tag {
    pub const COMPRESSION: u16 = 259;
    pub const PHOTOMETRIC: u16 = 262;
    pub const SMALLER: u16 = 330;
    pub const EXIF: u16 = 34_665;
    pub const GPS: u16 = 34_853;
    pub const DNG_VERSION: u16 = 50_706;
}

/// What makes the picture: its size, colours and pixels, how they are packed and where they are (TIFF 6.0 with its
/// supplements), and the profile of its colours.
const KEPT: [u16; 68] = [
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
    288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 330, 332, 333,
    334, 336, 338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532,
    34_675, 32_995, 32_996, 32_997, 32_998,
];
/// What tells of the making of an unfinished picture: when and where, by whom and with which piece of its camera, what
/// it was called, and words in forms that hold all of this (Exif 2.32; DNG 1.7; XMP, IPTC).
const TELLING: [u16; 25] = [
    270, 306, 315, 316, 700, 33_432, 33_723, 34_377, 34_853, 36_867, 36_868, 36_880, 36_881, 36_882, 37_510,
    37_520, 37_521, 37_522, 42_016, 42_032, 42_033, 42_037, 50_735, 50_827, 50_971,
];
/// Colours of a picture that is not finished: those of the sensor.
const UNFINISHED_COLOURS: [u64; 2] = [32_803, 34_892];
/// How cameras pack them.
const UNFINISHED_PACKING: [u64; 3] = [32_767, 34_713, 65_535];

/// Overwrites what a picture tells of its making. Nothing is written before all of its tables were read.
pub fn tiff<F: Read + Write + Seek>(file: &mut F) -> Result<()> {
    let mut file = InPlace::new(file)?;
    let is_little = match &file.read::<4>(0)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return Err(Fault::Broken),
    };
    let mut tiff = Tiff { file, is_little };
    let found = tiff.tables()?;
    let is_unfinished = found.iter().any(|table| table.is_unfinished) || tiff.file.read::<2>(8)? == *b"CR";
    for table in found {
        tiff.forget(&table, is_unfinished)?;
    }
    Ok(())
}

struct Tiff<F> {
    file: InPlace<F>,
    is_little: bool,
}

/// What a table tells of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Picture,
    Making,
    Place,
}

struct Table {
    at: u64,
    of: Of,
    is_unfinished: bool,
}

/// An entry as it stands, and what is read of it.
struct Entry {
    raw: [u8; 12],
    tag: u16,
    kind: u16,
    count: u32,
    /// What it says, where that is one number; else where what it says is.
    value: u64,
}

impl<F: Read + Write + Seek> Tiff<F> {
    /// All tables that the file leads to.
    fn tables(&mut self) -> Result<Vec<Table>> {
        let mut tables = Vec::new();
        let mut seen = HashSet::new();
        let mut left = VecDeque::from([(self.long(4)?, Of::Picture)]);
        while let Some((at, of)) = left.pop_front() {
            // There is none, or it was there before.
            if at == 0 || !seen.insert(at) {
                continue;
            }
            if tables.len() == TABLES_MAX {
                return Err(Fault::Broken);
            }
            let (entries, next) = self.entries(at)?;
            let mut is_unfinished = false;
            for entry in &entries {
                match entry.tag {
                    tag::DNG_VERSION => is_unfinished = true,
                    tag::PHOTOMETRIC => is_unfinished |= UNFINISHED_COLOURS.contains(&entry.value),
                    tag::COMPRESSION => is_unfinished |= UNFINISHED_PACKING.contains(&entry.value),
                    tag::EXIF => left.push_back((entry.value, Of::Making)),
                    tag::GPS => left.push_back((entry.value, Of::Place)),
                    tag::SMALLER => {
                        for at in self.longs(entry)? {
                            self.file.step()?;
                            left.push_back((at, Of::Picture));
                        }
                    }
                    _ => {}
                }
            }
            if of == Of::Picture {
                left.push_back((next, Of::Picture));
            }
            tables.push(Table { at, of, is_unfinished });
        }
        Ok(tables)
    }

    /// The entries of a table, and where the next one is.
    fn entries(&mut self, at: u64) -> Result<(Vec<Entry>, u64)> {
        self.file.step()?;
        let count = u64::from(self.short(at)?);
        let first = at + 2;
        let bytes = self.file.bytes(first..first + count * ENTRY, u64::from(u16::MAX) * ENTRY)?;
        let mut entries = Vec::new();
        for row in bytes.as_chunks().0 {
            self.file.step()?;
            entries.push(self.entry(*row));
        }
        Ok((entries, self.long(first + count * ENTRY)?))
    }

    fn entry(&self, raw: [u8; 12]) -> Entry {
        const SHORT: u16 = 3;
        let [t0, t1, k0, k1, c0, c1, c2, c3, v0, v1, v2, v3] = raw;
        let kind = self.u16([k0, k1]);
        let count = self.u32([c0, c1, c2, c3]);
        let value = match (kind, count) {
            (SHORT, 1) => u64::from(self.u16([v0, v1])),
            _ => u64::from(self.u32([v0, v1, v2, v3])),
        };
        Entry { raw, tag: self.u16([t0, t1]), kind, count, value }
    }

    /// Where what an entry says is, if it is elsewhere.
    fn elsewhere(entry: &Entry) -> Range<u64> {
        const WITHIN: u64 = 4;
        let each = match entry.kind {
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => 1,
        };
        let length = each * u64::from(entry.count);
        let start = entry.value;
        if length > WITHIN { start..start + length } else { start..start }
    }

    /// The numbers that an entry says, of four bytes each.
    fn longs(&mut self, entry: &Entry) -> Result<Vec<u64>> {
        if entry.count == 1 {
            return Ok(vec![entry.value]);
        }
        let place = Self::elsewhere(entry);
        let bytes = self.file.bytes(place, TABLES_MAX as u64 * 4)?;
        Ok(bytes.as_chunks().0.iter().map(|long| u64::from(self.u32(*long))).collect())
    }

    /// Takes out of a table the entries that may not stay, with what they say.
    fn forget(&mut self, table: &Table, is_unfinished: bool) -> Result<()> {
        let (entries, next) = self.entries(table.at)?;
        let is_kept = |entry: &Entry| match (table.of, is_unfinished) {
            (Of::Place, _) | (Of::Making, false) => false,
            (Of::Picture, false) => KEPT.contains(&entry.tag),
            (Of::Picture | Of::Making, true) => !TELLING.contains(&entry.tag),
        };
        let (kept, gone): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_kept);
        if gone.is_empty() {
            return Ok(());
        }
        for entry in &gone {
            self.file.clear(Self::elsewhere(entry))?;
        }
        let count = u16::try_from(kept.len()).map_err(|_| Fault::Broken)?;
        let next = u32::try_from(next).map_err(|_| Fault::Broken)?;
        let mut rows = Vec::new();
        rows.extend(if self.is_little { count.to_le_bytes() } else { count.to_be_bytes() });
        rows.extend(kept.iter().flat_map(|entry| entry.raw));
        rows.extend(if self.is_little { next.to_le_bytes() } else { next.to_be_bytes() });
        rows.extend(gone.iter().flat_map(|_| [0; 12]));
        self.file.write(table.at, &rows)
    }

    fn short(&mut self, at: u64) -> Result<u16> {
        let bytes = self.file.read(at)?;
        Ok(self.u16(bytes))
    }

    fn long(&mut self, at: u64) -> Result<u64> {
        let bytes = self.file.read(at)?;
        Ok(u64::from(self.u32(bytes)))
    }

    fn u16(&self, bytes: [u8; 2]) -> u16 {
        if self.is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) }
    }

    fn u32(&self, bytes: [u8; 4]) -> u32 {
        if self.is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{holds, left};

    /// Entries by number, kind, count and value.
    type Row = (u16, u16, u32, u32);

    /// A table, little end first.
    fn table(rows: &[Row], next: u32) -> Vec<u8> {
        let count = u16::try_from(rows.len()).unwrap().to_le_bytes();
        let rows = rows.iter().flat_map(|(tag, kind, count, value)| {
            let (tag, kind) = (tag.to_le_bytes(), kind.to_le_bytes());
            [&tag[..], &kind, &count.to_le_bytes(), &value.to_le_bytes()].concat()
        });
        count.into_iter().chain(rows).chain(next.to_le_bytes()).collect()
    }

    /// The same with room where entries were.
    fn narrower(rows: &[Row], next: u32, fewer: usize) -> Vec<u8> {
        [table(rows, next), vec![0; fewer * 12]].concat()
    }

    const WIDTH: Row = (256, 4, 1, 40);
    const MAKER_NOTE: Row = (37_500, 7, 4, 7);

    /// A picture of two pages, the first of which has tables of its making and its place.
    fn picture(first: &[u8], making: &[u8], place: &[u8], second: &[u8], words: &[u8]) -> Vec<u8> {
        [b"II*\0\x08\0\0\0", first, making, place, second, words].concat()
    }

    #[test]
    fn entries_that_do_not_make_the_picture_go_with_what_they_say() {
        // Tables of 42, 30, 18 and 30 bytes stand one behind the other.
        let (making_at, place_at, second_at, words_at) = (50, 80, 98, 128);
        for (colours, is_unfinished) in [(2, false), (32_803, true)] {
            let first = [WIDTH, (262, 3, 1, colours), (34_665, 4, 1, making_at)];
            let making = [(36_867, 2, 6, words_at), MAKER_NOTE];
            let second = [WIDTH, (34_853, 4, 1, place_at)];
            let place = [(29, 2, 8, words_at + 6)];
            let told = picture(
                &table(&first, second_at),
                &table(&making, 0),
                &table(&place, 0),
                &table(&second, 0),
                b"secretwhenever",
            );
            let untold = if is_unfinished {
                picture(
                    &table(&first, second_at),
                    &narrower(&[MAKER_NOTE], 0, 1),
                    &narrower(&[], 0, 1),
                    &narrower(&[WIDTH], 0, 1),
                    &[0; 14],
                )
            } else {
                picture(
                    &narrower(&first[..2], second_at, 1),
                    &narrower(&[], 0, 2),
                    &narrower(&[], 0, 1),
                    &narrower(&[WIDTH], 0, 1),
                    &[0; 14],
                )
            };
            assert_eq!(left(&told, tiff), (untold.clone(), Some(())), "{colours}");
            assert_eq!(left(&untold, tiff), (untold.clone(), Some(())), "what is clean stays as it is");
            for cut in 0..128 {
                assert_eq!(left(&told[..cut], tiff), (told[..cut].to_vec(), None), "{cut}");
            }
        }
    }

    #[test]
    fn a_scan_tells_nothing_of_where_it_was_made() {
        let scan = include_bytes!("../tests/inputs/gps.tif");
        assert!(holds(scan, b"GPSMARKER"));
        let (left, found) = left(scan, tiff);
        assert_eq!(found, Some(()));
        assert!(!holds(&left, b"GPSMARKER") && !holds(&left, b"MarkerMake"));
        assert_eq!(left[186..], scan[186..], "the picture itself");
    }

    #[test]
    fn tables_in_a_circle_come_to_an_end() {
        let circle = [&b"MM\0*\0\0\0\x08\0\0"[..], &8_u32.to_be_bytes()].concat();
        assert_eq!(left(&circle, tiff), (circle.clone(), Some(())));
    }
}
