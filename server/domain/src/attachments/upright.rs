//! A picture as it is seen once turned, without a copy of it: the largest take too much for two.

use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, Rgba};

/// See the module.
pub struct Upright<'a> {
    image: &'a DynamicImage,
    orientation: Orientation,
}

impl<'a> Upright<'a> {
    /// Sees a picture turned like this.
    pub const fn new(image: &'a DynamicImage, orientation: Orientation) -> Self {
        Self { image, orientation }
    }
}

impl GenericImageView for Upright<'_> {
    type Pixel = Rgba<u8>;

    fn dimensions(&self) -> (u32, u32) {
        let (width, height) = self.image.dimensions();
        match self.orientation {
            Orientation::NoTransforms
            | Orientation::Rotate180
            | Orientation::FlipHorizontal
            | Orientation::FlipVertical => (width, height),
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (height, width),
        }
    }

    fn get_pixel(&self, x: u32, y: u32) -> Rgba<u8> {
        let (width, height) = self.image.dimensions();
        let (x, y) = match self.orientation {
            Orientation::NoTransforms => (x, y),
            Orientation::Rotate90 => (y, height - 1 - x),
            Orientation::Rotate180 => (width - 1 - x, height - 1 - y),
            Orientation::Rotate270 => (width - 1 - y, x),
            Orientation::FlipHorizontal => (width - 1 - x, y),
            Orientation::FlipVertical => (x, height - 1 - y),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate270FlipH => (width - 1 - y, height - 1 - x),
        };
        self.image.get_pixel(x, y)
    }
}

#[cfg(test)]
mod tests {
    use image::RgbaImage;

    use super::*;

    #[test]
    fn it_is_seen_as_it_would_be_turned() {
        let shade = |at: u32| u8::try_from(at * 30).unwrap();
        let image = RgbaImage::from_fn(7, 5, |x, y| Rgba([shade(x), shade(y), 90, 255 - shade(x)]));
        let image = DynamicImage::from(image);
        for said in 1..=8 {
            let orientation = Orientation::from_exif(said).unwrap();
            let mut turned = image.clone();
            turned.apply_orientation(orientation);
            let seen = Upright::new(&image, orientation);
            assert_eq!(seen.dimensions(), turned.dimensions(), "{said}");
            assert!(seen.pixels().eq(turned.pixels()), "{said}");
        }
    }
}
