//! How bytes are parted into packets makes no difference to the lines. The first byte says how they are
//! parted, the second how long a line may be.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sapa_text::{Lines, Next};

/// The lines, whether one was too long, and whether the last one was cut off.
fn lines(pieces: &mut dyn Iterator<Item = &[u8]>, longest: usize) -> (Vec<Vec<u8>>, bool, bool) {
    let (mut lines, mut found) = (Lines::default(), Vec::new());
    for piece in pieces {
        lines.push(piece);
        loop {
            match lines.next_line(longest) {
                Next::Line(line) => found.push(line),
                Next::More => break,
                Next::TooLong => return (found, true, false),
            }
        }
    }
    (found, false, lines.is_cut())
}

fuzz_target!(|data: &[u8]| {
    let [size, longest, bytes @ ..] = data else { return };
    let longest = usize::from(*longest);
    let whole = lines(&mut std::iter::once(bytes), longest);
    let parted = lines(&mut bytes.chunks(usize::from(*size).max(1)), longest);
    assert_eq!(parted, whole);
    for line in &whole.0 {
        assert!(!line.is_empty() && line.len() <= longest && !line.contains(&b'\n'));
    }
});
