//! JPEG (T.81).

use sapa_model::AppResult;

use super::{Kept, damaged};

/// Markers (T.81, table B.1).
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
/// A colour profile comes in so many pieces at the most (ICC.1:2022, B.4).
const PROFILE_PIECES_MAX: usize = 255;

/// Keeps the segments that make the picture, with its colour profile. Decoders forgive what was cut off; nobody
/// else would.
pub fn jpeg(bytes: &[u8]) -> AppResult<Kept> {
    let mut rest = bytes.strip_prefix(&[0xff, SOI]).ok_or_else(|| damaged("no JPEG"))?;
    let mut kept = Kept::of(bytes);
    kept.bytes.extend_from_slice(&[0xff, SOI]);
    let mut profile_pieces = 0;
    while let Some(segment) = take_segment(&mut rest)? {
        match segment.marker {
            APP1 => {
                if let Some(exif) = segment.contents.strip_prefix(b"Exif\0\0") {
                    kept.turned_by(exif);
                }
            }
            APP2 => profile_pieces += 1,
            _ => {}
        }
        if segment.marker != APP2 || profile_pieces <= PROFILE_PIECES_MAX {
            keep(&mut kept.bytes, &segment);
        }
    }
    kept.bytes.extend_from_slice(&[0xff, EOI]);
    Ok(kept)
}

struct Segment<'a> {
    marker: u8,
    contents: &'a [u8],
    /// Of a scan, with the restarts that belong to it.
    pixels: &'a [u8],
}

/// The next segment; none at the end of the picture.
fn take_segment<'a>(rest: &mut &'a [u8]) -> AppResult<Option<Segment<'a>>> {
    let cut_off = || damaged("no end of image");
    // Whatever stands between two means nothing, like bytes that fill; browsers pass over both.
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff);
    let at = rest.windows(2).position(is_marker).ok_or_else(cut_off)?;
    let (marker, body) = (rest[at + 1], &rest[at + 2..]);
    if marker == EOI {
        return Ok(None);
    }
    let (length, _) = body.split_first_chunk::<2>().ok_or_else(cut_off)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let contents = body.get(2..length).ok_or_else(cut_off)?;
    let body = &body[length..];
    let pixels = if marker == SOS {
        let ends = |pair: &[u8]| is_marker(pair) && !matches!(pair[1], RST0..=RST7);
        body.windows(2).position(ends).ok_or_else(cut_off)?
    } else {
        0
    };
    let (pixels, after) = body.split_at(pixels);
    *rest = after;
    Ok(Some(Segment { marker, contents, pixels }))
}

/// Writes a segment, as far as it makes the picture.
fn keep(out: &mut Vec<u8>, segment: &Segment<'_>) {
    const JFIF: usize = 14;
    const ADOBE: usize = 12;
    let mut alone = [0; JFIF];
    let contents = match segment.marker {
        // Frames, tables, scans and their like.
        SOF0..=SOF15 | SOS..=EXP => segment.contents,
        APP2 if segment.contents.starts_with(b"ICC_PROFILE\0") => segment.contents,
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

    use super::super::tests::{picture, tells};
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
        let kept = jpeg(&bytes).unwrap().bytes;
        assert!(!tells(&kept));
        assert!(kept.windows(profile.len()).any(|window| window == profile));
        assert_eq!(image::load_from_memory(&kept).unwrap(), image::load_from_memory(&plain).unwrap());
        assert_eq!(jpeg(&plain).unwrap().bytes, plain, "what is clean stays as it is");
    }

    #[test]
    fn of_a_profile_no_more_pieces_are_kept_than_there_can_be() {
        let plain = picture(ImageFormat::Jpeg);
        let pieces = segment(APP2, b"ICC_PROFILE\0\x01\x01colours").repeat(100_000);
        let kept = jpeg(&[&plain[..2], &pieces, &plain[2..]].concat()).unwrap().bytes;
        assert_eq!(image::load_from_memory(&kept).unwrap(), image::load_from_memory(&plain).unwrap());
        assert!(kept.len() < plain.len() + 255 * 30, "{}", kept.len());
    }
}
