//! Taking out of a picture's file what is not the picture, without touching the picture: where and
//! with what it was made, comments, and whatever hides behind its end.

mod gif;
mod jpeg;
mod png;
mod webp;

use image::ImageFormat;
use image::metadata::Orientation;
use sapa_model::limits::{PICTURE_FRAMES_MAX, PICTURE_PIXELS_MAX};
use sapa_model::{AppError, AppResult, ErrorCode};

use super::colours::Told;
use super::picture::damaged;

pub use jpeg::stands_alone;
pub use webp::CODES_MAX;

/// What a colour profile takes at the most, unpacked: a larger one is none.
const PROFILE_MAX: usize = 1 << 20;

/// A picture's file without anything but the picture.
pub struct Kept {
    pub bytes: Vec<u8>,
    /// How its pixels are to be turned: said in the file, and taken out of it with all else that is said.
    pub orientation: Orientation,
    pub animated: bool,
    /// What its colours are, where that is told.
    pub colours: Option<Told>,
    /// Why it cannot be shown; all that was understood of it is kept nevertheless.
    pub fault: Option<AppError>,
}

impl Kept {
    /// Nothing yet of a file.
    fn of(bytes: &[u8]) -> Self {
        let bytes = Vec::with_capacity(bytes.len());
        Self { bytes, orientation: Orientation::NoTransforms, animated: false, colours: None, fault: None }
    }

    /// Notes how the picture is turned (Exif 2.3, 4.6.4), if it is said.
    fn turned_by(&mut self, exif: &[u8]) {
        self.orientation = Orientation::from_exif_chunk(exif).unwrap_or(self.orientation);
    }

    /// Notes why it cannot be shown; the first reason stays.
    fn blame(&mut self, fault: AppError) {
        self.fault.get_or_insert(fault);
    }

    /// The same for what may go wrong.
    fn check(&mut self, outcome: AppResult<()>) {
        if let Err(fault) = outcome {
            self.blame(fault);
        }
    }

    /// The file as it is sent where it cannot be shown. Nobody has turned it, so that it says again how it is turned,
    /// and nothing else.
    pub fn into_file(self, format: ImageFormat) -> Vec<u8> {
        if self.orientation == Orientation::NoTransforms {
            return self.bytes;
        }
        // An entry of TIFF: its number, a number of 16 bits, one of them.
        let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([self.orientation.to_exif(), 0, 0, 0, 0, 0, 0]);
        match format {
            ImageFormat::Jpeg => jpeg::with_exif(&self.bytes, &exif),
            ImageFormat::Png => png::with_exif(&self.bytes, &exif),
            ImageFormat::WebP => webp::with_exif(self.bytes, &exif),
            _ => self.bytes,
        }
    }
}

/// Keeps of a file what makes the picture, as far as it is understood. Nothing is unpacked but a PNG's profile, no
/// further than it may go.
pub fn strip(bytes: &[u8], format: ImageFormat) -> Kept {
    match format {
        ImageFormat::Jpeg => jpeg::jpeg(bytes),
        ImageFormat::Png => png::png(bytes),
        ImageFormat::WebP => webp::webp(bytes),
        _ => gif::gif(bytes),
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, RgbImage};

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

    /// What is kept of a picture that can be shown.
    pub fn sound(kept: Kept) -> Vec<u8> {
        assert_eq!(kept.fault, None);
        kept.bytes
    }

    #[test]
    fn a_picture_that_nobody_turns_says_how_it_is_turned() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let mut kept = strip(&picture(format), format);
            if format == ImageFormat::WebP {
                // Only an extended one has room for it.
                kept.bytes = webp::tests::extended(&kept.bytes);
            }
            kept.orientation = Orientation::Rotate90;
            let plain = kept.bytes.clone();
            let file = kept.into_file(format);
            let again = strip(&file, format);
            assert_eq!(again.orientation, Orientation::Rotate90, "{format:?}");
            assert_eq!(sound(again), plain, "{format:?}");
            assert!(image::load_from_memory(&file).is_ok(), "{format:?}");
        }
    }
}
