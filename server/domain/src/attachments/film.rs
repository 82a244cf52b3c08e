//! Taking out of a film's file what tells of its making: the place, the time, the camera. The film itself
//! is not touched and nothing moves, for what was told is overwritten where it stands.
//!
//! MP4 is made of boxes within boxes (ISO/IEC 14496-12, 4.2); what is said about a film stands in boxes of
//! its own. Tracks stay as they are, also those in which some cameras write their way.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;

/// Boxes that say something about what they are in.
const TELLING: [[u8; 4]; 3] = [*b"udta", *b"meta", *b"uuid"];
/// Boxes in which such boxes can be.
const HOLDING: [[u8; 4]; 3] = [*b"moov", *b"trak", *b"mdia"];
/// Boxes that begin with a version, flags, and when they were made and changed.
const TIMED: [[u8; 4]; 3] = [*b"mvhd", *b"tkhd", *b"mdhd"];
/// What players pass over.
const FREE: [u8; 4] = *b"free";
/// A film of an hour in fragments has some thousands of boxes.
const BOXES_MAX: usize = 100_000;

/// Overwrites what the MP4 file tells of its making. What comes after a broken box is left alone, as
/// players leave it.
pub fn forget_making(film: &mut File) -> io::Result<()> {
    let whole = 0..film.metadata()?.len();
    let mut left = Vec::from([whole]);
    for _ in 0..BOXES_MAX {
        let Some(within) = left.pop() else { break };
        let Some(found) = read_box(film, &within)? else { continue };
        left.push(found.content.end..within.end);
        if TELLING.contains(&found.kind) {
            write_at(film, found.kind_at, &FREE)?;
            clear(film, found.content)?;
        } else if TIMED.contains(&found.kind) {
            let times = times(film, found.content)?;
            clear(film, times)?;
        } else if HOLDING.contains(&found.kind) {
            left.push(found.content);
        }
    }
    Ok(())
}

struct Found {
    kind: [u8; 4],
    kind_at: u64,
    content: Range<u64>,
}

/// The first box of a stretch of the file; none where there is no whole one.
fn read_box(film: &mut File, within: &Range<u64>) -> io::Result<Option<Found>> {
    const HEAD: u64 = 8;
    const LARGE_HEAD: u64 = 16;
    let room = within.end.saturating_sub(within.start);
    if room < HEAD {
        return Ok(None);
    }
    let (size_at, kind_at) = (within.start, within.start + 4);
    let (head, size) = match u32::from_be_bytes(read_at(film, size_at)?) {
        // As far as the file goes.
        0 => (HEAD, room),
        1 if room < LARGE_HEAD => return Ok(None),
        1 => (LARGE_HEAD, u64::from_be_bytes(read_at(film, within.start + HEAD)?)),
        size => (HEAD, size.into()),
    };
    let content = within.start + head..within.start.saturating_add(size);
    let is_whole = size >= head && size <= room;
    Ok(if is_whole { Some(Found { kind: read_at(film, kind_at)?, kind_at, content }) } else { None })
}

/// Where a box says when it was made and changed: twice 32 bits, or 64 from version 1 on
/// (ISO/IEC 14496-12, 8.2.2).
fn times(film: &mut File, content: Range<u64>) -> io::Result<Range<u64>> {
    const VERSION_AND_FLAGS: u64 = 4;
    if content.is_empty() {
        return Ok(content);
    }
    let [version] = read_at::<1>(film, content.start)?;
    let from = content.start + VERSION_AND_FLAGS;
    let until = from + if version == 0 { 8 } else { 16 };
    Ok(from.min(content.end)..until.min(content.end))
}

fn read_at<const N: usize>(film: &mut File, at: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    film.seek(SeekFrom::Start(at))?;
    film.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn write_at(film: &mut File, at: u64, bytes: &[u8]) -> io::Result<()> {
    film.seek(SeekFrom::Start(at))?;
    film.write_all(bytes)
}

fn clear(film: &mut File, stretch: Range<u64>) -> io::Result<()> {
    let length = stretch.end.saturating_sub(stretch.start);
    film.seek(SeekFrom::Start(stretch.start))?;
    io::copy(&mut io::repeat(0).take(length), film).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes(), &kind[..], content].concat()
    }

    fn forgotten(bytes: &[u8]) -> Vec<u8> {
        let mut film = tempfile::tempfile().unwrap();
        film.write_all(bytes).unwrap();
        forget_making(&mut film).unwrap();
        let mut out = Vec::new();
        film.seek(SeekFrom::Start(0)).unwrap();
        film.read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn what_a_film_tells_of_its_making_is_overwritten_in_its_place() {
        let place = boxed(*b"udta", b"\xa9xyz+06.2-106.8/");
        let film = |place: &[u8], time: [u8; 4], times: [u8; 8], xmp: &[u8]| {
            let header = boxed(*b"mvhd", &[&[0; 4], &time[..], &time, b"rest"].concat());
            let track_header = boxed(*b"tkhd", &[&[1, 0, 0, 7], &times[..], &times, b"rest"].concat());
            let media = boxed(*b"mdia", &boxed(*b"mdhd", &[&[0; 4], &time[..], &time, b"rest"].concat()));
            let track = boxed(*b"trak", &[&track_header, &media[..], place].concat());
            let movie = boxed(*b"moov", &[&header, &track[..], place].concat());
            let data = [&1_u32.to_be_bytes(), &b"mdat"[..], &24_u64.to_be_bytes(), b"pictures"].concat();
            let last = [&0_u32.to_be_bytes(), &b"mdat"[..], b"udta"].concat();
            [&boxed(*b"ftyp", b"mp42"), &data[..], xmp, &movie, &last].concat()
        };
        let xmp = boxed(*b"uuid", b"sixteen bytes id+06.2");
        let free = |of: &[u8]| boxed(FREE, &vec![0; of.len() - 8]);
        assert_eq!(
            forgotten(&film(&place, *b"time", *b"when, at", &xmp)),
            film(&free(&place), [0; 4], [0; 8], &free(&xmp))
        );
    }

    #[test]
    fn what_is_broken_is_left_as_it_is() {
        let cut = boxed(*b"moov", &boxed(*b"udta", b"place"));
        for broken in [
            b"".to_vec(),
            b"\0\0\0".to_vec(),
            b"\0\0\0\x04moov".to_vec(),
            b"\0\0\0\x01moov\0\0".to_vec(),
            b"\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
            cut[..cut.len() - 1].to_vec(),
            boxed(*b"moov", b"\0\0\0\x40udtaplace"),
            boxed(*b"mvhd", b""),
            boxed(*b"mvhd", b"\x01"),
        ] {
            assert_eq!(forgotten(&broken), broken);
        }
    }
}
