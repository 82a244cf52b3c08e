//! Taking out of a picture's file what is not the picture, without touching the picture: where and
//! with what it was made, comments, and whatever hides behind its end.

use std::io::Cursor;

use bytes::Bytes;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::{CHUNK_EXIF, CHUNK_XMP, WebP};
use img_parts::{ImageEXIF as _, riff::RiffChunk};
use sapa_model::limits::{PICTURE_FRAMES_MAX, PICTURE_PIXELS_MAX};
use sapa_model::{AppError, AppResult, ErrorCode};

use super::picture::damaged;

/// PNG's chunks that make the picture: its pixels, colours, size and, for APNG, its frames
/// (PNG, third edition, 11).
const PNG_KEPT: [&[u8; 4]; 15] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Keeps the segments that make the picture, with its colour profile.
pub fn jpeg(mut bytes: Vec<u8>) -> AppResult<Vec<u8>> {
    bytes.truncate(jpeg_end(&bytes)?);
    let mut jpeg = Jpeg::from_bytes(Bytes::from(bytes)).map_err(damaged)?;
    jpeg.segments_mut().retain(|segment| {
        let marker = segment.marker();
        let is_application = (markers::APP0..=markers::APP15).contains(&marker);
        let is_kept = match marker {
            markers::APP0 | markers::APP14 => true,
            markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
            _ => false,
        };
        marker != markers::COM && (!is_application || is_kept)
    });
    Ok(jpeg.encoder().bytes().to_vec())
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

/// Keeps the chunks of [`PNG_KEPT`].
pub fn png(mut bytes: Vec<u8>) -> AppResult<Vec<u8>> {
    const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";
    let end = bytes.windows(END.len()).position(|window| window == END);
    bytes.truncate(end.ok_or_else(|| damaged("no end of image"))? + END.len());
    let mut png = Png::from_bytes(Bytes::from(bytes)).map_err(damaged)?;
    png.chunks_mut().retain(|chunk| PNG_KEPT.contains(&&chunk.kind()));
    Ok(png.encoder().bytes().to_vec())
}

/// Takes out the chunks that tell of the picture.
pub fn webp(mut bytes: Vec<u8>) -> AppResult<Vec<u8>> {
    // A RIFF file says how long it is; what stands behind is not part of it.
    let length = bytes.get(4..8).and_then(|size| <[u8; 4]>::try_from(size).ok()).map(u32::from_le_bytes);
    let length = length.and_then(|length| usize::try_from(length).ok()).unwrap_or_default().saturating_add(8);
    if bytes.len() < length {
        return Err(damaged("cut off"));
    }
    bytes.truncate(length);
    let mut webp = WebP::from_bytes(Bytes::from(bytes)).map_err(damaged)?;
    webp.set_exif(None);
    webp.chunks_mut().retain(|chunk: &RiffChunk| ![CHUNK_EXIF, CHUNK_XMP].contains(&chunk.id()));
    let mut out = webp.encoder().bytes().to_vec();
    // VP8X (WebP container, extended file format): its flags must not promise what is gone.
    if out.get(12..16) == Some(b"VP8X") {
        const EXIF_AND_XMP: u8 = 0b0000_1100;
        if let Some(flags) = out.get_mut(20) {
            *flags &= !EXIF_AND_XMP;
        }
    }
    Ok(out)
}

/// How many frames an animated picture has; counting them reads them all.
pub fn gif_frames(bytes: &[u8]) -> AppResult<usize> {
    let mut decoder = gif_decoder(bytes)?;
    let mut frames = 0;
    while decoder.next_frame_info().map_err(damaged)?.is_some() {
        frames += 1;
        if frames > PICTURE_FRAMES_MAX {
            return Err(too_many_pixels());
        }
    }
    Ok(frames)
}

/// Writes the frames anew as they are: their pixels are not touched, all else is left out.
pub fn gif(bytes: &[u8]) -> AppResult<Vec<u8>> {
    let mut decoder = gif_decoder(bytes)?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let mut out = Cursor::new(Vec::with_capacity(bytes.len()));
    let mut encoder =
        gif::Encoder::new(&mut out, decoder.width(), decoder.height(), &palette).map_err(damaged)?;
    let repeat = decoder.repeat();
    encoder.set_repeat(repeat).map_err(damaged)?;
    let mut pixels = 0_u64;
    while let Some(frame) = decoder.read_next_frame().map_err(damaged)? {
        pixels += u64::from(frame.width) * u64::from(frame.height);
        // A film of ten of the largest pictures is more than anybody sends.
        if pixels > PICTURE_PIXELS_MAX * 10 {
            return Err(too_many_pixels());
        }
        encoder.write_frame(frame).map_err(damaged)?;
    }
    drop(encoder);
    Ok(out.into_inner())
}

fn gif_decoder(bytes: &[u8]) -> AppResult<gif::Decoder<&[u8]>> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    options.read_info(bytes).map_err(damaged)
}

fn too_many_pixels() -> AppError {
    AppError::new(ErrorCode::TooManyPixels, "This picture has too many frames.").on("file")
}
