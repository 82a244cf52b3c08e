//! Pictures: bounded before they are decoded, turned upright, freed of what they tell about their
//! maker, and made smaller.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use sapa_model::limits::{AVATAR_LARGE, AVATAR_SMALL, PICTURE_LARGE, PICTURE_PIXELS_MAX, PICTURE_SMALL};
use sapa_model::{AppError, AppResult, ErrorCode};

use super::strip;

/// Longest side of what is blurred while the picture loads, in pixels.
const PREVIEW: u32 = 12;
/// Of JPEG, out of 100.
const QUALITY: u8 = 82;
/// The same, for a picture that had to be turned.
const QUALITY_ORIGINAL: u8 = 92;

/// A picture, ready to be stored.
pub struct Picture {
    /// Upright, in pixels.
    pub width: u32,
    /// Upright, in pixels.
    pub height: u32,
    pub animated: bool,
    /// A `data:` address.
    pub preview: String,
    /// What is downloaded: without anything but the picture.
    pub original: Vec<u8>,
    /// None where the original is small itself.
    pub thumbnails: Option<Thumbnails>,
}

/// The smaller variants.
pub struct Thumbnails {
    pub media_type: &'static str,
    pub large: Vec<u8>,
    pub small: Vec<u8>,
}

/// A square picture in two sizes.
pub struct Square {
    /// Of a file of its type: `jpg` or `png`.
    pub extension: &'static str,
    pub large: Vec<u8>,
    pub small: Vec<u8>,
}

/// Reads the first frame of a picture, upright, and cuts the middle square out of it.
pub fn square(bytes: &[u8], format: ImageFormat) -> AppResult<Square> {
    if format == ImageFormat::Jpeg {
        strip::jpeg_end(bytes)?;
    }
    let (mut image, orientation) = decode(bytes, format)?;
    image.apply_orientation(orientation);
    let side = image.width().min(image.height());
    let (x, y) = ((image.width() - side) / 2, (image.height() - side) / 2);
    let image = image.crop_imm(x, y, side, side);
    let at_most = |most: u32| if side > most { image.thumbnail(most, most) } else { image.clone() };
    // Decided once: what shines through a little may not in the smaller size.
    let see_through = is_see_through(&image);
    Ok(Square {
        extension: if see_through { "png" } else { "jpg" },
        large: encode_as(see_through, &at_most(AVATAR_LARGE), QUALITY)?,
        small: encode_as(see_through, &at_most(AVATAR_SMALL), QUALITY)?,
    })
}

/// Reads a picture.
pub fn read(bytes: Vec<u8>, format: ImageFormat) -> AppResult<Picture> {
    let (image, orientation) = decode(&bytes, format)?;
    let animated = match format {
        ImageFormat::Gif => strip::gif_frames(&bytes)? > 1,
        ImageFormat::Png => {
            PngDecoder::new(Cursor::new(&bytes)).and_then(|d| d.is_apng()).map_err(damaged)?
        }
        ImageFormat::WebP => WebPDecoder::new(Cursor::new(&bytes)).map_err(damaged)?.has_animation(),
        _ => false,
    };
    let turned = orientation != Orientation::NoTransforms && !animated;
    let mut image = image;
    if turned {
        image.apply_orientation(orientation);
    }
    let original = match format {
        _ if turned => encode(&image, QUALITY_ORIGINAL)?.1,
        ImageFormat::Jpeg => strip::jpeg(bytes)?,
        ImageFormat::Png => strip::png(bytes)?,
        ImageFormat::WebP => strip::webp(&bytes)?,
        _ => strip::gif(&bytes)?,
    };
    let (width, height) = (image.width(), image.height());
    let mut preview = Cursor::new(Vec::new());
    image
        .thumbnail(PREVIEW, PREVIEW)
        .to_rgb8()
        .write_to(&mut preview, ImageFormat::Png)
        .map_err(|_| AppError::internal())?;
    let preview = format!("data:image/png;base64,{}", STANDARD.encode(preview.into_inner()));
    let thumbnails = if width.max(height) > PICTURE_SMALL {
        let large = if width.max(height) > PICTURE_LARGE {
            image.thumbnail(PICTURE_LARGE, PICTURE_LARGE)
        } else {
            image
        };
        let small = large.thumbnail(PICTURE_SMALL, PICTURE_SMALL);
        let (media_type, bytes) = encode(&large, QUALITY)?;
        let small = encode_as(media_type == "image/png", &small, QUALITY)?;
        let large = bytes;
        Some(Thumbnails { media_type, large, small })
    } else {
        None
    };
    Ok(Picture { width, height, animated, preview, original, thumbnails })
}

/// Decodes the first frame, once its sides are known to be bearable.
fn decode(bytes: &[u8], format: ImageFormat) -> AppResult<(DynamicImage, Orientation)> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut bounds = Limits::default();
    // Eight bytes a pixel at the most, and as much again for the decoder.
    bounds.max_alloc = Some(PICTURE_PIXELS_MAX * 16);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PICTURE_PIXELS_MAX {
        let message = "This picture has too many pixels.";
        let limit = usize::try_from(PICTURE_PIXELS_MAX).unwrap_or(usize::MAX);
        return Err(AppError::new(ErrorCode::TooManyPixels, message).on("file").limited(limit));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    Ok((image, orientation))
}

/// As JPEG, or as PNG where something shines through: its media type and bytes.
fn encode(image: &DynamicImage, quality: u8) -> AppResult<(&'static str, Vec<u8>)> {
    let see_through = is_see_through(image);
    let media_type = if see_through { "image/png" } else { "image/jpeg" };
    Ok((media_type, encode_as(see_through, image, quality)?))
}

fn is_see_through(image: &DynamicImage) -> bool {
    image.color().has_alpha() && image.to_rgba8().pixels().any(|pixel| pixel[3] < u8::MAX)
}

fn encode_as(see_through: bool, image: &DynamicImage, quality: u8) -> AppResult<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let written = if see_through {
        image.to_rgba8().write_to(&mut out, ImageFormat::Png)
    } else {
        image.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut out, quality))
    };
    written.map_err(|_| AppError::internal())?;
    Ok(out.into_inner())
}

/// What people are told of a picture that cannot be read.
pub fn damaged(error: impl std::fmt::Display) -> AppError {
    tracing::debug!(%error, "a picture cannot be read");
    AppError::new(ErrorCode::DamagedPicture, "This picture is damaged or cut off.").on("file")
}
