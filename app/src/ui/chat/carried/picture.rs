//! A picture in a bubble.

use leptos::{ev, prelude::*};
use sapa_model::attachment::Media;
use sapa_model::{Attachment, AttachmentId, Variant};

use super::FileCard;
use crate::i18n::use_t;

/// The largest room that one picture takes in a bubble, in CSS pixels.
const ROOM: (u32, u32) = (340, 400);
/// The smallest side that can still be pressed.
const SIDE_MIN: u32 = 48;

/// The sides of a picture in a bubble: it is known before the picture is there, so that nothing jumps.
pub fn fit(width: u32, height: u32) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (room_width, room_height) = (u64::from(ROOM.0), u64::from(ROOM.1));
    // Which side meets its bound first; small pictures are not blown up.
    let (numerator, denominator) = [(room_width, width), (room_height, height), (1, 1)]
        .into_iter()
        .min_by(|(a, b), (c, d)| (a * d).cmp(&(c * b)))
        .unwrap_or((1, 1));
    let side = |side: u64| u32::try_from(side * numerator / denominator).unwrap_or(ROOM.0).max(SIDE_MIN);
    (side(width), side(height))
}

/// One picture; in an album a square of it. What not every browser shows is a file to save where this one cannot.
#[component]
pub fn PictureTile(attachment: Attachment, album: bool, on_open: Callback<AttachmentId>) -> impl IntoView {
    let t = use_t();
    let lost = RwSignal::new(false);
    let is_certain = attachment.media.has_preview();
    move || {
        if lost.get() {
            return Some(view! { <FileCard attachment=attachment.clone() /> }.into_any());
        }
        let Media::Picture { width, height, animated, preview } = attachment.media.clone() else {
            return None;
        };
        let variant = match (animated, album) {
            (true, _) => Variant::Original,
            (false, true) => Variant::Small,
            (false, false) => Variant::Large,
        };
        let (width, height) = fit(width, height);
        let id = attachment.id;
        let blurred = is_certain
            .then(|| view! { <img class="picture-preview" src=preview alt="" aria-hidden="true" /> });
        let tile = view! {
            <button
                type="button"
                class="picture"
                tabindex="-1"
                aria-label=(t.files.open_picture)(attachment.name.as_str())
                on:click=move |_: ev::MouseEvent| on_open.run(id)
            >
                {blurred}
                <img
                    class="picture-image"
                    src=attachment.path(variant)
                    width=width
                    height=height
                    alt=attachment.name.to_string()
                    decoding="async"
                    draggable="false"
                    on:error=move |_| {
                        if !is_certain {
                            lost.set(true);
                        }
                    }
                />
            </button>
        };
        Some(tile.into_any())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_fit_and_keep_their_form() {
        assert_eq!(fit(3400, 1700), (340, 170));
        assert_eq!(fit(1000, 4000), (100, 400));
        assert_eq!(fit(200, 100), (200, 100));
        assert_eq!(fit(0, 0), (48, 48));
        assert_eq!(fit(30_000, 1), (340, 48));
    }
}
