//! JPEG (T.81).

use bytes::Bytes;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use sapa_model::AppResult;

use super::damaged;

/// Keeps the segments that make the picture, with its colour profile.
pub fn jpeg(mut bytes: Vec<u8>) -> AppResult<Vec<u8>> {
    bytes.truncate(jpeg_end(&bytes)?);
    let mut jpeg = Jpeg::from_bytes(Bytes::from(bytes)).map_err(damaged)?;
    let kept = std::mem::take(jpeg.segments_mut()).into_iter().filter_map(jpeg_segment).collect();
    *jpeg.segments_mut() = kept;
    Ok(jpeg.encoder().bytes().to_vec())
}

/// A segment of a JPEG, as far as it makes the picture.
fn jpeg_segment(segment: JpegSegment) -> Option<JpegSegment> {
    let contents = segment.contents();
    match segment.marker() {
        // Frames, tables, scans and their like (T.81, table B.1).
        markers::SOF0..=markers::SOF15 | markers::SOS..=markers::EXP => Some(segment),
        markers::APP2 if contents.starts_with(b"ICC_PROFILE\0") => Some(segment),
        // How dense its pixels are (T.871, 10.1), without the small picture that may follow.
        markers::APP0 if contents.starts_with(b"JFIF\0") => {
            let mut alone = contents.get(..14)?.to_vec();
            alone[12..].fill(0);
            Some(JpegSegment::new_with_contents(markers::APP0, alone.into()))
        }
        // How its colours are coded (T.872, 6.5.3).
        markers::APP14 if contents.starts_with(b"Adobe") => {
            Some(JpegSegment::new_with_contents(markers::APP14, contents.slice(..12.min(contents.len()))))
        }
        _ => None,
    }
}

/// Where the picture ends. Decoders forgive what was cut off; nobody else would.
pub fn jpeg_end(bytes: &[u8]) -> AppResult<usize> {
    last_marker(bytes).ok_or_else(|| damaged("no end of image"))
}

/// The place behind the last marker (T.81, B.1.1).
fn last_marker(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let marker = match bytes.get(at..at + 2)? {
            // A marker may be led in by any number of these.
            [0xff, 0xff] => {
                at += 1;
                continue;
            }
            [0xff, marker] => *marker,
            _ => return None,
        };
        at += 2;
        if marker == markers::EOI {
            return Some(at);
        }
        let length = bytes.get(at..at + 2)?;
        at += usize::from(u16::from_be_bytes([length[0], length[1]]));
        if marker == markers::SOS {
            // Pixels: no marker but for restarts, which belong to them, until the next one.
            let is_marker =
                |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff | markers::RST0..=markers::RST7);
            at += bytes.get(at..)?.windows(2).position(is_marker)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;

    use super::super::tests::{picture, tells};
    use super::*;

    #[test]
    fn a_jpeg_keeps_its_profile_and_no_small_picture_or_comment() {
        let plain = picture(ImageFormat::Jpeg);
        let segment = |marker: u8, content: &[u8]| {
            let size = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
            [&[0xff, marker][..], &size, content].concat()
        };
        let profile = segment(markers::APP2, b"ICC_PROFILE\0\x01\x01colours");
        let told = [
            segment(markers::APP0, b"JFXX\0\x10 secret"),
            segment(markers::APP0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x02 secret"),
            segment(markers::APP1, b"Exif\0\0 secret"),
            segment(markers::APP2, b"MPF\0 secret"),
            segment(0xf0, b"secret"),
            segment(markers::COM, b"secret"),
            segment(markers::APP14, b"Adobe\0\x64\0\0\0\0\x01 secret"),
            profile.clone(),
        ];
        let bytes = [&plain[..2], &told.concat(), &plain[2..]].concat();
        let kept = jpeg(bytes).unwrap();
        assert!(!tells(&kept));
        assert!(kept.windows(profile.len()).any(|window| window == profile));
        assert_eq!(image::load_from_memory(&kept).unwrap(), image::load_from_memory(&plain).unwrap());
    }
}
