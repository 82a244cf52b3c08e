//! What the colours of a picture are. Whatever is made smaller is brought into sRGB, which every program shows alike,
//! also one that knows of no profiles.

use image::DynamicImage;
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace, Layout,
    MatrixCoefficients, RenderingIntent, TransferCharacteristics, TransformOptions, curve_from_gamma,
};

/// Tags of a profile that tell what its colours are (ICC.1:2022, 9.2): what is told in words would be held in many
/// copies, and what is told twice read as often.
const READ: [&[u8; 4]; 10] =
    [b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"A2B0", b"A2B1", b"A2B2"];
/// Tags that a profile may have; those that are known have some twenty.
const TAGS_MAX: usize = 100;
/// What is brought into sRGB at a time, in pixels.
const PIECE: usize = 4_096;

/// How a picture's file tells of its colours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// By a profile of the ICC.
    Profile(Vec<u8>),
    /// By code points (ITU-T H.273).
    Code { primaries: u8, transfer: u8 },
    /// By what was measured: the exponent, and where white, red, green and blue are, all in 100,000ths
    /// (PNG, third edition, 11.3.2).
    Measured { gamma: u32, primaries: [u32; 8] },
}

/// See the module. Without a profile they are sRGB, or what nobody can tell.
#[derive(Default)]
pub struct Colours {
    /// As it stood in the file.
    written: Option<Vec<u8>>,
    profile: Option<ColorProfile>,
}

impl Colours {
    /// Those of a picture, as its file tells.
    pub fn of(told: Option<Told>, image: &DynamicImage) -> Self {
        let is_grey = !image.color().has_color();
        match told {
            Some(Told::Profile(bytes)) => {
                let profile = read(&bytes).filter(|profile| match profile.color_space {
                    DataColorSpace::Rgb => true,
                    DataColorSpace::Gray => is_grey,
                    _ => false,
                });
                // One for grey would be none for the colours that are written.
                let written =
                    Some(bytes).filter(|bytes| bytes.get(16..20).is_some_and(|space| space == b"RGB "));
                Self { written, profile }
            }
            Some(Told::Code { primaries, transfer }) => {
                Self { written: None, profile: coded(primaries, transfer) }
            }
            Some(Told::Measured { gamma, primaries }) => {
                Self { written: None, profile: measured(gamma, primaries) }
            }
            None => Self::default(),
        }
    }

    /// The profile to write where a picture is written again with the colours that it has; none where these are to
    /// be brought into sRGB for that.
    pub fn written(&self) -> Option<&[u8]> {
        self.written.as_deref()
    }

    /// Brings a picture into sRGB, in its place.
    pub fn to_srgb(&self, image: &mut DynamicImage) {
        let Some(profile) = &self.profile else { return };
        let is_done = match (image, profile.color_space) {
            (DynamicImage::ImageLuma8(image), _) => greys(profile, image, 1, 1),
            (DynamicImage::ImageLumaA8(image), _) => greys(profile, image, 2, 1),
            // Cut out of a grey one.
            (DynamicImage::ImageRgb8(image), DataColorSpace::Gray) => greys(profile, image, 3, 3),
            (DynamicImage::ImageRgba8(image), DataColorSpace::Gray) => greys(profile, image, 4, 3),
            (DynamicImage::ImageRgb8(image), _) => colours(profile, image, Layout::Rgb),
            (DynamicImage::ImageRgba8(image), _) => colours(profile, image, Layout::Rgba),
            _ => None,
        };
        if is_done.is_none() {
            tracing::debug!("the colours of a picture cannot be brought into sRGB");
        }
    }
}

/// Reads of a profile what tells what its colours are.
fn read(bytes: &[u8]) -> Option<ColorProfile> {
    const TAGS_AT: usize = 128;
    const TAG: usize = 12;
    let (_, tags) = bytes.split_at_checked(TAGS_AT)?;
    let count =
        usize::try_from(u32::from_be_bytes(*tags.first_chunk()?)).ok().filter(|count| *count <= TAGS_MAX)?;
    let mut bytes = bytes.to_vec();
    let tags = bytes.get_mut(TAGS_AT + 4..TAGS_AT + 4 + TAG * count)?;
    let mut seen = Vec::new();
    for tag in tags.as_chunks_mut::<TAG>().0 {
        let name = *tag.first_chunk::<4>()?;
        if READ.contains(&&name) && !seen.contains(&name) {
            seen.push(name);
        } else {
            // Nobody knows it by this name.
            tag[..4].fill(0);
        }
    }
    ColorProfile::new_from_slice(&bytes).inspect_err(|error| tracing::debug!(%error, "a colour profile")).ok()
}

fn coded(primaries: u8, transfer: u8) -> Option<ColorProfile> {
    use TransferCharacteristics::{Hlg, Reserved, Smpte428, Smpte2084, Unspecified};
    let color_primaries = CicpColorPrimaries::try_from(primaries).ok()?;
    let transfer_characteristics = TransferCharacteristics::try_from(transfer).ok()?;
    // Lights that are brighter than white are made darker by each browser in its own way.
    let is_known = !matches!(transfer_characteristics, Hlg | Smpte2084 | Smpte428 | Reserved | Unspecified)
        && !matches!(color_primaries, CicpColorPrimaries::Reserved | CicpColorPrimaries::Unspecified);
    is_known.then(|| {
        ColorProfile::new_from_cicp(CicpProfile {
            color_primaries,
            transfer_characteristics,
            matrix_coefficients: MatrixCoefficients::Identity,
            full_range: true,
        })
    })
}

fn measured(gamma: u32, primaries: [u32; 8]) -> Option<ColorProfile> {
    const ONE: f64 = 100_000.0;
    // Of what is nowhere near a picture nothing can be made.
    if !(10_000..=500_000).contains(&gamma) || primaries.iter().any(|part| *part > 100_000) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a few digits")]
    let part = |value: u32| (f64::from(value) / ONE) as f32;
    let [wx, wy, rx, ry, gx, gy, bx, by] = primaries.map(part);
    if wy <= 0.0 {
        return None;
    }
    let mut profile = ColorProfile::new_srgb();
    let primaries = ColorPrimaries {
        red: Chromaticity::new(rx, ry),
        green: Chromaticity::new(gx, gy),
        blue: Chromaticity::new(bx, by),
    };
    profile.update_rgb_colorimetry(Chromaticity::new(wx, wy).to_xyyb(), primaries);
    let curve = curve_from_gamma(1.0 / part(gamma));
    profile.red_trc = Some(curve.clone());
    profile.green_trc = Some(curve.clone());
    profile.blue_trc = Some(curve);
    Some(profile)
}

/// Ways to bring colours into sRGB: by the profile's tables for photographs, else by those for measures.
fn options() -> [TransformOptions; 2] {
    [RenderingIntent::Perceptual, RenderingIntent::RelativeColorimetric].map(|rendering_intent| {
        TransformOptions { rendering_intent, allow_use_cicp_transfer: false, ..TransformOptions::default() }
    })
}

fn colours(profile: &ColorProfile, samples: &mut [u8], layout: Layout) -> Option<()> {
    let srgb = ColorProfile::new_srgb();
    let transform = options()
        .into_iter()
        .find_map(|options| profile.create_transform_8bit(layout, &srgb, layout, options).ok())?;
    for piece in samples.chunks_mut(PIECE * layout.channels()) {
        let source = piece.to_vec();
        transform.transform(&source, piece).ok()?;
    }
    Some(())
}

/// The same for greys: of each pixel so many samples, of which the first are its grey.
fn greys(profile: &ColorProfile, samples: &mut [u8], each: usize, grey: usize) -> Option<()> {
    let srgb = ColorProfile::new_srgb();
    let all: Vec<u8> = (0..=u8::MAX).collect();
    let (layout, all) = if profile.color_space == DataColorSpace::Gray {
        (Layout::Gray, all)
    } else {
        (Layout::Rgb, all.iter().flat_map(|grey| [*grey; 3]).collect())
    };
    let transform = options()
        .into_iter()
        .find_map(|options| profile.create_transform_8bit(layout, &srgb, Layout::Rgb, options).ok())?;
    let mut shown = [0; 3 * 256];
    transform.transform(&all, &mut shown).ok()?;
    for pixel in samples.chunks_exact_mut(each) {
        for sample in &mut pixel[..grey] {
            // Green is most of what is seen of a grey.
            *sample = shown[3 * usize::from(*sample) + 1];
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use image::{ImageBuffer, Luma, Rgb, RgbImage, Rgba};

    use super::*;

    /// The profile of a JPEG in one piece.
    fn profile_of(jpeg: &[u8]) -> Vec<u8> {
        const NAME: &[u8] = b"ICC_PROFILE\0\x01\x01";
        let at = jpeg.windows(NAME.len()).position(|window| window == NAME).unwrap();
        let size = usize::from(u16::from_be_bytes(*jpeg[at - 2..].first_chunk().unwrap()));
        jpeg[at + NAME.len()..at - 2 + size].to_vec()
    }

    fn swapped() -> Vec<u8> {
        profile_of(include_bytes!("../../../media/tests/inputs/icc_swap.jpg"))
    }

    fn shown(told: Told, image: impl Into<DynamicImage>) -> Vec<u8> {
        let mut image: DynamicImage = image.into();
        Colours::of(Some(told), &image).to_srgb(&mut image);
        image.into_bytes()
    }

    fn near(found: &[u8], wanted: &[u8]) -> bool {
        found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| a.abs_diff(*b) <= 3)
    }

    #[test]
    fn colours_are_shown_as_their_profile_means_them() {
        let swap = || Told::Profile(swapped());
        let red = RgbImage::from_pixel(70, 70, Rgb([255, 0, 0]));
        assert!(near(&shown(swap(), red.clone())[..3], &[0, 255, 0]));
        let half: ImageBuffer<Rgba<u8>, _> = ImageBuffer::from_pixel(1, 1, Rgba([255, 0, 0, 128]));
        assert!(near(&shown(swap(), half), &[0, 255, 0, 128]));
        let grey: ImageBuffer<Luma<u8>, _> = ImageBuffer::from_pixel(1, 1, Luma([127]));
        let grey = shown(swap(), grey);
        assert!(grey[0].abs_diff(127) < 8, "grey stays grey: {grey:?}");
        // Red of Display P3 is redder than any that sRGB has; its white is the same.
        let p3 = || Told::Code { primaries: 12, transfer: 13 };
        assert!(near(&shown(p3(), RgbImage::from_pixel(1, 1, Rgb([255; 3]))), &[255; 3]));
        assert!(near(&shown(p3(), RgbImage::from_pixel(1, 1, Rgb([200, 50, 50]))), &[218, 24, 40]));
        let srgb = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];
        let measured = |gamma| Told::Measured { gamma, primaries: srgb };
        let middle = || RgbImage::from_pixel(1, 1, Rgb([127, 127, 127]));
        assert!(near(&shown(measured(45_455), middle()), &[127; 3]));
        assert!(near(&shown(measured(100_000), middle()), &[187; 3]));
    }

    #[test]
    fn what_is_no_profile_changes_nothing() {
        let plain = RgbImage::from_pixel(2, 1, Rgb([200, 50, 50]));
        let bytes = swapped();
        let mut many = bytes.clone();
        many[128..132].copy_from_slice(&1_000_u32.to_be_bytes());
        for told in [
            Told::Profile(Vec::new()),
            Told::Profile(bytes[..200].to_vec()),
            Told::Profile(vec![0xff; 1_000]),
            Told::Profile(many),
            Told::Code { primaries: 2, transfer: 13 },
            Told::Code { primaries: 9, transfer: 16 },
            Told::Measured { gamma: 0, primaries: [0; 8] },
        ] {
            assert_eq!(shown(told.clone(), plain.clone()), plain.as_raw().clone(), "{told:?}");
        }
    }

    #[test]
    fn words_in_a_profile_are_not_read() {
        let mut bytes = swapped();
        // A description that begins beyond the end.
        let at = bytes.windows(4).position(|window| window == b"desc").unwrap();
        bytes[at + 4..at + 8].fill(0xff);
        let red = RgbImage::from_pixel(1, 1, Rgb([255, 0, 0]));
        assert!(near(&shown(Told::Profile(bytes), red), &[0, 255, 0]));
    }
}
