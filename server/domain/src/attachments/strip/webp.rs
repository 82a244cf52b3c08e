//! WebP (RFC 9649).

mod codes;

use std::borrow::Cow;

use sapa_model::AppResult;

pub use codes::CODES_MAX;
use sapa_model::limits::PICTURE_PIXELS_MAX;

use super::{Frames, Kept, damaged};

/// WebP's chunks that make the picture: its size and features, colours, frames, pixels (RFC 9649, 2.7).
const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"];
/// Those within a frame.
const FRAME_KEPT: [&[u8; 4]; 3] = [b"ALPH", b"VP8 ", b"VP8L"];
/// The features that a WebP may say it has: a colour profile, transparency, frames; not what tells of it.
const FEATURES: u8 = 0b0011_0010;
/// The feature that it has frames.
const ANIMATION: u8 = 0b10;
/// Where a frame is shown, its sides, and for how long.
const FRAME_HEAD: usize = 16;

/// Keeps the chunks of [`KEPT`].
pub fn webp(bytes: &[u8]) -> AppResult<Kept> {
    // A RIFF file says how long it is; what stands behind is not part of it.
    let length = bytes.get(4..8).and_then(|size| <[u8; 4]>::try_from(size).ok()).map(u32::from_le_bytes);
    let length = length.and_then(|length| usize::try_from(length).ok()).unwrap_or_default().saturating_add(8);
    let mut rest = bytes.get(12..length).ok_or_else(|| damaged("cut off"))?;
    let mut kept = Kept::of(bytes);
    // Its size is told when it is known.
    kept.bytes.extend_from_slice(b"RIFF\0\0\0\0WEBP");
    let mut frames = Frames::default();
    let mut canvas = None;
    while let Some((kind, content)) = take_chunk(&mut rest)? {
        check_codes(kind, content, canvas)?;
        match &kind {
            b"EXIF" => kept.turned_by(content),
            b"VP8X" if canvas.is_none() => {
                let head = content.get(..10).ok_or_else(|| damaged("cut off"))?;
                canvas = Some((side(&head[4..7]), side(&head[7..10])));
                kept.animated = head[0] & ANIMATION != 0;
            }
            b"ANMF" => {
                let head = content.get(..FRAME_HEAD).ok_or_else(|| damaged("cut off"))?;
                frames.count(side(&head[6..9]), side(&head[9..12]))?;
            }
            _ => {}
        }
        if KEPT.contains(&&kind) {
            write_chunk(&mut kept.bytes, kind, content)?;
        }
    }
    let size = riff_size(kept.bytes.len() - 8)?;
    kept.bytes[4..8].copy_from_slice(&size);
    Ok(kept)
}

/// The kind of the next chunk and what it holds; none at the end.
fn take_chunk<'a>(rest: &mut &'a [u8]) -> AppResult<Option<([u8; 4], &'a [u8])>> {
    let Some((kind, more)) = rest.split_first_chunk::<4>() else { return Ok(None) };
    let (size, more) = more.split_first_chunk::<4>().ok_or_else(|| damaged("cut off"))?;
    let size = usize::try_from(u32::from_le_bytes(*size)).map_err(damaged)?;
    let content = more.get(..size).ok_or_else(|| damaged("cut off"))?;
    // Each begins at an even place.
    *rest = more.get(size.next_multiple_of(2)..).unwrap_or_default();
    Ok(Some((*kind, content)))
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
            let mut rest = &content[FRAME_HEAD..];
            while let Some((kind, content)) = take_chunk(&mut rest)? {
                check_codes(kind, content, Some(sides))?;
                if FRAME_KEPT.contains(&&kind) {
                    write_chunk(&mut frame, kind, content)?;
                }
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
mod tests {
    use image::ImageFormat;

    use super::super::tests::picture;
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
        let kept = webp(&still).unwrap().bytes;
        assert_eq!(kept, riff(&[features(0b0010_0000, &[0; 3]), pixels.clone()]));
        assert_eq!(image::load_from_memory(&kept).unwrap(), image::load_from_memory(&plain).unwrap());

        let place = [0, 0, 0, 0, 0, 0, 6, 0, 0, 4, 0, 0, 100, 0, 0, 0];
        let frame = |more: Vec<u8>| chunk(*b"ANMF", &[&place[..], &pixels, &more].concat());
        let film = riff(&[
            features(0b0000_0010, &[0; 3]),
            chunk(*b"ANIM", b"\0\0\0\0\0\0 secret"),
            frame(told(*b"EXIF")),
            frame(Vec::new()),
        ]);
        let kept = webp(&film).unwrap();
        assert!(kept.animated);
        let kept = kept.bytes;
        let wanted =
            [features(0b0000_0010, &[0; 3]), chunk(*b"ANIM", &[0; 6]), frame(Vec::new()), frame(Vec::new())];
        assert_eq!(kept, riff(&wanted));
        assert_eq!(webp(&kept).unwrap().bytes, kept, "what is clean stays as it is");
        for cut in [8, 20, 40, kept.len() - 3] {
            assert!(webp(&kept[..cut]).is_err(), "{cut}");
        }
    }
}
