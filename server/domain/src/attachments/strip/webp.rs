//! WebP (RFC 9649).

mod codes;

use std::borrow::Cow;

use sapa_model::limits::PICTURE_PIXELS_MAX;
use sapa_model::{AppError, AppResult};

pub use codes::CODES_MAX;

use super::{Frames, Kept, PROFILE_MAX, damaged};
use crate::attachments::colours::Told;

/// WebP's chunks that make the picture: its size and features, colours, frames, pixels (RFC 9649, 2.7).
const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"];
/// Those within a frame.
const FRAME_KEPT: [&[u8; 4]; 3] = [b"ALPH", b"VP8 ", b"VP8L"];
/// The features that a WebP may say it has: a colour profile, transparency, frames; not what tells of it.
const FEATURES: u8 = 0b0011_0010;
/// The features that it has frames, a colour profile, and something told by Exif.
const ANIMATION: u8 = 0b10;
const PROFILE: u8 = 0b10_0000;
const EXIF: u8 = 0b1000;
/// Where a frame is shown, its sides, and for how long.
const FRAME_HEAD: usize = 16;

/// Keeps the chunks of [`KEPT`].
pub fn webp(bytes: &[u8]) -> Kept {
    let mut kept = Kept::of(bytes);
    // A RIFF file says how long it is; what stands behind is not part of it.
    let length = bytes.get(4..8).and_then(|size| <[u8; 4]>::try_from(size).ok()).map(u32::from_le_bytes);
    let length = length.and_then(|length| usize::try_from(length).ok()).unwrap_or_default().saturating_add(8);
    let mut rest = bytes.get(12..length.min(bytes.len())).unwrap_or_default();
    if length > bytes.len() {
        kept.blame(damaged("cut off"));
    }
    // Its size is told when it is known.
    kept.bytes.extend_from_slice(b"RIFF\0\0\0\0WEBP");
    let mut frames = Frames::default();
    let mut canvas = None;
    while let Some((kind, content)) = take_chunk(&mut rest, &mut kept.fault) {
        if kept.fault.is_none() {
            kept.check(check_codes(kind, content, canvas));
        }
        match (&kind, content) {
            (b"EXIF", _) => kept.turned_by(content),
            (b"VP8X", [features, _, _, _, sides @ ..]) if canvas.is_none() && sides.len() >= 6 => {
                canvas = Some((side(&sides[..3]), side(&sides[3..6])));
                kept.animated = features & ANIMATION != 0;
            }
            (b"ICCP", profile) => {
                // There can be one, of a size that browsers may unpack.
                if kept.colours.is_some() || profile.len() > PROFILE_MAX {
                    continue;
                }
                kept.colours = Some(Told::Profile(profile.to_vec()));
            }
            (b"ANMF", head) if head.len() >= FRAME_HEAD => {
                kept.check(frames.count(side(&head[6..9]), side(&head[9..12])));
            }
            _ => {}
        }
        if KEPT.contains(&&kind) {
            let written = write_chunk(&mut kept.bytes, kind, content);
            kept.check(written);
        }
    }
    if kept.colours.is_none() {
        set_features(&mut kept.bytes, |features| features & !PROFILE);
    }
    tell_size(&mut kept.bytes);
    kept
}

/// The same picture with what Exif says of it; as it is where it has no room for that.
pub fn with_exif(mut bytes: Vec<u8>, exif: &[u8]) -> Vec<u8> {
    if set_features(&mut bytes, |features| features | EXIF) {
        // Written as it is: it has a size.
        let _ = write_chunk(&mut bytes, *b"EXIF", exif);
        tell_size(&mut bytes);
    }
    bytes
}

/// Changes the features that a picture says it has, if it says any: first of all.
fn set_features(bytes: &mut [u8], change: impl FnOnce(u8) -> u8) -> bool {
    const FEATURES_AT: usize = 20;
    let is_extended = bytes.get(12..16).is_some_and(|kind| kind == b"VP8X");
    if let Some(features) = bytes.get_mut(FEATURES_AT).filter(|_| is_extended) {
        *features = change(*features);
    }
    is_extended
}

fn tell_size(bytes: &mut [u8]) {
    let size = u32::try_from(bytes.len() - 8).unwrap_or(u32::MAX);
    bytes[4..8].copy_from_slice(&size.to_le_bytes());
}

/// The kind of the next chunk and what it holds; none at the end. Of one that was cut off there is what is there.
fn take_chunk<'a>(rest: &mut &'a [u8], fault: &mut Option<AppError>) -> Option<([u8; 4], &'a [u8])> {
    let (kind, more) = rest.split_first_chunk::<4>()?;
    let (size, more) = more.split_first_chunk::<4>()?;
    let size = usize::try_from(u32::from_le_bytes(*size)).unwrap_or(usize::MAX);
    if size > more.len() {
        fault.get_or_insert_with(|| damaged("cut off"));
    }
    // Each begins at an even place.
    *rest = more.get(size.checked_next_multiple_of(2)?..).unwrap_or_default();
    Some((*kind, &more[..size.min(more.len())]))
}

/// Writes a chunk, as far as it makes the picture.
fn write_chunk(out: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) -> AppResult<()> {
    let first = |count: usize| content.get(..count).ok_or_else(|| damaged("cut off"));
    let content = match &kind {
        // Its features, three bytes that are reserved, and its sides.
        b"VP8X" => {
            let head = first(10)?;
            Cow::Owned([&[head[0] & FEATURES, 0, 0, 0], &head[4..]].concat())
        }
        b"ANIM" => Cow::Borrowed(first(6)?),
        // Where a frame is shown and for how long, then its pixels.
        b"ANMF" => {
            let mut frame = first(FRAME_HEAD)?.to_vec();
            let sides = (side(&frame[6..9]), side(&frame[9..12]));
            let (mut rest, mut fault) = (&content[FRAME_HEAD..], None);
            while let Some((kind, content)) = take_chunk(&mut rest, &mut fault) {
                check_codes(kind, content, Some(sides))?;
                if FRAME_KEPT.contains(&&kind) {
                    write_chunk(&mut frame, kind, content)?;
                }
            }
            if let Some(fault) = fault {
                return Err(fault);
            }
            Cow::Owned(frame)
        }
        _ => Cow::Borrowed(content),
    };
    out.extend_from_slice(&kind);
    out.extend_from_slice(&riff_size(content.len())?);
    out.extend_from_slice(&content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
    Ok(())
}

/// Refuses what a decoder would build into far more than it is; what shines through a picture has its sides.
fn check_codes(kind: [u8; 4], content: &[u8], sides: Option<(u64, u64)>) -> AppResult<()> {
    let (packed, (width, height)) = match (&kind, content, sides) {
        // Its signature, and its sides less one in 14 bits each (RFC 9649, 3.4).
        (b"VP8L", [_, b0, b1, b2, b3, packed @ ..], _) => {
            let head = u64::from(u32::from_le_bytes([*b0, *b1, *b2, *b3]));
            (packed, ((head & 0x3fff) + 1, (head >> 14 & 0x3fff) + 1))
        }
        // Where it says so, it is packed in the same way (RFC 9649, 2.7.1.2).
        (b"ALPH", [how, packed @ ..], Some(sides)) if how & 0b11 == 1 => (packed, sides),
        _ => return Ok(()),
    };
    if width * height > PICTURE_PIXELS_MAX {
        return Err(damaged("sides"));
    }
    let side = |side| usize::try_from(side).map_err(damaged);
    if codes::are_bearable(packed, side(width)?, side(height)?).map_err(damaged)? {
        Ok(())
    } else {
        Err(damaged("codes"))
    }
}

/// A side, told less one in three bytes.
fn side(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |side, byte| side << 8 | u64::from(*byte)) + 1
}

fn riff_size(bytes: usize) -> AppResult<[u8; 4]> {
    Ok(u32::try_from(bytes).map_err(damaged)?.to_le_bytes())
}

#[cfg(test)]
pub mod tests {
    use image::ImageFormat;

    use super::super::tests::{picture, sound};
    use super::*;

    fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
        let pad = if content.len() % 2 == 1 { &[0][..] } else { &[] };
        [&kind[..], &u32::try_from(content.len()).unwrap().to_le_bytes(), content, pad].concat()
    }

    fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
        let chunks = chunks.concat();
        let size = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
        [&b"RIFF"[..], &size, b"WEBP", &chunks].concat()
    }

    /// The same picture where it says what features it has: none.
    pub fn extended(plain: &[u8]) -> Vec<u8> {
        riff(&[chunk(*b"VP8X", &[0, 0, 0, 0, 6, 0, 0, 4, 0, 0]), plain[12..].to_vec()])
    }

    #[test]
    fn a_webp_keeps_what_makes_the_picture_and_nothing_that_nobody_knows() {
        let plain = picture(ImageFormat::WebP);
        let pixels = plain[12..].to_vec();
        let sides = [6, 0, 0, 4, 0, 0];
        let features =
            |bits: u8, reserved: &[u8; 3]| chunk(*b"VP8X", &[&[bits], &reserved[..], &sides].concat());
        let told = |kind: [u8; 4]| chunk(kind, b"a secret place");
        let still = riff(&[
            features(0b1110_1100, b"sec"),
            told(*b"JUNK"),
            told(*b"EXIF"),
            pixels.clone(),
            told(*b"XMP "),
            told(*b"sony"),
        ]);
        let kept = sound(webp(&still));
        assert_eq!(kept, riff(&[features(0, &[0; 3]), pixels.clone()]));
        assert_eq!(image::load_from_memory(&kept).unwrap(), image::load_from_memory(&plain).unwrap());

        let place = [0, 0, 0, 0, 0, 0, 6, 0, 0, 4, 0, 0, 100, 0, 0, 0];
        let frame = |more: Vec<u8>| chunk(*b"ANMF", &[&place[..], &pixels, &more].concat());
        let film = riff(&[
            features(0b0000_0010, &[0; 3]),
            chunk(*b"ANIM", b"\0\0\0\0\0\0 secret"),
            frame(told(*b"EXIF")),
            frame(Vec::new()),
        ]);
        let kept = webp(&film);
        assert!(kept.animated);
        let kept = sound(kept);
        let wanted =
            [features(0b0000_0010, &[0; 3]), chunk(*b"ANIM", &[0; 6]), frame(Vec::new()), frame(Vec::new())];
        assert_eq!(kept, riff(&wanted));
        assert_eq!(sound(webp(&kept)), kept, "what is clean stays as it is");
        for cut in [8, 20, 40, kept.len() - 3] {
            assert!(webp(&kept[..cut]).fault.is_some(), "{cut}");
        }
    }

    #[test]
    fn of_colour_profiles_one_stays_that_browsers_may_unpack() {
        let plain = picture(ImageFormat::WebP)[12..].to_vec();
        let with = |features: u8, profiles: &[u8]| {
            riff(&[chunk(*b"VP8X", &[features, 0, 0, 0, 6, 0, 0, 4, 0, 0]), profiles.to_vec(), plain.clone()])
        };
        let profile = chunk(*b"ICCP", b"colours");
        let kept = webp(&with(PROFILE, &profile.repeat(2)));
        assert_eq!(kept.colours, Some(Told::Profile(b"colours".to_vec())));
        assert_eq!(sound(kept), with(PROFILE, &profile));
        let large = webp(&with(PROFILE, &chunk(*b"ICCP", &vec![0; PROFILE_MAX + 1])));
        assert_eq!((large.colours.is_none(), sound(large)), (true, with(0, b"")));
    }
}
