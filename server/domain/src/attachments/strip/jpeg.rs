//! JPEG (T.81).

use super::{Kept, PROFILE_MAX, damaged};
use crate::attachments::colours::Told;

/// Markers (T.81, table B.1).
const RESERVED_LAST: u8 = 0xbf;
const SOF0: u8 = 0xc0;
const SOF15: u8 = 0xcf;
const RST0: u8 = 0xd0;
const RST7: u8 = 0xd7;
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const EXP: u8 = 0xdf;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
/// What a piece of a colour profile begins with (ICC.1:2022, B.4).
const PROFILE: &[u8] = b"ICC_PROFILE\0";
/// It comes in so many at the most.
const PROFILE_PIECES_MAX: usize = 255;
const EXIF: &[u8] = b"Exif\0\0";

/// Keeps the segments that make the picture, with its colour profile. Like browsers it goes on as far as the file
/// does, whether it says that it ends or not.
pub fn jpeg(bytes: &[u8]) -> Kept {
    let mut rest = bytes.strip_prefix(&[0xff, SOI]).unwrap_or_default();
    let mut kept = Kept::of(bytes);
    kept.bytes.extend_from_slice(&[0xff, SOI]);
    let pieces = profile_pieces(rest);
    kept.colours = whole_profile(&pieces).map(Told::Profile);
    let (mut pieces_left, mut has_pixels) = (pieces.len(), false);
    while let Some(segment) = take_segment(&mut rest) {
        match segment.marker {
            SOS => has_pixels = true,
            APP1 => {
                if let Some(exif) = segment.contents.strip_prefix(EXIF) {
                    kept.turned_by(exif);
                }
            }
            APP2 if segment.contents.starts_with(PROFILE) => {
                // What comes later than the pixels is none.
                let Some(left) = pieces_left.checked_sub(1).filter(|_| !has_pixels) else { continue };
                pieces_left = left;
            }
            _ => {}
        }
        keep(&mut kept.bytes, &segment);
    }
    kept.bytes.extend_from_slice(&[0xff, EOI]);
    if !has_pixels {
        kept.blame(damaged("no pixels"));
    }
    kept
}

/// The same picture with what Exif says of it.
pub fn with_exif(bytes: &[u8], exif: &[u8]) -> Vec<u8> {
    const START: usize = 2;
    let size = u16::try_from(2 + EXIF.len() + exif.len()).unwrap_or(u16::MAX).to_be_bytes();
    let (start, rest) = bytes.split_at(START.min(bytes.len()));
    [start, &[0xff, APP1], &size, EXIF, exif, rest].concat()
}

/// The pieces of a colour profile before the pixels; none of one that is too large.
fn profile_pieces(mut rest: &[u8]) -> Vec<&[u8]> {
    let (mut pieces, mut size) = (Vec::new(), 0);
    while let Some(segment) = take_segment(&mut rest).filter(|segment| segment.marker != SOS) {
        let piece = segment.contents.strip_prefix(PROFILE).filter(|_| segment.marker == APP2);
        if let Some(piece) = piece.filter(|_| pieces.len() < PROFILE_PIECES_MAX) {
            size += piece.len();
            pieces.push(piece);
        }
    }
    if size > PROFILE_MAX { Vec::new() } else { pieces }
}

/// A profile put together of its pieces, each of which says which it is of how many.
fn whole_profile(pieces: &[&[u8]]) -> Option<Vec<u8>> {
    let numbered = |piece: &&[u8]| match **piece {
        [number, count, ..] => Some((number, count)),
        _ => None,
    };
    let mut pieces: Vec<_> =
        pieces.iter().filter_map(|piece| Some((numbered(piece)?, &piece[2..]))).collect();
    pieces.sort_by_key(|((number, _), _)| *number);
    pieces.dedup_by_key(|((number, _), _)| *number);
    let ((_, count), _) = *pieces.first()?;
    let is_whole = pieces.iter().map(|((number, _), _)| *number).eq(1..=count);
    is_whole.then(|| pieces.iter().flat_map(|(_, piece)| *piece).copied().collect())
}

/// Whether nothing belongs to a marker but itself: it restarts a scan, begins a picture or is reserved.
pub const fn stands_alone(marker: u8) -> bool {
    matches!(marker, 0..=RESERVED_LAST | RST0..=RST7 | SOI)
}

struct Segment<'a> {
    marker: u8,
    contents: &'a [u8],
    /// Of a scan, with the restarts that belong to it.
    pixels: &'a [u8],
}

/// The next segment; none at the end of the picture, or where nothing whole is left of it.
fn take_segment<'a>(rest: &mut &'a [u8]) -> Option<Segment<'a>> {
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff);
    loop {
        // Whatever stands between two means nothing, like bytes that fill; browsers pass over both.
        let at = rest.windows(2).position(is_marker)?;
        let (marker, body) = (rest[at + 1], &rest[at + 2..]);
        if marker == EOI {
            return None;
        }
        if stands_alone(marker) {
            *rest = body;
            continue;
        }
        let (length, _) = body.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let contents = body.get(2..length)?;
        let body = &body[length..];
        let pixels = if marker == SOS {
            let ends = |pair: &[u8]| is_marker(pair) && !matches!(pair[1], RST0..=RST7);
            body.windows(2).position(ends).unwrap_or(body.len())
        } else {
            0
        };
        let (pixels, after) = body.split_at(pixels);
        *rest = after;
        return Some(Segment { marker, contents, pixels });
    }
}

/// Writes a segment, as far as it makes the picture.
fn keep(out: &mut Vec<u8>, segment: &Segment<'_>) {
    const JFIF: usize = 14;
    const ADOBE: usize = 12;
    let mut alone = [0; JFIF];
    let contents = match segment.marker {
        // Frames, tables, scans and their like.
        SOF0..=SOF15 | SOS..=EXP => segment.contents,
        APP2 if segment.contents.starts_with(PROFILE) => segment.contents,
        // How dense its pixels are (T.871, 10.1), without the small picture that may follow.
        APP0 if segment.contents.starts_with(b"JFIF\0") && segment.contents.len() >= JFIF => {
            alone[..12].copy_from_slice(&segment.contents[..12]);
            &alone[..]
        }
        // How its colours are coded (T.872, 6.5.3).
        APP14 if segment.contents.starts_with(b"Adobe") => {
            &segment.contents[..ADOBE.min(segment.contents.len())]
        }
        _ => return,
    };
    // It was as long before, or longer.
    let length = u16::try_from(contents.len() + 2).unwrap_or(u16::MAX);
    out.extend_from_slice(&[0xff, segment.marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(contents);
    out.extend_from_slice(segment.pixels);
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;

    use super::super::tests::{picture, sound, tells};
    use super::*;

    const COM: u8 = 0xfe;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let size = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &size, content].concat()
    }

    #[test]
    fn a_jpeg_keeps_its_profile_and_no_small_picture_or_comment() {
        let plain = picture(ImageFormat::Jpeg);
        let profile = segment(APP2, b"ICC_PROFILE\0\x01\x01colours");
        let told = [
            segment(APP0, b"JFXX\0\x10 secret"),
            segment(APP0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x02 secret"),
            segment(APP1, b"Exif\0\0 secret"),
            segment(APP2, b"MPF\0 secret"),
            segment(0xf0, b"secret"),
            segment(COM, b"secret"),
            segment(APP14, b"Adobe\0\x64\0\0\0\0\x01 secret"),
            b"secret".to_vec(),
            profile.clone(),
        ];
        let bytes = [&plain[..2], &told.concat(), &plain[2..], b"secret"].concat();
        let kept = sound(jpeg(&bytes));
        assert!(!tells(&kept));
        assert!(kept.windows(profile.len()).any(|window| window == profile));
        assert_eq!(image::load_from_memory(&kept).unwrap(), image::load_from_memory(&plain).unwrap());
        assert_eq!(sound(jpeg(&plain)), plain, "what is clean stays as it is");
    }

    #[test]
    fn of_a_profile_no_more_is_kept_than_there_can_be() {
        let plain = picture(ImageFormat::Jpeg);
        let with = |pieces: &[u8]| sound(jpeg(&[&plain[..2], pieces, &plain[2..]].concat()));
        let kept = with(&segment(APP2, b"ICC_PROFILE\0\x01\x01colours").repeat(100_000));
        assert_eq!(image::load_from_memory(&kept).unwrap(), image::load_from_memory(&plain).unwrap());
        assert!(kept.len() < plain.len() + 255 * 30, "{}", kept.len());
        let large = segment(APP2, &[b"ICC_PROFILE\0\x01\x20", &vec![7; 60_000][..]].concat());
        assert_eq!(with(&large.repeat(20)), plain);
    }

    #[test]
    fn a_profile_is_put_together_in_the_order_of_its_pieces() {
        let plain = picture(ImageFormat::Jpeg);
        let told = |pieces: &[&[u8]]| {
            let piece = |piece: &&[u8]| segment(APP2, &[PROFILE, *piece].concat());
            let pieces: Vec<u8> = pieces.iter().flat_map(piece).collect();
            match jpeg(&[&plain[..2], &pieces, &plain[2..]].concat()).colours {
                Some(Told::Profile(profile)) => Some(profile),
                _ => None,
            }
        };
        assert_eq!(told(&[b"\x02\x02urs", b"\x01\x02colo", b"\x01\x02else"]), Some(b"colours".to_vec()));
        let broken: [&[&[u8]]; 5] = [&[], &[b"\x01\x02colo"], &[b"\x02\x02urs"], &[b"\x01"], &[b"\0\0"]];
        for broken in broken {
            assert_eq!(told(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn what_browsers_pass_over_is_passed_over() {
        let plain = picture(ImageFormat::Jpeg);
        let whole = image::load_from_memory(&plain).unwrap();
        let behind_head = 20;
        for stray in [&b"\0\0\0"[..], b"\xff\xff", b"\xff\x01\xff\xd8\xff\xd0", b"\xff\x02stray"] {
            let bytes = [&plain[..behind_head], stray, &plain[behind_head..]].concat();
            assert_eq!(sound(jpeg(&bytes)), plain, "{stray:?}");
        }
        let kept = sound(jpeg(&plain[..plain.len() - 2]));
        assert_eq!(image::load_from_memory(&kept).unwrap(), whole, "without its end");
        assert!(jpeg(&plain[..behind_head]).fault.is_some(), "without its pixels");
    }
}
