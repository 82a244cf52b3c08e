//! Taking out of a picture's file what is not the picture, without touching the picture: where and
//! with what it was made, comments, and whatever hides behind its end.

mod jpeg;
mod webp;

use std::io::Cursor;

use bytes::Bytes;
use img_parts::png::Png;
use sapa_model::limits::{PICTURE_FRAMES_MAX, PICTURE_PIXELS_MAX};
use sapa_model::{AppError, AppResult, ErrorCode};

use super::picture::damaged;

pub use jpeg::{jpeg, jpeg_end};
pub use webp::webp;

/// PNG's chunks that make the picture: its pixels, colours, size and, for APNG, its frames
/// (PNG, third edition, 11).
const PNG_KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV",
    b"cLLI", b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Keeps the chunks of [`PNG_KEPT`].
pub fn png(mut bytes: Vec<u8>) -> AppResult<Vec<u8>> {
    const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";
    let end = bytes.windows(END.len()).position(|window| window == END);
    bytes.truncate(end.ok_or_else(|| damaged("no end of image"))? + END.len());
    let mut png = Png::from_bytes(Bytes::from(bytes)).map_err(damaged)?;
    png.chunks_mut().retain(|chunk| PNG_KEPT.contains(&&chunk.kind()));
    Ok(png.encoder().bytes().to_vec())
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

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat, RgbImage};

    use super::*;

    /// A small picture of this format.
    pub fn picture(format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let shade = |at: u32| u8::try_from(at * 30).unwrap();
        let image = RgbImage::from_fn(7, 5, |x, y| image::Rgb([shade(x), shade(y), 90]));
        DynamicImage::from(image).write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    /// Whether a word is left of what tells of the picture.
    pub fn tells(bytes: &[u8]) -> bool {
        bytes.windows(6).any(|window| window == b"secret")
    }

    #[test]
    fn a_png_keeps_what_it_is_known_to_need() {
        let plain = picture(ImageFormat::Png);
        let mut png = Png::from_bytes(plain.clone().into()).unwrap();
        for kind in [*b"tEXt", *b"eXIf", *b"iTXt", *b"prVt", *b"tIME"] {
            let told = img_parts::png::PngChunk::new(kind, Bytes::from_static(b"secret"));
            png.chunks_mut().insert(1, told);
        }
        let bytes = png.encoder().bytes().to_vec();
        assert!(tells(&bytes));
        assert_eq!(super::png(bytes).unwrap(), plain);
    }
}
