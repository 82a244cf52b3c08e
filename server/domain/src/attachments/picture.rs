//! Pictures: bounded before they are decoded, turned upright, freed of what they tell about their
//! maker, and made smaller.

use std::borrow::Cow;
use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageEncoder as _, ImageFormat, Rgba, imageops};
use sapa_model::limits::{AVATAR_LARGE, AVATAR_SMALL, PICTURE_LARGE, PICTURE_SMALL};
use sapa_model::{AppError, AppResult, ErrorCode};

use super::colours::Colours;
use super::decode::first_frame;
use super::strip::{Kept, strip};
use super::upright::Upright;

/// Longest side of what is blurred while the picture loads, in pixels.
const PREVIEW: u32 = 12;
/// Of JPEG, out of 100.
const QUALITY: u8 = 82;
/// The same, for a picture that had to be turned.
const QUALITY_ORIGINAL: u8 = 92;

/// What came of a picture.
pub enum Looked {
    /// It can be shown.
    Picture(Picture),
    /// It cannot: it is a file, without anything but the picture, as far as that was understood.
    File(Vec<u8>),
}

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
    /// What it became where it had to be turned.
    pub turned_type: Option<&'static str>,
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
///
/// Errors: as for [`first_frame`].
pub fn square(bytes: Vec<u8>, format: ImageFormat) -> AppResult<Square> {
    let mut kept = strip(&bytes, format);
    drop(bytes);
    let image = first_frame(&kept, format)?;
    let colours = Colours::of(kept.colours.take(), &image);
    let side = image.width().min(image.height());
    let (x, y) = ((image.width() - side) / 2, (image.height() - side) / 2);
    // Looked at where it is: a copy of the largest takes too much.
    let middle = image.view(x, y, side, side);
    // Decided once: what shines through a little may not in the smaller size.
    let see_through = image.color().has_alpha() && shines_through(&*middle);
    let mut large: DynamicImage = if side > AVATAR_LARGE {
        imageops::thumbnail(&*middle, AVATAR_LARGE, AVATAR_LARGE).into()
    } else {
        middle.to_image().into()
    };
    colours.to_srgb(&mut large);
    let small = if side > AVATAR_SMALL { &large.thumbnail(AVATAR_SMALL, AVATAR_SMALL) } else { &large };
    let upright = |made| encode(&Upright::new(made, kept.orientation), see_through, QUALITY, None);
    Ok(Square {
        extension: if see_through { "png" } else { "jpg" },
        large: upright(&large)?,
        small: upright(small)?,
    })
}

/// Looks at a picture.
pub fn look(bytes: Vec<u8>, format: ImageFormat) -> AppResult<Looked> {
    let kept = strip(&bytes, format);
    drop(bytes);
    match first_frame(&kept, format) {
        Ok(image) => read(kept, image).map(Looked::Picture),
        Err(error) if is_about_picture(&error) => Ok(Looked::File(kept.into_file(format))),
        Err(error) => Err(error),
    }
}

/// Whether an error says that a picture cannot be shown, and not that something failed.
pub fn is_about_picture(error: &AppError) -> bool {
    matches!(error.code, ErrorCode::DamagedPicture | ErrorCode::TooManyPixels | ErrorCode::NotAPicture)
}

fn read(kept: Kept, mut image: DynamicImage) -> AppResult<Picture> {
    let mut colours = Colours::of(kept.colours, &image);
    let orientation = if kept.animated { Orientation::NoTransforms } else { kept.orientation };
    let (width, height) = Upright::new(&image, orientation).dimensions();
    let (original, turned_type) = if orientation == Orientation::NoTransforms {
        (kept.bytes, None)
    } else {
        drop(kept.bytes);
        if colours.written().is_none() {
            colours.to_srgb(&mut image);
            colours = Colours::default();
        }
        let upright = Upright::new(&image, orientation);
        // Of what is too long for a JPEG there is none.
        let as_png = is_see_through(&image) || width.max(height) > u32::from(u16::MAX);
        let original = encode(&upright, as_png, QUALITY_ORIGINAL, colours.written())?;
        (original, Some(media_type(as_png)))
    };
    let smaller = |most: u32| {
        let mut made = image.thumbnail(most, most);
        made.apply_orientation(orientation);
        colours.to_srgb(&mut made);
        made
    };
    let mut preview = Cursor::new(Vec::new());
    smaller(PREVIEW).to_rgb8().write_to(&mut preview, ImageFormat::Png).map_err(|_| AppError::internal())?;
    let preview = format!("data:image/png;base64,{}", STANDARD.encode(preview.into_inner()));
    let thumbnails = if width.max(height) > PICTURE_SMALL {
        let large = if width.max(height) > PICTURE_LARGE {
            smaller(PICTURE_LARGE)
        } else {
            let mut image = image;
            image.apply_orientation(orientation);
            colours.to_srgb(&mut image);
            image
        };
        let small = large.thumbnail(PICTURE_SMALL, PICTURE_SMALL);
        let see_through = is_see_through(&large);
        Some(Thumbnails {
            media_type: media_type(see_through),
            large: encode(&large, see_through, QUALITY, None)?,
            small: encode(&small, see_through, QUALITY, None)?,
        })
    } else {
        None
    };
    Ok(Picture { width, height, animated: kept.animated, preview, original, turned_type, thumbnails })
}

/// What [`encode`] makes.
const fn media_type(as_png: bool) -> &'static str {
    if as_png { "image/png" } else { "image/jpeg" }
}

fn is_see_through(image: &DynamicImage) -> bool {
    image.color().has_alpha() && shines_through(image)
}

fn shines_through(image: &impl GenericImageView<Pixel = Rgba<u8>>) -> bool {
    image.pixels().any(|(_, _, pixel)| pixel[3] < u8::MAX)
}

/// As JPEG or PNG, with the profile of its colours; without one they are sRGB. Row by row: of the largest there is one
/// in memory.
fn encode(
    image: &impl GenericImageView<Pixel = Rgba<u8>>,
    as_png: bool,
    quality: u8,
    profile: Option<&[u8]>,
) -> AppResult<Vec<u8>> {
    let mut out = Vec::new();
    if as_png {
        write_png(image, profile, &mut out).map_err(|_| AppError::internal())?;
    } else {
        let mut encoder = JpegEncoder::new_with_quality(&mut out, quality);
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile.to_vec()).map_err(|_| AppError::internal())?;
        }
        encoder.encode_image(image).map_err(|_| AppError::internal())?;
    }
    Ok(out)
}

fn write_png(
    image: &impl GenericImageView<Pixel = Rgba<u8>>,
    profile: Option<&[u8]>,
    out: &mut Vec<u8>,
) -> Result<(), png::EncodingError> {
    let (width, height) = image.dimensions();
    let mut info = png::Info::with_size(width, height);
    info.color_type = png::ColorType::Rgba;
    info.bit_depth = png::BitDepth::Eight;
    info.icc_profile = profile.map(Cow::Borrowed);
    let mut encoder = png::Encoder::with_info(out, info)?;
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer()?;
    for y in 0..height {
        let row: Vec<u8> = (0..width).flat_map(|x| image.get_pixel(x, y).0).collect();
        rows.write_all(&row)?;
    }
    rows.finish()?;
    writer.finish()
}

/// What people are told of a picture that cannot be read.
pub fn damaged(error: impl std::fmt::Display) -> AppError {
    tracing::debug!(%error, "a picture cannot be read");
    AppError::new(ErrorCode::DamagedPicture, "This picture is damaged or cut off.").on("file")
}
