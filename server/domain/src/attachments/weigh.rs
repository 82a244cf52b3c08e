//! What a picture takes of memory while it is decoded, by its header alone: the pixels that come out, and what
//! the decoder holds beside them.

use std::io::{self, BufRead, ErrorKind, Seek};

use image::ImageFormat;
use sapa_model::limits::{PICTURE_BYTES_MAX, PICTURE_PIXELS_MAX};
use sapa_model::{AppError, AppResult, ErrorCode};

use super::picture::damaged;
use super::strip::{CODES_MAX, stands_alone};
use crate::storage::io_fault;

/// See the module.
struct Weight {
    pixels: u64,
    bytes: u64,
}

/// Tells how many bytes a picture takes while its first frame is decoded. Reads its header only.
///
/// Errors: `too_many_pixels` where these are too many, or too heavy in the way in which they are packed;
/// `damaged_picture`.
pub fn weigh(mut file: impl BufRead + Seek, format: ImageFormat) -> AppResult<u64> {
    let file = &mut file;
    let weighed = match format {
        ImageFormat::Jpeg => jpeg(file),
        ImageFormat::Png => png(file),
        ImageFormat::WebP => webp(file),
        _ => gif(file),
    };
    let Weight { pixels, bytes } = weighed.map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::InvalidData => damaged(error),
        _ => io_fault(&error),
    })?;
    if pixels > PICTURE_PIXELS_MAX {
        return Err(too_many(PICTURE_PIXELS_MAX));
    }
    if bytes > PICTURE_BYTES_MAX {
        return Err(too_many(pixels * PICTURE_BYTES_MAX / bytes));
    }
    Ok(bytes)
}

fn too_many(limit: u64) -> AppError {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    AppError::new(ErrorCode::TooManyPixels, "This picture has too many pixels.").on("file").limited(limit)
}

/// One whose coefficients come in several scans is held whole (T.81, 4.5), at two bytes each.
fn jpeg(file: &mut (impl BufRead + Seek)) -> io::Result<Weight> {
    const SOF0: u8 = 0xc0;
    const SOF2: u8 = 0xc2;
    const EOI: u8 = 0xd9;
    const SOS: u8 = 0xda;
    const BLOCK: u64 = 64 * 2;
    struct Frame {
        pixels: u64,
        components: u8,
        coefficients: u64,
        progressive: bool,
    }
    let [_soi, _] = read(file)?;
    let mut frame = None;
    loop {
        let marker = jpeg_marker(file)?;
        if marker == EOI {
            return Err(broken());
        }
        if stands_alone(marker) {
            continue;
        }
        let length = u16::from_be_bytes(read(file)?);
        let mut contents = i64::from(length.checked_sub(2).ok_or_else(broken)?);
        match (marker, &frame) {
            (SOF0..=SOF2, None) => {
                let [_precision, h1, h0, w1, w0, components] = read(file)?;
                contents -= 6 + 3 * i64::from(components);
                let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
                let (mut across, mut down, mut blocks) = (1, 1, 0);
                for _ in 0..components {
                    let [_id, sampling, _table] = read(file)?;
                    let (h, v) = (u64::from(sampling >> 4), u64::from(sampling & 0xf));
                    (across, down, blocks) = (across.max(h), down.max(v), blocks + h * v);
                }
                let units = u64::from(width).div_ceil(8 * across) * u64::from(height).div_ceil(8 * down);
                frame = Some(Frame {
                    pixels: u64::from(width) * u64::from(height),
                    components,
                    coefficients: units * blocks * BLOCK,
                    progressive: marker == SOF2,
                });
            }
            (SOS, Some(frame)) => {
                let [first_scan] = read(file)?;
                let shown = frame.pixels * if frame.components == 1 { 1 } else { 3 };
                let is_whole = !frame.progressive && first_scan == frame.components;
                let held = if is_whole { 0 } else { frame.coefficients };
                return Ok(Weight { pixels: frame.pixels, bytes: shown + held });
            }
            _ => {}
        }
        file.seek_relative(contents)?;
    }
}

/// What stands before a marker means nothing, nor do bytes that fill.
fn jpeg_marker(file: &mut impl BufRead) -> io::Result<u8> {
    let mut before = 0;
    loop {
        let [byte] = read(file)?;
        if before == 0xff && !matches!(byte, 0 | 0xff) {
            return Ok(byte);
        }
        before = byte;
    }
}

/// Eight bits of each channel come out; some rows are held as they are in the file.
fn png(file: &mut (impl BufRead + Seek)) -> io::Result<Weight> {
    const ROWS: u64 = 8;
    let _signature_and_length: [u8; 12] = read(file)?;
    if read(file)? != *b"IHDR" {
        return Err(broken());
    }
    let (width, height) = (u32::from_be_bytes(read(file)?).into(), u32::from_be_bytes(read(file)?).into());
    let [depth, colours] = read(file)?;
    // Each can have transparency, told of further on (PNG, third edition, 11.3.1.1).
    let (in_file, shown) = match colours {
        0 => (1, 2),
        2 => (3, 4),
        3 => (1, 4),
        4 => (2, 2),
        6 => (4, 4),
        _ => return Err(broken()),
    };
    let pixels = u64::saturating_mul(width, height);
    let row = width * in_file * u64::from(depth) / 8 + 1;
    let rows = row * height.min(ROWS);
    Ok(Weight { pixels, bytes: pixels.saturating_mul(shown).saturating_add(rows) })
}

/// All of what it shows; beside it the colours of its first frame by their numbers, and where that is not as wide,
/// its pixels once more.
fn gif(file: &mut impl BufRead) -> io::Result<Weight> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    let wrong = |error: gif::DecodingError| match error {
        gif::DecodingError::Io(error) => error,
        _ => broken(),
    };
    let mut decoder = options.read_info(file).map_err(wrong)?;
    let (width, height) = (decoder.width(), decoder.height());
    let frame = decoder.next_frame_info().map_err(wrong)?.ok_or_else(broken)?;
    let is_whole =
        frame.left == 0 && frame.width == width && frame.top.saturating_add(frame.height) <= height;
    let canvas = u64::from(width) * u64::from(height);
    let frame = u64::from(frame.width) * u64::from(frame.height);
    let bytes = 4 * canvas + frame * if is_whole { 1 } else { 5 };
    Ok(Weight { pixels: canvas.max(frame), bytes })
}

/// RFC 9649, 2.5 to 2.7. How the decoder goes about each kind is seen in `image_webp::WebPDecoder::read_image`.
fn webp(file: &mut (impl BufRead + Seek)) -> io::Result<Weight> {
    const TRANSPARENT: u8 = 0b1_0000;
    const FILM: u8 = 0b10;
    const FRAME_HEAD: usize = 16;
    let _riff: [u8; 12] = read(file)?;
    let (kind, size) = webp_chunk(file)?;
    let (canvas, features) = match &kind {
        b"VP8X" => {
            let head: [u8; 10] = read(file)?;
            file.seek_relative(even(size) - 10)?;
            (Some(side(&head[4..7]) * side(&head[7..10])), head[0])
        }
        _ => (None, 0),
    };
    let (mut kind, mut size) = if canvas.is_some() { webp_chunk(file)? } else { (kind, size) };
    loop {
        let is_film = features & FILM != 0;
        let frame = match &kind {
            b"VP8 " if !is_film => lossy(file)?,
            b"VP8L" if !is_film => lossless(file)?,
            b"ANMF" if is_film => {
                let head: [u8; FRAME_HEAD] = read(file)?;
                let (mut kind, size) = webp_chunk(file)?;
                let has_mask = kind == *b"ALPH";
                if has_mask {
                    file.seek_relative(even(size))?;
                    kind = webp_chunk(file)?.0;
                }
                let frame = if kind == *b"VP8L" { lossless(file)? } else { lossy(file)? };
                if frame.pixels != side(&head[6..9]) * side(&head[9..12]) {
                    return Err(broken());
                }
                // The frame, with what shines through it, and a canvas beside what is shown.
                let pixels = canvas.unwrap_or_default();
                let bytes =
                    8 * pixels + frame.own + 4 * frame.pixels + if has_mask { mask(frame.pixels) } else { 0 };
                return Ok(Weight { pixels, bytes });
            }
            _ => {
                file.seek_relative(even(size))?;
                (kind, size) = webp_chunk(file)?;
                continue;
            }
        };
        let pixels = canvas.unwrap_or(frame.pixels);
        // A frame of another size would be decoded before anybody sees that it is wrong.
        if pixels != frame.pixels {
            return Err(broken());
        }
        let has_mask = features & TRANSPARENT != 0;
        let shown = match &kind {
            // Decoded with what shines through it, and copied without.
            b"VP8L" if canvas.is_some() && !has_mask => 7,
            b"VP8L" if canvas.is_none() && !frame.transparent => 7,
            b"VP8L" => 4,
            _ if has_mask => 4,
            _ => 3,
        };
        let beside = if has_mask && kind != *b"VP8L" { mask(pixels) } else { 0 };
        return Ok(Weight { pixels, bytes: shown * pixels + frame.own + beside });
    }
}

/// What shines through a lossy picture is a lossless one, of four bytes of which one is then taken.
const fn mask(pixels: u64) -> u64 {
    6 * pixels + CODES_MAX
}

/// A picture of WebP without what is around it.
struct Bitstream {
    pixels: u64,
    transparent: bool,
    /// What its decoder holds beside the pixels.
    own: u64,
}

/// RFC 6386, 9.1: full brightness and a quarter of two colours.
fn lossy(file: &mut impl BufRead) -> io::Result<Bitstream> {
    let [_, _, _, _, _, _, w0, w1, h0, h1] = read(file)?;
    let side = |low, high| u64::from(u16::from_le_bytes([low, high]) & 0x3fff);
    let (width, height) = (side(w0, w1), side(h0, h1));
    let padded = width.next_multiple_of(16) * height.next_multiple_of(16);
    Ok(Bitstream { pixels: width * height, transparent: false, own: padded + padded / 2 })
}

/// RFC 9649, 3.4: beside it are its codes, and smaller pictures of how it is packed, three at the most, of a
/// sixteenth each.
fn lossless(file: &mut impl BufRead) -> io::Result<Bitstream> {
    let [_signature, b0, b1, b2, b3] = read(file)?;
    let head = u32::from_le_bytes([b0, b1, b2, b3]);
    let side = |bits: u32| u64::from(bits & 0x3fff) + 1;
    let pixels = side(head) * side(head >> 14);
    Ok(Bitstream { pixels, transparent: head >> 28 & 1 != 0, own: pixels + CODES_MAX })
}

/// The kind of the next chunk and its size.
fn webp_chunk(file: &mut impl BufRead) -> io::Result<([u8; 4], u32)> {
    Ok((read(file)?, u32::from_le_bytes(read(file)?)))
}

/// How far a chunk of this size goes.
fn even(size: u32) -> i64 {
    i64::from(size) + i64::from(size % 2)
}

/// A side, told less one in three bytes.
fn side(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |side, byte| side << 8 | u64::from(*byte)) + 1
}

fn read<const N: usize>(file: &mut impl BufRead) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn broken() -> io::Error {
    io::Error::from(ErrorKind::InvalidData)
}
