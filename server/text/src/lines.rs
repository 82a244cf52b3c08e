//! From bytes as they come to whole lines.

/// Bytes that have come and are not yet taken as lines.
///
/// How the bytes are parted into packets makes no difference to the lines.
#[derive(Default)]
pub struct Lines {
    buffer: Vec<u8>,
    /// Where what is not yet taken begins.
    start: usize,
    /// Up to where no end of a line was found, from `start` on.
    scanned: usize,
    /// Whether it is settled if all begins with a byte order mark, which some clients put there.
    begun: bool,
}

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What there is to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A line that is not blank, without its end.
    Line(Vec<u8>),
    /// None before more bytes come.
    More,
    /// The line that comes next is longer than it may be; nothing is taken.
    TooLong,
}

impl Lines {
    /// Adds what has come.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// Takes the next line, of at most so many bytes without its end. Blank lines are passed over.
    pub fn next_line(&mut self, longest: usize) -> Next {
        if !self.begun {
            if self.unfinished().starts_with(BYTE_ORDER_MARK) {
                self.skip(BYTE_ORDER_MARK.len());
            } else if BYTE_ORDER_MARK.starts_with(self.unfinished()) {
                return Next::More;
            }
            self.begun = true;
        }
        loop {
            let Some(length) = self.unfinished()[self.scanned..].iter().position(|byte| *byte == b'\n')
            else {
                self.scanned = self.unfinished().len();
                let so_far = without_return(self.unfinished()).len();
                return if so_far > longest { Next::TooLong } else { Next::More };
            };
            let length = self.scanned + length;
            let line = without_return(&self.unfinished()[..length]);
            if line.len() > longest {
                return Next::TooLong;
            }
            if line.is_empty() {
                self.skip(length + 1);
            } else {
                let line = line.len();
                return Next::Line(self.take(line, length + 1));
            }
        }
    }

    /// Whether the end of the bytes would cut a line off.
    pub fn is_cut(&self) -> bool {
        !without_return(self.unfinished()).is_empty()
    }

    /// What is not yet taken.
    pub fn unfinished(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// What all of it takes of memory, in bytes.
    pub fn capacity(&self) -> usize {
        self.buffer.capacity()
    }

    /// Makes room for so many bytes in all, and no more than that; `false` where there is none.
    pub fn reserve(&mut self, capacity: usize) -> bool {
        self.buffer.try_reserve_exact(capacity.saturating_sub(self.buffer.len())).is_ok()
    }

    /// Gives back the memory that is not needed for what is there.
    pub fn shrink(&mut self) {
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.shrink_to_fit();
    }

    /// Takes `line` bytes, and leaves out the rest of the `whole`.
    fn take(&mut self, line: usize, whole: usize) -> Vec<u8> {
        /// What is worth to be handed over as it is rather than copied.
        const LARGE: usize = 64 * 1024;
        if self.start > 0 || line < LARGE {
            let taken = self.unfinished()[..line].to_vec();
            self.skip(whole);
            return taken;
        }
        let rest = self.buffer.split_off(whole);
        let mut taken = std::mem::replace(&mut self.buffer, rest);
        self.scanned = 0;
        taken.truncate(line);
        taken
    }

    fn skip(&mut self, bytes: usize) {
        self.start += bytes;
        self.scanned = 0;
        if self.start == self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
        }
    }
}

/// A line without the carriage return that belongs to its end.
fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// How the bytes end.
    #[derive(Debug, PartialEq, Eq)]
    enum End {
        Whole,
        Cut,
        TooLong,
    }

    /// All that comes of these pieces: the lines, and how they end.
    fn all(pieces: &[&[u8]], longest: usize) -> (Vec<Vec<u8>>, End) {
        let (mut lines, mut found) = (Lines::default(), Vec::new());
        for piece in pieces {
            lines.push(piece);
            loop {
                match lines.next_line(longest) {
                    Next::Line(line) => found.push(line),
                    Next::More => break,
                    Next::TooLong => return (found, End::TooLong),
                }
            }
        }
        (found, if lines.is_cut() { End::Cut } else { End::Whole })
    }

    #[test]
    fn lines_end_with_lf_or_crlf_and_what_does_not_is_cut() {
        let (lines, end) = all(&[b"AUTH a b\r\n\r\n\nSEND a \rb\r\nLOGOUT\n"], 100);
        assert_eq!(lines, [&b"AUTH a b"[..], b"SEND a \rb", b"LOGOUT"]);
        assert_eq!(end, End::Whole);
        assert_eq!(all(&[b"\r\n\n\r"], 100), (vec![], End::Whole));
        for cut in [&b"LOGOUT\nSEND a b"[..], b"LOGOUT\nSEND a b\r"] {
            assert_eq!(all(&[cut], 100), (vec![b"LOGOUT".to_vec()], End::Cut));
        }
    }

    #[test]
    fn a_byte_order_mark_is_passed_over_where_all_begins() {
        let (lines, end) = all(&[b"\xef", b"\xbb", b"\xbfAUTH a b\n\xef\xbb\xbfLOGOUT\n"], 100);
        assert_eq!((lines, end), (vec![b"AUTH a b".to_vec(), b"\xef\xbb\xbfLOGOUT".to_vec()], End::Whole));
        assert_eq!(all(&[b"\xef\xbb\xbf12345\n"], 5).0, [b"12345"]);
        assert_eq!(all(&[b"\xef\xbb"], 5), (vec![], End::Cut));
        assert_eq!(all(&[b"\xef\xbbAUTH\n"], 100).0, [b"\xef\xbbAUTH"]);
    }

    #[test]
    fn a_line_may_be_so_long_and_no_longer() {
        assert_eq!(all(&[b"12345\r\n"], 5), (vec![b"12345".to_vec()], End::Whole));
        assert_eq!(all(&[b"ab\n123456\n"], 5), (vec![b"ab".to_vec()], End::TooLong));
        assert_eq!(all(&[b"123456"], 5), (vec![], End::TooLong));
    }

    #[test]
    fn a_large_line_leaves_what_follows_it() {
        let large = vec![b'x'; 100_000];
        let stream = [&large[..], b"\r\nLOGOUT\n"].concat();
        assert_eq!(all(&[&stream], 200_000), (vec![large, b"LOGOUT".to_vec()], End::Whole));
    }

    proptest! {
        #[test]
        fn packets_make_no_difference(
            bytes in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), any::<u8>()], 0..200),
            cuts in prop::collection::vec(0..200_usize, 0..20),
            longest in 0..40_usize,
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
            prop_assert_eq!(all(&pieces, longest), all(&[&bytes], longest));
        }
    }
}
