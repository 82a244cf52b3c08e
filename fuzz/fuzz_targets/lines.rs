//! How bytes are parted into packets makes no difference to the lines. The first byte says how they are
//! parted, the second how long a line may be.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sapa_text::{Lines, Next};

/// The lines, and whether one was too long.
fn lines(pieces: &mut dyn Iterator<Item = &[u8]>, longest: usize) -> (Vec<Vec<u8>>, bool) {
    let (mut lines, mut found) = (Lines::default(), Vec::new());
    for piece in pieces {
        lines.push(piece);
        loop {
            match lines.next_line(longest) {
                Next::Line(line) => found.push(line),
                Next::More => break,
                Next::TooLong => return (found, true),
            }
        }
    }
    loop {
        match lines.finish(longest) {
            Next::Line(line) => found.push(line),
            Next::More => return (found, false),
            Next::TooLong => return (found, true),
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let [size, longest, bytes @ ..] = data else { return };
    let longest = usize::from(*longest);
    let (whole, too_long) = lines(&mut std::iter::once(bytes), longest);
    let parted = lines(&mut bytes.chunks(usize::from(*size).max(1)), longest);
    assert_eq!(parted, (whole.clone(), too_long));
    for line in &whole {
        assert!(!line.is_empty() && line.len() <= longest && !line.contains(&b'\n'));
    }
});
