//! Matroska and `WebM` films: elements within elements, each with its number and its size (RFC 8794, RFC 9559).

use std::io::{Read, Seek, Write};
use std::ops::Range;

use crate::film::Tracks;
use crate::in_place::InPlace;
use crate::{Fault, Result};

/// Elements by their numbers (RFC 9559, 5.1).
mod id {
    pub const HEAD: u32 = 0x1a45_dfa3;
    pub const SEGMENT: u32 = 0x1853_8067;
    pub const SEEK_HEAD: u32 = 0x114d_9b74;
    pub const INFO: u32 = 0x1549_a966;
    pub const TRACKS: u32 = 0x1654_ae6b;
    pub const CLUSTER: u32 = 0x1f43_b675;
    pub const CUES: u32 = 0x1c53_bb6b;
    pub const CHAPTERS: u32 = 0x1043_a770;
    pub const TRACK: u32 = 0xae;
    pub const TRACK_TYPE: u32 = 0x83;
    pub const VOID: u32 = 0xec;
}

/// Of what is said of a film: how its times are counted, how long it is, and what wrote it, which must be there.
const INFO_KEPT: [u32; 4] = [0x2a_d7b1, 0x4489, 0x4d80, 0x5741];
/// What is in a cluster: its time and place, tracks that are silent, blocks.
const CLUSTER_KEPT: [u32; 7] = [0xe7, 0x5854, 0xa7, 0xab, 0xa3, 0xa0, 0xaf];
/// Kinds of tracks: those that are seen and heard, both in one, logos, words and buttons.
const SEEN: u8 = 1;
const HEARD: u8 = 2;
const KINDS: [u8; 6] = [SEEN, HEARD, 3, 16, 17, 18];
/// Bytes of the longest number.
const NUMBER_MAX: u64 = 8;

/// Overwrites what a film tells of its making.
pub fn matroska<F: Read + Write + Seek>(file: &mut F) -> Result<Tracks> {
    let mut file = InPlace::new(file)?;
    let file = &mut file;
    let mut whole = file.whole();
    let head = first(file, &whole)?.filter(|head| head.id == id::HEAD).ok_or(Fault::Broken)?.whole()?;
    whole.start = head.end;
    let segment = first(file, &whole)?.filter(|found| found.id == id::SEGMENT).ok_or(Fault::Broken)?;
    let mut tracks = Tracks::default();
    let mut left = vec![(segment.content, id::SEGMENT)];
    while let Some((within, parent)) = left.pop() {
        let Some(found) = first(file, &within)? else { continue };
        left.push((found.content.end..within.end, parent));
        match (parent, found.id) {
            (_, id::VOID) => file.clear(found.whole()?)?,
            // One that was recorded live does not know how long it will be: what follows is in it.
            (id::SEGMENT, id::CLUSTER) if !found.has_size => left.push((found.content, id::SEGMENT)),
            // A film that was cut off plays as far as it goes.
            (id::SEGMENT, id::CLUSTER) => {}
            (id::SEGMENT, id) if CLUSTER_KEPT.contains(&id) => {}
            (id::SEGMENT, id::SEEK_HEAD | id::CUES | id::CHAPTERS) => found.check()?,
            (id::SEGMENT, id::INFO | id::TRACKS) | (id::TRACKS, id::TRACK) => {
                let id = found.id;
                left.push((found.whole()?, id));
            }
            (id::TRACK, id::TRACK_TYPE) => {
                let kind = file.bytes(found.whole()?, NUMBER_MAX)?.last().copied();
                // What any other holds is in the midst of the rest.
                let kind = kind.filter(|kind| KINDS.contains(kind)).ok_or(Fault::Broken)?;
                tracks.seen |= kind == SEEN;
                tracks.heard |= kind == HEARD;
            }
            (id::TRACKS | id::TRACK, _) => {}
            (id::INFO, id) if INFO_KEPT.contains(&id) => {}
            _ => void(file, &found)?,
        }
    }
    Ok(tracks)
}

struct Found {
    id: u32,
    /// Where it begins.
    at: u64,
    content: Range<u64>,
    has_size: bool,
    /// All that it says to hold is there.
    is_whole: bool,
}

impl Found {
    /// What it holds, all of it.
    fn whole(&self) -> Result<Range<u64>> {
        if self.has_size && self.is_whole { Ok(self.content.clone()) } else { Err(Fault::Broken) }
    }

    fn check(&self) -> Result<()> {
        self.whole().map(drop)
    }
}

/// The first element of a stretch; none where that is empty.
fn first<F: Read + Write + Seek>(file: &mut InPlace<F>, within: &Range<u64>) -> Result<Option<Found>> {
    const ID_MAX: u32 = 4;
    file.step()?;
    if within.is_empty() {
        return Ok(None);
    }
    let at = within.start;
    let (id, id_length) = number(file, at)?;
    let id = u32::try_from(id).ok().filter(|_| id_length <= ID_MAX).ok_or(Fault::Broken)?;
    let size_at = at + u64::from(id_length);
    let (marked, size_length) = number(file, size_at)?;
    // The bit that says how long it is is no part of it; all others set is a size that is not known.
    let mask = (1 << (7 * size_length)) - 1;
    let size = marked & mask;
    let (start, has_size) = (size_at + u64::from(size_length), size != mask);
    let room = within.end.checked_sub(start).ok_or(Fault::Broken)?;
    let is_whole = !has_size || size <= room;
    let end = if has_size { start + size.min(room) } else { within.end };
    Ok(Some(Found { id, at, content: start..end, has_size, is_whole }))
}

/// A number with the bit that says how many bytes it has, and how many these are (RFC 8794, 4).
fn number<F: Read + Write + Seek>(file: &mut InPlace<F>, at: u64) -> Result<(u64, u32)> {
    let [first] = file.read(at)?;
    if first == 0 {
        return Err(Fault::Broken);
    }
    let length = first.leading_zeros() + 1;
    let mut number = u64::from(first);
    for more in 1..u64::from(length) {
        let [byte] = file.read(at + more)?;
        number = number << 8 | u64::from(byte);
    }
    Ok((number, length))
}

/// Makes of an element one that says nothing and ends where it did (RFC 8794, 11.3.2).
fn void<F: Read + Write + Seek>(file: &mut InPlace<F>, found: &Found) -> Result<()> {
    const VOID: u8 = 0xec;
    let content = found.whole()?;
    let length = (content.start - found.at - 1).min(NUMBER_MAX);
    let size = content.end - found.at - 1 - length;
    let marked = size | 1 << (7 * length);
    let mut head = vec![VOID];
    head.extend(
        marked.to_be_bytes().into_iter().skip(usize::try_from(NUMBER_MAX - length).unwrap_or_default()),
    );
    file.write(found.at, &head)?;
    file.clear(found.at + 1 + length..content.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::left;

    /// An element with its size in so many bytes; of zero bytes it is not known.
    fn element(id: u32, width: u32, content: &[u8]) -> Vec<u8> {
        let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        let size = if width == 0 {
            vec![0xff]
        } else {
            let marked = content.len() as u64 | 1 << (7 * width);
            marked.to_be_bytes()[8 - width as usize..].to_vec()
        };
        [&id[..], &size, content].concat()
    }

    /// The same once it says nothing.
    fn voided(of: &[u8], head: usize) -> Vec<u8> {
        let size = (of.len() - head) as u64 | 1 << (7 * (head - 1));
        let size = &size.to_be_bytes()[8 - (head - 1)..];
        [&[0xec][..], size, &vec![0; of.len() - head]].concat()
    }

    const TAGS: u32 = 0x1254_c367;
    const DATE: u32 = 0x4461;
    const TITLE: u32 = 0x7ba9;
    const DURATION: u32 = 0x4489;
    const BLOCK: u32 = 0xa3;

    /// Tracks, of which there is one of this kind.
    fn tracks_of(kind: u8) -> Vec<u8> {
        element(id::TRACKS, 1, &element(id::TRACK, 1, &element(id::TRACK_TYPE, 1, &[kind])))
    }

    /// A film with what tells of it: in its head and behind it, before and after its blocks.
    fn film(is_live: bool, date: &[u8], title: &[u8], tags: &[u8]) -> Vec<u8> {
        let info = element(id::INFO, 4, &[date, &element(DURATION, 1, b"long"), title].concat());
        let track = |kind: u8| element(id::TRACK, 2, &element(id::TRACK_TYPE, 1, &[kind]));
        let tracks = element(id::TRACKS, 8, &[track(SEEN), track(HEARD)].concat());
        let blocks = [element(BLOCK, 1, b"pictures"), element(BLOCK, 2, b"sound")].concat();
        let clusters = [0, 1].map(|_| element(id::CLUSTER, if is_live { 0 } else { 4 }, &blocks)).concat();
        let segment = [tags, &info, &tracks, &clusters, tags].concat();
        let segment = element(id::SEGMENT, if is_live { 0 } else { 8 }, &segment);
        [element(id::HEAD, 1, b"webm"), segment].concat()
    }

    #[test]
    fn what_a_film_tells_of_its_making_is_overwritten_in_its_place() {
        let (date, title) = (element(DATE, 1, b"whenever"), element(TITLE, 8, b"a beach"));
        let tags = element(TAGS, 8, b"the place");
        let both = Some(Tracks { seen: true, heard: true });
        // Of the longest heads a void one is shorter, and holds more.
        let (no_date, no_title, no_tags) = (voided(&date, 3), voided(&title, 9), voided(&tags, 9));
        for is_live in [false, true] {
            let untold = film(is_live, &no_date, &no_title, &no_tags);
            let told = film(is_live, &date, &title, &tags);
            assert_eq!(left(&told, matroska), (untold.clone(), both), "{is_live}");
            assert_eq!(left(&untold, matroska), (untold.clone(), both), "what is clean stays as it is");
        }
    }

    #[test]
    fn a_film_that_was_cut_off_is_one_and_what_is_broken_is_told() {
        let whole = film(false, b"", b"", b"");
        let cut = &whole[..whole.len() - 3];
        assert_eq!(left(cut, matroska), (cut.to_vec(), Some(Tracks { seen: true, heard: true })));
        for broken in [
            b"".to_vec(),
            b"\x1a\x45\xdf\xa3".to_vec(),
            element(id::HEAD, 1, b"webm"),
            [element(id::HEAD, 1, b"webm"), element(id::SEGMENT, 0, b"\0\0")].concat(),
            [element(id::HEAD, 1, b"webm"), element(id::SEGMENT, 0, &element(TAGS, 0, b"place"))].concat(),
            [element(id::HEAD, 1, b"webm"), element(id::SEGMENT, 0, &tracks_of(0x21))].concat(),
            [element(id::HEAD, 1, b"webm"), element(id::SEGMENT, 0, &element(TAGS, 1, b"place")[..6])]
                .concat(),
        ] {
            assert_eq!(left(&broken, matroska), (broken.clone(), None));
        }
    }
}
