//! What the prefix codes of a lossless WebP take of memory (RFC 9649, 3.7): there can be 65,536 groups of five, each
//! told in a few bytes and built into tables of many thousand before the first pixel is read. So they are read here
//! first, without being built, and no further than they may go.

use std::io::{self, ErrorKind, Read};

/// Sizes of the alphabets of a group: green with lengths, red, blue, alpha, distances.
const ALPHABETS: [usize; 5] = [256 + 24, 256, 256, 256, 40];
/// What a group takes whatever its codes are.
const GROUP: u64 = 600;
/// What the codes of a picture may take: encoders that are known make no more than 2,600 groups.
pub const CODES_MAX: u64 = 48 << 20;

/// Near distances, by their codes: how far to the left, and how many rows up (RFC 9649, 4.2.2).
#[rustfmt::skip]
const NEAR: [(i64, i64); 120] = [
    (0, 1),  (1, 0),  (1, 1),  (-1, 1), (0, 2),  (2, 0),  (1, 2),  (-1, 2),
    (2, 1),  (-2, 1), (2, 2),  (-2, 2), (0, 3),  (3, 0),  (1, 3),  (-1, 3),
    (3, 1),  (-3, 1), (2, 3),  (-2, 3), (3, 2),  (-3, 2), (0, 4),  (4, 0),
    (1, 4),  (-1, 4), (4, 1),  (-4, 1), (3, 3),  (-3, 3), (2, 4),  (-2, 4),
    (4, 2),  (-4, 2), (0, 5),  (3, 4),  (-3, 4), (4, 3),  (-4, 3), (5, 0),
    (1, 5),  (-1, 5), (5, 1),  (-5, 1), (2, 5),  (-2, 5), (5, 2),  (-5, 2),
    (4, 4),  (-4, 4), (3, 5),  (-3, 5), (5, 3),  (-5, 3), (0, 6),  (6, 0),
    (1, 6),  (-1, 6), (6, 1),  (-6, 1), (2, 6),  (-2, 6), (6, 2),  (-6, 2),
    (4, 5),  (-4, 5), (5, 4),  (-5, 4), (3, 6),  (-3, 6), (6, 3),  (-6, 3),
    (0, 7),  (7, 0),  (1, 7),  (-1, 7), (5, 5),  (-5, 5), (7, 1),  (-7, 1),
    (4, 6),  (-4, 6), (6, 4),  (-6, 4), (2, 7),  (-2, 7), (7, 2),  (-7, 2),
    (3, 7),  (-3, 7), (7, 3),  (-7, 3), (5, 6),  (-5, 6), (6, 5),  (-6, 5),
    (8, 0),  (4, 7),  (-4, 7), (7, 4),  (-7, 4), (8, 1),  (8, 2),  (6, 6),
    (-6, 6), (8, 3),  (5, 7),  (-5, 7), (7, 5),  (-7, 5), (8, 4),  (6, 7),
    (-6, 7), (7, 6),  (-7, 6), (8, 5),  (7, 7),  (-7, 7), (8, 6),  (8, 7),
];

/// Whether the codes of a picture of these sides take no more than they may, read from behind its head.
pub fn are_bearable(packed: &[u8], width: usize, height: usize) -> io::Result<bool> {
    let mut bits = Bits { packed, held: 0, count: 0 };
    let width = pass_transforms(&mut bits, width, height)?;
    let cache = cache_bits(&mut bits)?;
    let mut groups = 1;
    if bits.take(1)? == 1 {
        let size = bits.take(3)? + 2;
        let blocks = picture(&mut bits, parts(width, size), parts(height, size))?;
        // Red and green are the number of a block's group.
        groups += blocks.iter().map(|argb| argb >> 8 & 0xffff).max().unwrap_or_default();
    }
    let mut bytes = 0;
    for _ in 0..groups {
        bytes += GROUP;
        for code in group(&mut bits, cache)? {
            bytes += code.built();
        }
        if bytes > CODES_MAX {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Reads over the smaller pictures that say how the picture is transformed, and tells how wide what is packed is.
fn pass_transforms(bits: &mut Bits<'_>, mut width: usize, height: usize) -> io::Result<usize> {
    let mut seen = [false; 4];
    while bits.take(1)? == 1 {
        let kind = bits.take(2)?;
        if std::mem::replace(&mut seen[kind as usize], true) {
            return Err(broken());
        }
        match kind {
            0 | 1 => {
                let size = bits.take(3)? + 2;
                picture(bits, parts(width, size), parts(height, size))?;
            }
            2 => {}
            _ => {
                let colours = bits.take(8)? as usize + 1;
                picture(bits, colours, 1)?;
                // So many pixels are packed into one.
                width = parts(
                    width,
                    match colours {
                        0..=2 => 3,
                        3..=4 => 2,
                        5..=16 => 1,
                        _ => 0,
                    },
                );
            }
        }
    }
    Ok(width)
}

/// A smaller picture: it has one group of codes, and no transforms.
fn picture(bits: &mut Bits<'_>, width: usize, height: usize) -> io::Result<Vec<u32>> {
    let cache_bits = cache_bits(bits)?;
    let mut cache = vec![0; cache_bits.map_or(0, |bits| 1 << bits)];
    let group = group(bits, cache_bits)?;
    let size = width * height;
    let mut pixels: Vec<u32> = Vec::with_capacity(size);
    // A colour goes to a place in the cache that is made of it (RFC 9649, 4.2.3).
    let place = |argb: u32| cache_bits.map(|bits| (argb.wrapping_mul(0x1e35_a7bd) >> (32 - bits)) as usize);
    while pixels.len() < size {
        let from = pixels.len();
        match group[0].read(bits)? {
            green @ 0..256 => {
                let [red, blue, alpha] = [group[1].read(bits)?, group[2].read(bits)?, group[3].read(bits)?];
                pixels.push(alpha << 24 | red << 16 | green << 8 | blue);
            }
            length @ 256..280 => {
                let length = bits.number(length - 256)?;
                let code = group[4].read(bits)?;
                let back = distance(width, bits.number(code)?);
                if back > from || length > size - from {
                    return Err(broken());
                }
                for at in from..from + length {
                    pixels.push(pixels[at - back]);
                }
            }
            cached => pixels.push(*cache.get(cached as usize - 280).ok_or_else(broken)?),
        }
        for argb in &pixels[from..] {
            if let Some(place) = place(*argb) {
                cache[place] = *argb;
            }
        }
    }
    Ok(pixels)
}

fn cache_bits(bits: &mut Bits<'_>) -> io::Result<Option<u32>> {
    if bits.take(1)? == 0 {
        return Ok(None);
    }
    match bits.take(4)? {
        size @ 1..=11 => Ok(Some(size)),
        _ => Err(broken()),
    }
}

fn group(bits: &mut Bits<'_>, cache: Option<u32>) -> io::Result<[Code; 5]> {
    let mut sizes = ALPHABETS;
    sizes[0] += cache.map_or(0, |bits| 1 << bits);
    let mut group = [const { Code::NONE }; 5];
    for (code, size) in group.iter_mut().zip(sizes) {
        *code = Code::told(bits, size)?;
    }
    Ok(group)
}

/// How far back a code of a distance leads.
fn distance(width: usize, code: usize) -> usize {
    let Some((left, up)) = NEAR.get(code - 1) else { return code - NEAR.len() };
    let width = i64::try_from(width).unwrap_or(i64::MAX);
    usize::try_from(left + up * width).unwrap_or(1).max(1)
}

fn parts(side: usize, bits: u32) -> usize {
    side.div_ceil(1 << bits)
}

/// A canonical prefix code: how many symbols have a word of each length, and which these are, in their order.
struct Code {
    lengths: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    const NONE: Self = Self { lengths: [0; 16], symbols: Vec::new() };

    /// Reads a code as it is told in the file (RFC 9649, 3.7.2.1).
    fn told(bits: &mut Bits<'_>, alphabet: usize) -> io::Result<Self> {
        const ORDER: [usize; 19] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        if bits.take(1)? == 1 {
            let has_two = bits.take(1)? == 1;
            let size = if bits.take(1)? == 1 { 8 } else { 1 };
            let mut code = Self { lengths: [0; 16], symbols: vec![bits.symbol(size)?] };
            if has_two {
                code.symbols.push(bits.symbol(8)?);
                code.lengths[1] = 2;
            }
            if code.symbols.iter().any(|symbol| usize::from(*symbol) >= alphabet) {
                return Err(broken());
            }
            return Ok(code);
        }
        let mut lengths = [0; ORDER.len()];
        let count = bits.take(4)? as usize + 4;
        for at in ORDER.iter().take(count) {
            lengths[*at] = bits.symbol(3)?;
        }
        let of_lengths = Self::of(&lengths);
        let mut left = alphabet;
        if bits.take(1)? == 1 {
            let size = bits.take(3)? * 2 + 2;
            left = bits.take(size)? as usize + 2;
        }
        let (mut lengths, mut before) = (Vec::with_capacity(alphabet), 8);
        while lengths.len() < alphabet && left > 0 {
            left -= 1;
            let (length, times) = match of_lengths.read(bits)? {
                16 => (before, bits.take(2)? + 3),
                17 => (0, bits.take(3)? + 3),
                18 => (0, bits.take(7)? + 11),
                length => (u16::try_from(length).unwrap_or_default(), 1),
            };
            if length != 0 {
                before = length;
            }
            lengths.resize(lengths.len() + times as usize, length);
        }
        if lengths.len() > alphabet {
            return Err(broken());
        }
        Ok(Self::of(&lengths))
    }

    fn of(lengths: &[u16]) -> Self {
        let mut code = Self::NONE;
        for length in 1..16 {
            let symbols = (0..).zip(lengths).filter(|(_, of)| **of == length).map(|(symbol, _)| symbol);
            let before = code.symbols.len();
            code.symbols.extend(symbols);
            code.lengths[usize::from(length)] =
                u16::try_from(code.symbols.len() - before).unwrap_or(u16::MAX);
        }
        code
    }

    /// Reads one symbol.
    fn read(&self, bits: &mut Bits<'_>) -> io::Result<u32> {
        // What there is no choice about takes no bit.
        if let [only] = self.symbols[..] {
            return Ok(only.into());
        }
        let (mut word, mut first, mut at) = (0, 0, 0);
        for count in &self.lengths[1..] {
            let count = u32::from(*count);
            word = word << 1 | bits.take(1)?;
            if let Some(behind) = word.checked_sub(first).filter(|behind| *behind < count) {
                let symbol = self.symbols.get((at + behind) as usize);
                return symbol.map(|symbol| (*symbol).into()).ok_or_else(broken);
            }
            at += count;
            first = (first + count) << 1;
        }
        Err(broken())
    }

    /// What a decoder makes of it, at the most: a table for words of up to ten bits, and a tree of those that are
    /// longer (`image_webp::huffman`).
    fn built(&self) -> u64 {
        const TABLE_BITS: usize = 10;
        const ENTRY: u64 = 4;
        const NODES: u64 = 4 * 16;
        let longest = self.lengths.iter().rposition(|count| *count != 0).unwrap_or_default();
        let in_tree: u64 = self.lengths[TABLE_BITS + 1..].iter().map(|count| u64::from(*count)).sum();
        (ENTRY << longest.min(TABLE_BITS)) + in_tree * NODES
    }
}

/// Bits of a file, the lowest of each byte first.
struct Bits<'a> {
    packed: &'a [u8],
    held: u32,
    count: u32,
}

impl Bits<'_> {
    /// Takes so many bits.
    fn take(&mut self, count: u32) -> io::Result<u32> {
        let mut taken = 0;
        for at in 0..count {
            if self.count == 0 {
                let mut byte = [0];
                self.packed.read_exact(&mut byte)?;
                (self.held, self.count) = (byte[0].into(), 8);
            }
            taken |= (self.held & 1) << at;
            self.held >>= 1;
            self.count -= 1;
        }
        Ok(taken)
    }

    fn symbol(&mut self, count: u32) -> io::Result<u16> {
        Ok(u16::try_from(self.take(count)?).unwrap_or_default())
    }

    /// A length or a distance, told by a symbol and further bits (RFC 9649, 4.2.2).
    fn number(&mut self, symbol: u32) -> io::Result<usize> {
        if symbol < 4 {
            return Ok(symbol as usize + 1);
        }
        let further = (symbol - 2) >> 1;
        let number = ((2 + (symbol & 1)) << further) + self.take(further)? + 1;
        Ok(number as usize)
    }
}

fn broken() -> io::Error {
    io::Error::from(ErrorKind::InvalidData)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of two halves as libwebp packs it (lossless, in its slowest way): two groups, transforms, and a
    /// cache of colours.
    const PICTURE: &[u8] = include_bytes!("two_groups.webp");
    const HEAD: usize = 12 + 8 + 5;
    /// Its codes, with what comes before them.
    const CODES: usize = 238;

    #[test]
    fn codes_as_encoders_make_them_are_read() {
        let packed = &PICTURE[HEAD..];
        assert!(are_bearable(packed, 96, 64).unwrap());
        assert_eq!(super::super::webp(PICTURE).bytes, PICTURE);
        // All of them are read, of both groups, and nothing behind.
        assert!(are_bearable(&packed[..CODES], 96, 64).unwrap());
        let cut = are_bearable(&packed[..CODES - 1], 96, 64).unwrap_err();
        assert_eq!(cut.kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_symbol_beyond_its_alphabet_is_none() {
        // No transform, no cache, one group; the fifth code, of distances, has the symbol 255.
        let one = |symbol: u32| [(1, 1), (0, 1), (1, 1), (symbol, 8)];
        let told = [(0, 1), (0, 1), (0, 1)].into_iter().chain([0, 0, 0, 0, 255].into_iter().flat_map(one));
        let bits: Vec<bool> =
            told.flat_map(|(value, size)| (0..size).map(move |at| value >> at & 1 == 1)).collect();
        let packed: Vec<u8> = bits
            .chunks(8)
            .map(|byte| byte.iter().rev().fold(0, |all, bit| all << 1 | u8::from(*bit)))
            .collect();
        assert_eq!(are_bearable(&packed, 8, 8).unwrap_err().kind(), ErrorKind::InvalidData);
    }
}
