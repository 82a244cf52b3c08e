//! Files as base64 (RFC 4648, 4), a piece at a time.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Characters that are decoded at a time; a multiple of four.
const PIECE: usize = 64 * 1024;

/// What a file holds, as base64 that has been found good: padded, without blanks or line breaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Content<'a>(&'a str);

impl<'a> Content<'a> {
    /// Reads base64 of at least one byte.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut buffer = [0; 3 * 1024];
        let mut pieces = text.as_bytes().chunks(4 * 1024).peekable();
        let mut good = !text.is_empty() && text.len().is_multiple_of(4);
        while let Some(piece) = pieces.next().filter(|_| good) {
            let length = STANDARD.decode_slice(piece, &mut buffer);
            // Padding ends it.
            good = length.is_ok_and(|length| pieces.peek().is_none() || length == buffer.len());
        }
        good.then_some(Self(text))
    }

    /// The base64 itself.
    pub fn as_str(&self) -> &'a str {
        self.0
    }

    /// Bytes of the file.
    pub fn size(&self) -> usize {
        let padding = self.0.bytes().rev().take_while(|byte| *byte == b'=').count();
        self.0.len() / 4 * 3 - padding
    }

    /// The bytes, in pieces that are small against a file.
    pub fn pieces(self) -> impl Iterator<Item = Vec<u8>> + Send + 'a {
        // What was found good cannot fail.
        self.0.as_bytes().chunks(PIECE).map(|piece| STANDARD.decode(piece).unwrap_or_default())
    }
}

impl std::fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content({} bytes)", self.size())
    }
}

/// Writes base64 of bytes that come piece by piece.
#[derive(Default)]
pub struct Encoder {
    /// What does not yet make three.
    left: Vec<u8>,
}

impl Encoder {
    /// The base64 of what has come so far and was not yet written.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        self.left.extend_from_slice(bytes);
        let whole = self.left.len() - self.left.len() % 3;
        let text = STANDARD.encode(&self.left[..whole]);
        self.left.drain(..whole);
        text
    }

    /// The end.
    pub fn finish(self) -> String {
        STANDARD.encode(self.left)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_whole_base64_is_taken() {
        for good in ["AA==", "AAA=", "AAAA", "aGFsbw=="] {
            assert!(Content::parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "A", "AA", "AA=", "AA==AAAA", "AAAA AAAA", "AA-_", "AAA\u{e9}", "A===", "====", "AB=="]
        {
            assert!(Content::parse(bad).is_none(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_file_comes_back_as_it_was(
            bytes in prop::collection::vec(any::<u8>(), 1..300),
            times in prop_oneof![Just(1_usize), Just(60), Just(700)],
            piece in 1..5_000_usize,
        ) {
            let bytes = bytes.repeat(times);
            let mut encoder = Encoder::default();
            let mut text: String = bytes.chunks(piece).map(|piece| encoder.push(piece)).collect();
            text.push_str(&encoder.finish());
            prop_assert_eq!(&text, &STANDARD.encode(&bytes));
            let content = Content::parse(&text).unwrap();
            prop_assert_eq!(content.size(), bytes.len());
            prop_assert_eq!(content.pieces().collect::<Vec<_>>().concat(), bytes);
        }

        #[test]
        fn what_is_taken_can_be_decoded(text in "[A-Za-z0-9+/=]{0,12}") {
            prop_assert_eq!(Content::parse(&text).is_some(), STANDARD.decode(&text).is_ok_and(|bytes| !bytes.is_empty()));
        }
    }
}
