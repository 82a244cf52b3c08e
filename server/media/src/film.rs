//! MP4 and `QuickTime` films: boxes within boxes, of which those that say something about the film stand apart.
//!
//! A track that is neither seen nor heard, in which cameras write their way, goes with what it holds. The words that
//! run along with a film are seen, and stay.

use std::io::{Read, Seek, Write};
use std::ops::Range;

use crate::boxes::{self, Found, Name, VERSION_AND_FLAGS};
use crate::in_place::InPlace;
use crate::{Fault, Result, samples};

/// What may be said in a file about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    Nothing,
    /// Of music: its title, who plays it and the like, as shops and players write them.
    Titles,
}

/// What can be seen and heard of a film.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tracks {
    /// There are pictures.
    pub seen: bool,
    /// There is sound.
    pub heard: bool,
}

/// What a stretch of boxes is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    File,
    Movie,
    Track,
    Media,
    Fragment,
    TrackFragment,
    Titles,
}

/// Room that is empty, or was.
const EMPTY: [Name; 3] = [*b"free", *b"skip", *b"wide"];
/// Tracks that are seen or heard (ISO/IEC 14496-12, 12; `QuickTime`'s for words and closed captions).
const SEEN: [Name; 3] = [*b"vide", *b"auxv", *b"pict"];
const HEARD: Name = *b"soun";
const WORDS: [Name; 5] = [*b"text", *b"sbtl", *b"subt", *b"subp", *b"clcp"];

impl Level {
    /// What may be in it, beside empty room.
    const fn kept(self) -> &'static [&'static Name] {
        match self {
            Self::File => {
                &[b"ftyp", b"styp", b"moov", b"moof", b"mfra", b"mdat", b"imda", b"sidx", b"ssix", b"pdin"]
            }
            // In old films the last two are all that players go by.
            Self::Movie => {
                &[b"mvhd", b"trak", b"mvex", b"iods", b"pssh", b"clip", b"ctab", b"prfl", b"cmov", b"rmra"]
            }
            Self::Track => &[
                b"tkhd", b"tref", b"edts", b"mdia", b"load", b"matt", b"clip", b"tapt", b"txas", b"trgr",
                b"imap",
            ],
            Self::Media => &[b"mdhd", b"hdlr", b"minf", b"elng"],
            Self::Fragment => &[b"mfhd", b"traf", b"pssh"],
            Self::TrackFragment => {
                &[b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"sdtp", b"senc"]
            }
            Self::Titles => &[b"meta"],
        }
    }
}

/// Overwrites what a film tells of its making, or a file of sound in the same container.
pub fn film<F: Read + Write + Seek>(file: &mut F, said: Said) -> Result<Tracks> {
    let mut file = InPlace::new(file)?;
    let whole = file.whole();
    walk(&mut file, whole, Level::File, said)
}

/// The same for what is in a part of a file.
pub fn walk<F: Read + Write + Seek>(
    file: &mut InPlace<F>,
    within: Range<u64>,
    level: Level,
    said: Said,
) -> Result<Tracks> {
    let mut tracks = Tracks::default();
    let mut hidden = false;
    let mut left = vec![(within, level)];
    while let Some((within, level)) = left.pop() {
        let Some(found) = boxes::first(file, &within)? else { continue };
        left.push((found.content.end..within.end, level));
        let content = found.content.clone();
        match (level, &found.name) {
            (_, name) if EMPTY.contains(name) => file.clear(content)?,
            (Level::Movie, b"udta") if said == Said::Titles => left.push((content, Level::Titles)),
            (Level::Titles, b"meta") if !has_titles(file, &content)? => boxes::free(file, &found)?,
            (_, name) if !level.kept().contains(&name) => boxes::free(file, &found)?,
            (Level::File, b"moov") => left.push((content, Level::Movie)),
            (Level::Movie, b"trak") => match handler(file, &content)? {
                Some(kind) if kind != HEARD && !SEEN.contains(&kind) && !WORDS.contains(&kind) => {
                    samples::clear(file, &content)?;
                    boxes::free(file, &found)?;
                    hidden = true;
                }
                kind => {
                    tracks.seen |= kind.is_some_and(|kind| SEEN.contains(&kind));
                    tracks.heard |= kind == Some(HEARD);
                    left.push((content, Level::Track));
                }
            },
            (Level::Track, b"mdia") => left.push((content, Level::Media)),
            (Level::Movie, b"mvhd") | (Level::Track, b"tkhd") | (Level::Media, b"mdhd") => {
                clear_times(file, content)?;
            }
            // What such a track has there is in the midst of the others.
            (Level::File, b"moof") if hidden => return Err(Fault::Broken),
            (Level::File, b"moof") => left.push((content, Level::Fragment)),
            (Level::Fragment, b"traf") => left.push((content, Level::TrackFragment)),
            _ => {}
        }
    }
    Ok(tracks)
}

/// What a track is handled by (ISO/IEC 14496-12, 8.4.3); none where it does not say.
fn handler<F: Read + Write + Seek>(file: &mut InPlace<F>, track: &Range<u64>) -> Result<Option<Name>> {
    let Some(media) = boxes::find(file, track, *b"mdia")? else { return Ok(None) };
    let Some(handler) = boxes::find(file, &media.content, *b"hdlr")? else { return Ok(None) };
    handled_by(file, &handler).map(Some)
}

/// Behind its version and what was before it in the history of the format.
fn handled_by<F: Read + Write + Seek>(file: &mut InPlace<F>, handler: &Found) -> Result<Name> {
    const KIND: u64 = VERSION_AND_FLAGS + 4;
    file.read(handler.content.start + KIND)
}

/// Whether a box of sayings is one that shops and players write, and not a camera.
fn has_titles<F: Read + Write + Seek>(file: &mut InPlace<F>, content: &Range<u64>) -> Result<bool> {
    const HANDLER: Name = *b"hdlr";
    let start = content.start + VERSION_AND_FLAGS;
    let Some(first) = boxes::first(file, &(start.min(content.end)..content.end))? else { return Ok(false) };
    Ok(first.name == HANDLER && handled_by(file, &first)? == *b"mdir")
}

/// Where such a box says when it was made and changed: twice 32 bits, or 64 from version 1 on (ISO/IEC 14496-12,
/// 8.2.2).
fn clear_times<F: Read + Write + Seek>(file: &mut InPlace<F>, content: Range<u64>) -> Result<()> {
    let [version] = file.read(content.start)?;
    let from = content.start + VERSION_AND_FLAGS;
    let until = from + if version == 0 { 8 } else { 16 };
    file.clear(from..until.min(content.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boxes::tests::{boxed, freed};
    use crate::tests::{holds, left};

    fn gone_through(bytes: &[u8]) -> (Vec<u8>, Option<Tracks>) {
        left(bytes, |file| film(file, Said::Nothing))
    }

    /// A track of this kind, with more boxes in it.
    fn track(kind: Name, more: &[u8]) -> Vec<u8> {
        let handler = boxed(*b"hdlr", &[&[0; 4], &b"mhlr"[..], &kind, &[0; 13]].concat());
        let media = boxed(*b"mdia", &[&handler[..], more].concat());
        boxed(*b"trak", &media)
    }

    #[test]
    fn what_a_film_tells_of_its_making_is_overwritten_in_its_place() {
        let place = boxed(*b"udta", b"\xa9xyz+06.2-106.8/");
        let film = |place: &[u8], time: [u8; 4], times: [u8; 8], unknown: &[u8]| {
            let header = boxed(*b"mvhd", &[&[0; 4], &time[..], &time, b"rest"].concat());
            let track_header = boxed(*b"tkhd", &[&[1, 0, 0, 7], &times[..], &times, b"rest"].concat());
            let media = boxed(*b"mdia", &boxed(*b"mdhd", &[&[0; 4], &time[..], &time, b"rest"].concat()));
            let track = boxed(*b"trak", &[&track_header, &media[..], place, unknown].concat());
            let movie = boxed(*b"moov", &[&header, &track[..], place].concat());
            let data = [&1_u32.to_be_bytes(), &b"mdat"[..], &24_u64.to_be_bytes(), b"pictures"].concat();
            let last = [&0_u32.to_be_bytes(), &b"mdat"[..], b"udta"].concat();
            [&boxed(*b"ftyp", b"mp42"), &data[..], unknown, &movie, &last].concat()
        };
        let unknown = boxed(*b"GPS ", b"sixteen bytes id+06.2");
        assert_eq!(
            gone_through(&film(&place, *b"time", *b"when, at", &unknown)),
            (film(&freed(&place), [0; 4], [0; 8], &freed(&unknown)), Some(Tracks::default()))
        );
    }

    #[test]
    fn a_track_in_which_a_camera_writes_its_way_goes_with_what_it_holds() {
        const DATA_AT: u32 = 8;
        let chunks = |offsets: &[u32]| {
            let offsets: Vec<u8> = offsets.iter().flat_map(|at| (DATA_AT + at).to_be_bytes()).collect();
            boxed(*b"stco", &[&[0; 4], &2_u32.to_be_bytes()[..], &offsets].concat())
        };
        let runs =
            boxed(*b"stsc", &[[0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 2], [0, 0, 0, 1]].concat());
        let sizes = [0_u32, 0, 4, 2, 3, 1, 4].map(u32::to_be_bytes).concat();
        let table = [runs, boxed(*b"stsz", &sizes), chunks(&[0, 14])].concat();
        let way = track(*b"meta", &boxed(*b"minf", &boxed(*b"stbl", &table)));
        let (seen, heard) = (track(*b"vide", &[]), track(*b"soun", &[]));
        let film = |data: &[u8], way: &[u8]| {
            [boxed(*b"mdat", data), boxed(*b"moov", &[&seen, way, &heard].concat())].concat()
        };
        assert_eq!(
            gone_through(&film(b"north pictureswest sound", &way)),
            (
                film(b"\0\0\0\0\0 pictures\0\0\0\0\0sound", &freed(&way)),
                Some(Tracks { seen: true, heard: true })
            )
        );
        // What it holds in fragments cannot be told from the rest.
        let fragmented = [film(b"north pictureswest sound", &way), boxed(*b"moof", b"")].concat();
        assert_eq!(gone_through(&fragmented).1, None);
    }

    #[test]
    fn a_clip_of_quicktime_tells_no_place() {
        let clip = include_bytes!("../tests/inputs/clip.mov");
        assert!(holds(clip, b"+06.2000+106.8167/"));
        let (left, tracks) = gone_through(clip);
        assert_eq!(tracks, Some(Tracks { seen: true, heard: true }));
        for word in [&b"+06.2000"[..], b"GPSMARKER", b"loci", b"mdta", b"udta"] {
            assert!(!holds(&left, word), "{word:?}");
        }
        // The film itself.
        assert_eq!(left[..13_470], clip[..13_470]);
        assert_eq!(gone_through(&left), (left.clone(), tracks), "what is clean stays as it is");
    }

    #[test]
    fn music_keeps_its_titles_and_no_place() {
        let handler = |kind: &[u8]| boxed(*b"hdlr", &[&[0; 8], kind, &[0; 13]].concat());
        let titles = boxed(*b"meta", &[&[0; 4], &handler(b"mdir")[..], &boxed(*b"ilst", b"title")].concat());
        let of_camera =
            boxed(*b"meta", &[&[0; 4], &handler(b"mdta")[..], &boxed(*b"keys", b"place")].concat());
        let place = boxed(*b"\xa9xyz", b"+06.2-106.8/");
        let sound = |place: &[u8], of_camera: &[u8]| {
            let said = boxed(*b"udta", &[&titles[..], place, of_camera].concat());
            [boxed(*b"ftyp", b"M4A "), boxed(*b"moov", &said)].concat()
        };
        let (left, _) = left(&sound(&place, &of_camera), |file| film(file, Said::Titles));
        assert_eq!(left, sound(&freed(&place), &freed(&of_camera)));
    }

    #[test]
    fn what_is_broken_is_told_and_what_is_cut_off_is_a_film() {
        let cut = boxed(*b"moov", &boxed(*b"udta", b"place"));
        for broken in [
            b"\0\0\0\x04moov".to_vec(),
            b"\0\0\0\x01moov\0\0".to_vec(),
            b"\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
            cut[..cut.len() - 1].to_vec(),
            boxed(*b"moov", b"\0\0\0\x40udtaplace"),
            boxed(*b"moov", &boxed(*b"mvhd", b"")),
        ] {
            assert_eq!(gone_through(&broken), (broken.clone(), None));
        }
        for whole in [b"".to_vec(), b"\0\0\0".to_vec(), b"\0\0\0\x40mdatpictures".to_vec()] {
            assert_eq!(gone_through(&whole), (whole.clone(), Some(Tracks::default())));
        }
    }
}
