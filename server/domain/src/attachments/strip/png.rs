//! PNG, and APNG (PNG, third edition).

use std::io::{Read as _, sink};

use flate2::read::ZlibDecoder;
use sapa_model::AppResult;

use super::{Frames, Kept, damaged};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Chunks that make the picture: its pixels, colours, size and, for APNG, its frames
/// (PNG, third edition, 11).
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV",
    b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];
/// What a colour profile unpacks to at the most: a larger one is none.
const PROFILE_MAX: u64 = 1 << 20;

/// Keeps the chunks of [`KEPT`], up to the end of the picture.
pub fn png(bytes: &[u8]) -> AppResult<Kept> {
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or_else(|| damaged("no PNG"))?;
    let mut kept = Kept::of(bytes);
    kept.bytes.extend_from_slice(SIGNATURE);
    let mut frames = Frames::default();
    loop {
        let (size, more) = rest.split_first_chunk::<4>().ok_or_else(|| damaged("cut off"))?;
        let size = usize::try_from(u32::from_be_bytes(*size)).map_err(damaged)?;
        // Its kind and its checksum.
        let whole = rest.get(..size.saturating_add(12)).ok_or_else(|| damaged("cut off"))?;
        let (kind, contents) = more.split_first_chunk::<4>().ok_or_else(|| damaged("cut off"))?;
        let contents = &contents[..size];
        match kind {
            b"eXIf" => kept.turned_by(contents),
            b"acTL" => kept.animated = true,
            b"fcTL" => frames.count(side(contents, 4)?, side(contents, 8)?)?,
            _ => {}
        }
        if KEPT.contains(&kind) && (kind != b"iCCP" || unpacks(contents)) {
            kept.bytes.extend_from_slice(whole);
        }
        if kind == b"IEND" {
            return Ok(kept);
        }
        rest = &rest[whole.len()..];
    }
}

/// Whether a profile is one that browsers may unpack: it is looked at no further than it may go.
fn unpacks(profile: &[u8]) -> bool {
    // Its name, a zero, and how it is packed: the one way that there is.
    let name = profile.iter().position(|byte| *byte == 0);
    let Some((0, packed)) = name.and_then(|end| profile[end + 1..].split_first()) else { return false };
    let mut unpacked = ZlibDecoder::new(packed).take(PROFILE_MAX + 1);
    std::io::copy(&mut unpacked, &mut sink()).is_ok_and(|size| size <= PROFILE_MAX)
}

fn side(contents: &[u8], at: usize) -> AppResult<u64> {
    let bytes = contents.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    Ok(u32::from_be_bytes(bytes.ok_or_else(|| damaged("cut off"))?).into())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use image::ImageFormat;

    use super::super::tests::{picture, tells};
    use super::*;

    /// Behind the signature and the head.
    const BEHIND_HEAD: usize = 33;

    fn chunk(kind: [u8; 4], contents: &[u8]) -> Vec<u8> {
        let size = u32::try_from(contents.len()).unwrap().to_be_bytes();
        let mut sum = flate2::Crc::new();
        sum.update(&kind);
        sum.update(contents);
        [&size[..], &kind, contents, &sum.sum().to_be_bytes()].concat()
    }

    fn with(plain: &[u8], chunks: &[u8]) -> Vec<u8> {
        [&plain[..BEHIND_HEAD], chunks, &plain[BEHIND_HEAD..]].concat()
    }

    /// A chunk with a profile of this many bytes.
    fn profile(size: usize) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(b"colours\0\0".to_vec(), Compression::fast());
        packed.write_all(&vec![0; size]).unwrap();
        chunk(*b"iCCP", &packed.finish().unwrap())
    }

    #[test]
    fn a_png_keeps_what_it_is_known_to_need() {
        let plain = picture(ImageFormat::Png);
        let told = [*b"tEXt", *b"eXIf", *b"iTXt", *b"prVt", *b"tIME"].map(|kind| chunk(kind, b"secret"));
        let bytes = [with(&plain, &told.concat()), b"secret".to_vec()].concat();
        assert!(tells(&bytes));
        assert_eq!(png(&bytes).unwrap().bytes, plain);
        for cut in [4, 12, 40, plain.len() - 1] {
            assert!(png(&plain[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_colour_profile_is_kept_that_browsers_may_unpack() {
        let plain = picture(ImageFormat::Png);
        let of_bytes = |size| with(&plain, &profile(size));
        let most = usize::try_from(PROFILE_MAX).unwrap();
        for size in [500, most] {
            assert_eq!(png(&of_bytes(size)).unwrap().bytes, of_bytes(size));
        }
        for broken in [profile(most + 1), chunk(*b"iCCP", b"colours\0\0none"), chunk(*b"iCCP", b"colours")] {
            assert_eq!(png(&with(&plain, &broken)).unwrap().bytes, plain);
        }
    }

    #[test]
    fn an_animated_png_has_no_more_frames_than_a_picture_may() {
        let film = |frames: usize, side: u32| {
            let place = [[0; 4], side.to_be_bytes(), side.to_be_bytes(), [0; 4], [0; 4]].concat();
            let frame = chunk(*b"fcTL", &[&place[..], &[0; 6]].concat());
            with(&picture(ImageFormat::Png), &[chunk(*b"acTL", &[0; 8]), frame.repeat(frames)].concat())
        };
        assert!(png(&film(1_000, 7)).unwrap().animated);
        assert!(png(&film(1_001, 7)).is_err());
        assert!(png(&film(11, 7_000)).is_err());
    }
}
