//! PNG, and APNG (PNG, third edition).

use std::io::Read as _;

use flate2::Crc;
use flate2::read::ZlibDecoder;
use sapa_model::AppResult;

use super::{Frames, Kept, PROFILE_MAX, damaged};
use crate::attachments::colours::Told;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Chunks that make the picture: its pixels, colours, size and, for APNG, its frames
/// (PNG, third edition, 11).
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV",
    b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Keeps the chunks of [`KEPT`], up to the end of the picture.
pub fn png(bytes: &[u8]) -> Kept {
    let mut rest = bytes.strip_prefix(SIGNATURE).unwrap_or_default();
    let mut kept = Kept::of(bytes);
    kept.bytes.extend_from_slice(SIGNATURE);
    let mut frames = Frames::default();
    let (mut colours, mut has_profile) = (Colours::default(), false);
    while let Some(Chunk { kind, contents, whole }) = first_chunk(rest) {
        rest = &rest[whole.len()..];
        match kind {
            b"eXIf" => kept.turned_by(contents),
            b"acTL" => kept.animated = true,
            b"fcTL" => {
                let height = side(contents, 8);
                let counted =
                    side(contents, 4).and_then(|width| height.and_then(|height| frames.count(width, height)));
                kept.check(counted);
            }
            // There can be one; only one that browsers may unpack stays.
            b"iCCP" => {
                let profile = if has_profile { None } else { unpacked(contents) };
                has_profile = true;
                if profile.is_none() {
                    continue;
                }
                colours.profile = profile;
            }
            _ => colours.told_by(*kind, contents),
        }
        if KEPT.contains(&kind) {
            kept.bytes.extend_from_slice(whole);
        }
        if kind == b"IEND" {
            kept.colours = colours.told();
            return kept;
        }
    }
    // What was cut off is a part of what it is cut off from.
    if rest.get(4..8).is_some_and(|kind| KEPT.iter().any(|name| *name == kind)) {
        kept.bytes.extend_from_slice(rest);
    }
    kept.blame(damaged("cut off"));
    kept
}

/// The same picture with what Exif says of it, behind its head.
pub fn with_exif(bytes: &[u8], exif: &[u8]) -> Vec<u8> {
    const BEHIND_HEAD: usize = SIGNATURE.len() + 25;
    let (head, rest) = bytes.split_at(BEHIND_HEAD.min(bytes.len()));
    [head, &chunk(*b"eXIf", exif), rest].concat()
}

fn chunk(kind: [u8; 4], contents: &[u8]) -> Vec<u8> {
    let size = u32::try_from(contents.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut sum = Crc::new();
    sum.update(&kind);
    sum.update(contents);
    [&size[..], &kind, contents, &sum.sum().to_be_bytes()].concat()
}

struct Chunk<'a> {
    kind: &'a [u8; 4],
    contents: &'a [u8],
    /// With its size, kind and checksum.
    whole: &'a [u8],
}

/// The first chunk; none where it is not whole.
fn first_chunk(rest: &[u8]) -> Option<Chunk<'_>> {
    const AROUND: usize = 12;
    let (size, more) = rest.split_first_chunk::<4>()?;
    let size = usize::try_from(u32::from_be_bytes(*size)).ok()?;
    let whole = rest.get(..size.checked_add(AROUND)?)?;
    let (kind, contents) = more.split_first_chunk::<4>()?;
    Some(Chunk { kind, contents: contents.get(..size)?, whole })
}

/// What is told of the colours, in several ways of which one counts (PNG, third edition, 4.3).
#[derive(Default)]
struct Colours {
    code: Option<Told>,
    profile: Option<Vec<u8>>,
    are_srgb: bool,
    gamma: Option<u32>,
    primaries: Option<[u32; 8]>,
}

impl Colours {
    fn told_by(&mut self, kind: [u8; 4], contents: &[u8]) {
        match (&kind, contents) {
            (b"cICP", [primaries, transfer, _, _]) => {
                self.code = Some(Told::Code { primaries: *primaries, transfer: *transfer });
            }
            (b"sRGB", _) => self.are_srgb = true,
            (b"gAMA", [_, _, _, _]) => self.gamma = numbers::<1>(contents).map(|[gamma]| gamma),
            (b"cHRM", _) => self.primaries = numbers(contents),
            _ => {}
        }
    }

    fn told(self) -> Option<Told> {
        let measured = || {
            let (gamma, primaries) = (self.gamma?, self.primaries?);
            (!self.are_srgb).then_some(Told::Measured { gamma, primaries })
        };
        self.code.or(self.profile.map(Told::Profile)).or_else(measured)
    }
}

/// Numbers of four bytes, if there are so many.
fn numbers<const N: usize>(contents: &[u8]) -> Option<[u32; N]> {
    let numbers: &[[u8; 4]; N] = contents.as_chunks::<4>().0.try_into().ok()?;
    Some(numbers.map(u32::from_be_bytes))
}

/// A profile that browsers may unpack: it is unpacked no further than it may go.
fn unpacked(profile: &[u8]) -> Option<Vec<u8>> {
    // Its name, a zero, and how it is packed: the one way that there is.
    let name = profile.iter().position(|byte| *byte == 0)?;
    let (0, packed) = profile[name + 1..].split_first()? else { return None };
    let mut unpacked = Vec::new();
    ZlibDecoder::new(packed).take(PROFILE_MAX as u64 + 1).read_to_end(&mut unpacked).ok()?;
    (unpacked.len() <= PROFILE_MAX).then_some(unpacked)
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

    use super::super::tests::{picture, sound, tells};
    use super::*;

    /// Behind the signature and the head.
    const BEHIND_HEAD: usize = 33;

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
        assert_eq!(sound(png(&bytes)), plain);
        for cut in [4, 12, 40, plain.len() - 1] {
            assert!(png(&plain[..cut]).fault.is_some(), "{cut}");
        }
        // Of one that was cut off there is what makes the picture, as far as it goes.
        let told = with(&plain, &told.concat());
        let cut = png(&told[..told.len() - 20]);
        assert_eq!((cut.bytes, cut.fault.is_some()), (plain[..plain.len() - 20].to_vec(), true));
        let telling = png(&told[..BEHIND_HEAD + 10]);
        assert_eq!(telling.bytes, plain[..BEHIND_HEAD]);
    }

    #[test]
    fn a_colour_profile_is_kept_that_browsers_may_unpack() {
        let plain = picture(ImageFormat::Png);
        let of_bytes = |size| with(&plain, &profile(size));
        for size in [500, PROFILE_MAX] {
            let kept = png(&of_bytes(size));
            assert!(matches!(&kept.colours, Some(Told::Profile(profile)) if *profile == vec![0; size]));
            assert_eq!(sound(kept), of_bytes(size));
        }
        for broken in
            [profile(PROFILE_MAX + 1), chunk(*b"iCCP", b"colours\0\0none"), chunk(*b"iCCP", b"colours")]
        {
            assert_eq!(sound(png(&with(&plain, &broken))), plain);
        }
        // There is one at the most: each takes its time to be unpacked.
        assert_eq!(sound(png(&with(&plain, &profile(500).repeat(2)))), of_bytes(500));
    }

    #[test]
    fn of_what_is_told_of_the_colours_one_thing_counts() {
        let plain = picture(ImageFormat::Png);
        let (gamma, code) = (chunk(*b"gAMA", &45_455_u32.to_be_bytes()), chunk(*b"cICP", &[12, 13, 0, 1]));
        let primaries = chunk(*b"cHRM", &[7_u32; 8].map(u32::to_be_bytes).concat());
        let srgb = chunk(*b"sRGB", &[0]);
        let told = |chunks: &[&[u8]]| png(&with(&plain, &chunks.concat())).colours;
        let measured = Some(Told::Measured { gamma: 45_455, primaries: [7; 8] });
        assert_eq!(told(&[&gamma, &primaries]), measured);
        assert_eq!(told(&[&gamma]), None);
        assert_eq!(told(&[&primaries]), None);
        assert_eq!(told(&[&gamma, &primaries, &srgb]), None);
        assert_eq!(told(&[&profile(5), &gamma, &primaries]), Some(Told::Profile(vec![0; 5])));
        let coded = Some(Told::Code { primaries: 12, transfer: 13 });
        assert_eq!(told(&[&gamma, &profile(5), &code, &primaries]), coded);
    }

    #[test]
    fn an_animated_png_has_no_more_frames_than_a_picture_may() {
        let film = |frames: usize, side: u32| {
            let place = [[0; 4], side.to_be_bytes(), side.to_be_bytes(), [0; 4], [0; 4]].concat();
            let frame = chunk(*b"fcTL", &[&place[..], &[0; 6]].concat());
            with(&picture(ImageFormat::Png), &[chunk(*b"acTL", &[0; 8]), frame.repeat(frames)].concat())
        };
        let fault = |film: &[u8]| png(film).fault.map(|fault| fault.code);
        let too_many = Some(sapa_model::ErrorCode::TooManyPixels);
        assert!(png(&film(1_000, 7)).animated);
        assert_eq!(fault(&film(1_000, 7)), None);
        assert_eq!(fault(&film(1_001, 7)), too_many);
        assert_eq!(fault(&film(11, 7_000)), too_many);
    }
}
