//! What a file is can be told of any bytes: a picture, a film, a sound, or something to save.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use sapa_media::{Kind, recognise};

fuzz_target!(|data: &[u8]| {
    let kind = recognise(&mut Cursor::new(data)).expect("bytes can be read");
    let media_type = kind.media_type();
    let is_shown = ["image/", "video/", "audio/"].iter().any(|family| media_type.starts_with(family));
    assert_eq!(!is_shown, matches!(kind, Kind::Tiff | Kind::Other));
});
