//! The first frame of a picture, decoded within the bound of what a picture may take.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageBuffer, ImageFormat};
use sapa_model::AppResult;
use sapa_model::limits::PICTURE_BYTES_MAX;

use super::picture::damaged;
use super::strip::Kept;
use super::weigh::weigh;

/// Decodes the first frame, with eight bits of each channel: deeper ones would take twice as much, and nothing is
/// made of them.
///
/// Errors: `too_many_pixels` and `damaged_picture`, and what was found wrong before.
pub fn first_frame(kept: &Kept, format: ImageFormat) -> AppResult<DynamicImage> {
    if let Some(fault) = &kept.fault {
        return Err(fault.clone());
    }
    let file = || Cursor::new(kept.bytes.as_slice());
    weigh(file(), format)?;
    match format {
        ImageFormat::Jpeg => JpegDecoder::new(file()).and_then(DynamicImage::from_decoder).map_err(damaged),
        ImageFormat::Png => png(file()).map_err(damaged)?.ok_or_else(|| damaged("colours")),
        ImageFormat::WebP => WebPDecoder::new(file()).and_then(DynamicImage::from_decoder).map_err(damaged),
        _ => GifDecoder::new(file()).and_then(DynamicImage::from_decoder).map_err(damaged),
    }
}

fn png(file: Cursor<&[u8]>) -> Result<Option<DynamicImage>, png::DecodingError> {
    let bytes = usize::try_from(PICTURE_BYTES_MAX).unwrap_or(usize::MAX);
    let mut decoder = png::Decoder::new_with_limits(file, png::Limits { bytes });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info()?;
    let (width, height) = reader.info().size();
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(png::DecodingError::LimitsExceeded)?];
    reader.next_frame(&mut pixels)?;
    Ok(match reader.output_color_type().0 {
        png::ColorType::Grayscale => {
            ImageBuffer::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8)
        }
        png::ColorType::GrayscaleAlpha => {
            ImageBuffer::from_raw(width, height, pixels).map(DynamicImage::ImageLumaA8)
        }
        png::ColorType::Rgb => ImageBuffer::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        png::ColorType::Rgba => ImageBuffer::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
        png::ColorType::Indexed => None,
    })
}
