//! Sound without a container: frames, one behind the other, each of which says how long it is.

/// How many frames must follow one another to be told from bytes of any other kind.
const FRAMES: usize = 3;

/// Whether bytes begin with frames of MPEG audio, MP3 among them (ISO/IEC 11172-3, 2.4.2.3; 13818-3, 2.4.2.3).
pub fn is_mpeg(bytes: &[u8]) -> bool {
    is_run(bytes, mpeg_frame)
}

/// Whether bytes begin with frames of AAC (ISO/IEC 14496-3, 1.A.2.2).
pub fn is_adts(bytes: &[u8]) -> bool {
    is_run(bytes, adts_frame)
}

/// Whether frames follow one another as far as they must, or as the bytes go.
fn is_run(bytes: &[u8], length: fn(&[u8]) -> Option<usize>) -> bool {
    let mut rest = bytes;
    for frame in 0..FRAMES {
        if rest.is_empty() {
            return frame > 0;
        }
        let Some(length) = length(rest) else { return false };
        match rest.get(length..) {
            Some(after) => rest = after,
            // One alone that goes on beyond what is seen could be anything.
            None => return frame > 0,
        }
    }
    true
}

fn mpeg_frame(bytes: &[u8]) -> Option<usize> {
    /// Thousands of bits a second, by version and layer.
    const RATES: [[usize; 14]; 5] = [
        [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    const SAMPLES: [usize; 3] = [44_100, 48_000, 32_000];
    let [0xff, kind, rates, ..] = *bytes else { return None };
    if kind < 0xe0 {
        return None;
    }
    let (version, layer) = (kind >> 3 & 0b11, kind >> 1 & 0b11);
    // The second version has half of the first, the one that came later a quarter.
    let part = match version {
        0b11 => 1,
        0b10 => 2,
        0b00 => 4,
        _ => return None,
    };
    let (rates_of, samples_per_bit) = match (layer, version) {
        (0b11, 0b11) => (0, 12),
        (0b11, _) => (3, 12),
        (0b10, 0b11) => (1, 144),
        (0b01, 0b11) => (2, 144),
        (0b10, _) => (4, 144),
        (0b01, _) => (4, 72),
        _ => return None,
    };
    let rate = RATES[rates_of].get(usize::from(rates >> 4).checked_sub(1)?)? * 1_000;
    let samples = SAMPLES.get(usize::from(rates >> 2 & 0b11))? / part;
    let slots = samples_per_bit * rate / samples + usize::from(rates >> 1 & 1);
    Some(if layer == 0b11 { slots * 4 } else { slots })
}

fn adts_frame(bytes: &[u8]) -> Option<usize> {
    const HEAD: usize = 7;
    let [0xff, kind, samples, l0, l1, l2, ..] = *bytes else { return None };
    let is_frame = kind & 0xf6 == 0xf0 && samples >> 2 & 0xf < 13;
    let length = usize::from(l0 & 0b11) << 11 | usize::from(l1) << 3 | usize::from(l2 >> 5);
    (is_frame && length >= HEAD).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_is_told_by_its_frames() {
        let mp3 = include_bytes!("../tests/inputs/a_mpeg2.mp3");
        let aac = include_bytes!("../tests/inputs/a.aac");
        assert!(is_mpeg(mp3) && !is_adts(mp3));
        assert!(is_adts(aac) && !is_mpeg(aac));
        // A frame of the first version, third layer, of 128,000 bits a second at 44,100 samples.
        let frame = [&[0xff, 0xfb, 0x90, 0][..], &[0; 413]].concat();
        assert_eq!(mpeg_frame(&frame), Some(417));
        assert!(is_mpeg(&frame.repeat(2)) && is_mpeg(&frame), "as far as it goes");
        assert!(is_mpeg(&frame.repeat(2)[..500]) && !is_mpeg(&frame[..400]));
    }

    #[test]
    fn what_only_begins_like_a_frame_is_no_sound() {
        // Text in UTF-16 begins with 0xff 0xfe.
        let text: Vec<u8> = [0xfeff]
            .into_iter()
            .chain("halo, apa kabar?".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for other in [&text[..], b"", b"\xff", b"\xff\xfb\x90", &[0xff; 100], b"\xff\xf1\x50\x40\0\0\0\0\0"] {
            assert!(!is_mpeg(other) && !is_adts(other), "{other:?}");
        }
    }
}
