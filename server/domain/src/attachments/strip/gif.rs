//! GIF (89a): a screen, and blocks of frames and of what is said.

use super::{Frames, Kept, damaged};

/// What the screen takes: its sides, and how many colours its table has.
const HEAD: usize = 13;
/// The byte before each kind of block.
const EXTENSION: u8 = 0x21;
const FRAME: u8 = 0x2c;
const TRAILER: u8 = 0x3b;
/// How long the next frame is shown, and what shines through it.
const CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;
/// What says how often a film is shown, under both names that browsers know.
const REPEATS: [&[u8]; 2] = [b"\x0bNETSCAPE2.0\x03\x01", b"\x0bANIMEXTS1.0\x03\x01"];

/// Keeps the frames as they are, with what says how they are shown.
pub fn gif(bytes: &[u8]) -> Kept {
    let mut kept = Kept::of(bytes);
    let mut frames = Frames::default();
    let table = bytes.get(HEAD - 3).map_or(0, |packed| table_size(*packed));
    let Some((head, mut rest)) = bytes.split_at_checked(HEAD + table) else {
        kept.bytes.extend_from_slice(bytes);
        kept.blame(damaged("cut off"));
        return kept;
    };
    kept.bytes.extend_from_slice(head);
    loop {
        match *rest {
            [EXTENSION, label, ref contents @ ..] => {
                let Some(size) = pieces_size(contents) else { break };
                let (whole, after) = rest.split_at(2 + size);
                if label == CONTROL || (label == APPLICATION && repeats(&contents[..size])) {
                    kept.bytes.extend_from_slice(whole);
                }
                rest = after;
            }
            [FRAME, ..] => {
                let Some(Frame { width, height, size }) = frame(rest) else {
                    // Of the first one browsers show what there is.
                    if frames.count == 0 {
                        kept.bytes.extend_from_slice(rest);
                    }
                    break;
                };
                kept.check(frames.count(width, height));
                let (whole, after) = rest.split_at(size);
                kept.bytes.extend_from_slice(whole);
                rest = after;
            }
            // Some programs end what has ended.
            [0, ref after @ ..] => rest = after,
            _ => break,
        }
    }
    if frames.count == 0 {
        kept.blame(damaged("no frame"));
    } else {
        kept.bytes.push(TRAILER);
    }
    kept.animated = frames.count > 1;
    kept
}

struct Frame {
    width: u64,
    height: u64,
    /// Of all of it, in bytes.
    size: usize,
}

/// The frame that bytes begin with; none where it is not whole.
fn frame(rest: &[u8]) -> Option<Frame> {
    let [_, _, _, _, _, w0, w1, h0, h1, packed, ..] = *rest else { return None };
    let pixels_of = |low, high| u64::from(u16::from_le_bytes([low, high]));
    // Behind its colours stands how many bits a code has.
    let pixels = 10 + table_size(packed) + 1;
    let size = pixels + pieces_size(rest.get(pixels..)?)?;
    Some(Frame { width: pixels_of(w0, w1), height: pixels_of(h0, h1), size })
}

/// Bytes of a table of colours, as it is said.
fn table_size(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 0b111) + 1) }
}

/// Bytes of the pieces that a block is made of, each with its size before it, up to an empty one.
fn pieces_size(bytes: &[u8]) -> Option<usize> {
    let mut size = 0;
    loop {
        let piece = usize::from(*bytes.get(size)?);
        size += 1 + piece;
        if piece == 0 {
            return Some(size);
        }
    }
}

/// Whether it says nothing but how often a film is shown.
fn repeats(contents: &[u8]) -> bool {
    REPEATS.iter().any(|start| contents.starts_with(start) && contents.len() == start.len() + 3)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{sound, tells};
    use super::*;

    /// A screen of two by two in two colours, and one frame of it.
    const SCREEN: &[u8] = b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff";
    const PIXELS: &[u8] = b"\x2c\0\0\0\0\x02\0\x02\0\0\x02\x02\x84\x51\0";
    const SHOWN: &[u8] = b"\x21\xf9\x04\0\x0a\0\0\0";
    const FOREVER: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    const COMMENT: &[u8] = b"\x21\xfe\x06secret\0";

    #[test]
    fn a_gif_keeps_its_frames_and_how_they_are_shown() {
        let xmp = b"\x21\xff\x0bXMP DataXMP\x06secret\0";
        let more = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\x06secret\0";
        let told = [SCREEN, COMMENT, FOREVER, xmp, more, SHOWN, PIXELS, b"\0", SHOWN, PIXELS, b"\x3b secret"]
            .concat();
        let plain = [SCREEN, FOREVER, SHOWN, PIXELS, SHOWN, PIXELS, b"\x3b"].concat();
        assert!(tells(&told));
        let kept = gif(&told);
        assert!(kept.animated);
        assert_eq!(sound(kept), plain);
        assert!(image::load_from_memory(&plain).is_ok());
        // Without its end, or with half a frame.
        assert_eq!(sound(gif(&plain[..plain.len() - 1])), plain);
        let one = [SCREEN, FOREVER, SHOWN, PIXELS, SHOWN, b"\x3b"].concat();
        assert_eq!(sound(gif(&plain[..plain.len() - 5])), one);
    }

    #[test]
    fn what_shows_nothing_is_told() {
        let whole = [SCREEN, PIXELS, b"\x3b"].concat();
        for cut in 6..whole.len() - 1 {
            let kept = gif(&whole[..cut]);
            assert_eq!((kept.bytes, kept.fault.is_some()), (whole[..cut].to_vec(), true), "{cut}");
        }
        let many = [SCREEN, &PIXELS.repeat(1_001), b"\x3b"].concat();
        let kept = gif(&many);
        assert_eq!((kept.bytes, kept.fault.is_some()), (many, true));
    }
}
