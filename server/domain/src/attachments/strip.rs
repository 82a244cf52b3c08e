//! Taking out of a picture's file what is not the picture, without touching the picture: where and
//! with what it was made, comments, and whatever hides behind its end.

mod jpeg;
mod png;
mod webp;

use std::io::Cursor;

use image::ImageFormat;
use image::metadata::Orientation;
use sapa_model::limits::{PICTURE_FRAMES_MAX, PICTURE_PIXELS_MAX};
use sapa_model::{AppError, AppResult, ErrorCode};

use super::picture::damaged;

pub use webp::CODES_MAX;

/// A picture's file without anything but the picture.
pub struct Kept {
    pub bytes: Vec<u8>,
    /// How its pixels are to be turned: said in the file, and taken out of it with all else that is said.
    pub orientation: Orientation,
    pub animated: bool,
}

impl Kept {
    /// Nothing yet of a file.
    fn of(bytes: &[u8]) -> Self {
        let bytes = Vec::with_capacity(bytes.len());
        Self { bytes, orientation: Orientation::NoTransforms, animated: false }
    }

    /// Notes how the picture is turned (Exif 2.3, 4.6.4), if it is said.
    fn turned_by(&mut self, exif: &[u8]) {
        self.orientation = Orientation::from_exif_chunk(exif).unwrap_or(self.orientation);
    }
}

/// Keeps of a file what makes the picture. Nothing is unpacked but a GIF's frames and a PNG's profile, both no
/// further than they may go.
///
/// Errors: `damaged_picture`; `too_many_pixels` for an animated picture with too many frames.
pub fn strip(bytes: &[u8], format: ImageFormat) -> AppResult<Kept> {
    match format {
        ImageFormat::Jpeg => jpeg::jpeg(bytes),
        ImageFormat::Png => png::png(bytes),
        ImageFormat::WebP => webp::webp(bytes),
        _ => gif(bytes),
    }
}

/// What an animated picture may have: whoever shows it unpacks all of it.
#[derive(Default)]
struct Frames {
    count: usize,
    pixels: u64,
}

impl Frames {
    /// Counts one more.
    fn count(&mut self, width: u64, height: u64) -> AppResult<()> {
        self.count += 1;
        self.pixels = self.pixels.saturating_add(width.saturating_mul(height));
        // A film of ten of the largest pictures is more than anybody sends.
        if self.count > PICTURE_FRAMES_MAX || self.pixels > PICTURE_PIXELS_MAX * 10 {
            let message = "This picture has too many frames.";
            return Err(AppError::new(ErrorCode::TooManyPixels, message).on("file"));
        }
        Ok(())
    }
}

/// Writes the frames anew as they are: their pixels are not touched, all else is left out.
fn gif(bytes: &[u8]) -> AppResult<Kept> {
    let mut kept = Kept::of(bytes);
    let mut frames = Frames::default();
    // All are counted before the first is unpacked.
    let mut decoder = gif_decoder(bytes)?;
    while let Some(frame) = decoder.next_frame_info().map_err(damaged)? {
        frames.count(frame.width.into(), frame.height.into())?;
    }
    kept.animated = frames.count > 1;
    let mut decoder = gif_decoder(bytes)?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let mut out = Cursor::new(kept.bytes);
    let mut encoder =
        gif::Encoder::new(&mut out, decoder.width(), decoder.height(), &palette).map_err(damaged)?;
    let repeat = decoder.repeat();
    encoder.set_repeat(repeat).map_err(damaged)?;
    while let Some(frame) = decoder.read_next_frame().map_err(damaged)? {
        encoder.write_frame(frame).map_err(damaged)?;
    }
    drop(encoder);
    kept.bytes = out.into_inner();
    Ok(kept)
}

fn gif_decoder(bytes: &[u8]) -> AppResult<gif::Decoder<&[u8]>> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::Indexed);
    options.read_info(bytes).map_err(damaged)
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
}
