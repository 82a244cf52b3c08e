//! Pictures that strangers bring, made to unpack to more than they may: what the program takes of memory.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Binary, Person};

/// What a picture may take while it is decoded, and its file and the smaller ones beside it.
const BOUND_MIB: u64 = 300 + 60;
/// Of a picture of so many pixels each side nearly 50 million.
const LARGEST: u32 = 7_071;

/// Zeros, packed (RFC 1950 and 1951): of a block that repeats itself, pieces of 258.
fn zeros(size: usize) -> Vec<u8> {
    // One zero, then lengths of 258 at a distance of one, in fixed codes: a bit that is the last block's, the kind
    // of block, then codes from their highest bit on. The code of 285 is 11000101, that of a distance of one 00000.
    let pieces = (size - 1) / 258;
    let rest = (size - 1) % 258;
    let mut bits: Vec<bool> = Vec::with_capacity(pieces * 13 + rest * 8 + 32);
    let code = |bits: &mut Vec<bool>, code: u32, length: u32| {
        bits.extend((0..length).rev().map(|at| code >> at & 1 == 1));
    };
    bits.extend([true, true, false]);
    for _ in 0..=rest {
        code(&mut bits, 0b0011_0000, 8);
    }
    for _ in 0..pieces {
        code(&mut bits, 0b1100_0101, 8);
        code(&mut bits, 0, 5);
    }
    code(&mut bits, 0, 7);
    let mut out = vec![0x78, 0x01];
    out.extend(bits.chunks(8).map(|byte| byte.iter().rev().fold(0_u8, |all, bit| all << 1 | u8::from(*bit))));
    // The sum of zeros (RFC 1950, 8.2).
    let second = u32::try_from(size % 65_521).unwrap();
    out.extend((second << 16 | 1).to_be_bytes());
    out
}

fn png_chunk(kind: [u8; 4], contents: &[u8]) -> Vec<u8> {
    let size = u32::try_from(contents.len()).unwrap().to_be_bytes();
    let mut sum = flate2::Crc::new();
    sum.update(&kind);
    sum.update(contents);
    [&size[..], &kind, contents, &sum.sum().to_be_bytes()].concat()
}

/// A square of zeros of so many bits, with some chunks before its pixels.
fn png(side: u32, depth: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let sides = [side.to_be_bytes(), side.to_be_bytes()].concat();
    let row = side as usize * 4 * usize::from(depth) / 8 + 1;
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        png_chunk(*b"IHDR", &[&sides[..], &[depth, 6, 0, 0, 0]].concat()),
        chunks.concat(),
        png_chunk(*b"IDAT", &zeros(row * side as usize)),
        png_chunk(*b"IEND", b""),
    ]
    .concat()
}

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let size = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker][..], &size, contents].concat()
}

/// A JPEG in scans, of whose colours there is one for so many pixels across and down.
fn jpeg_in_scans(side: u32, across: u8) -> Vec<u8> {
    let sides = u16::try_from(side).unwrap().to_be_bytes();
    let frame = [&[8][..], &sides, &sides, &[3, 1, across << 4 | across, 0, 2, 0x11, 0, 3, 0x11, 0]].concat();
    // One code, of one bit: no difference. Each unit is of so many pixels, and of as many blocks.
    let unit = side.div_ceil(u32::from(across) * 8);
    let blocks = unit * unit * (u32::from(across * across) + 2);
    let codes = |class: u8| [&[class, 1][..], &[0; 15], &[0]].concat();
    let scan = segment(0xda, &[3, 1, 0, 2, 0, 3, 0, 0, 0, 0]);
    [
        b"\xff\xd8".to_vec(),
        segment(0xdb, &[&[0][..], &[1; 64]].concat()),
        segment(0xc2, &frame),
        segment(0xc4, &codes(0)),
        scan,
        vec![0; blocks.div_ceil(8) as usize],
        b"\xff\xd9".to_vec(),
    ]
    .concat()
}

fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let chunks = chunks.concat();
    let size = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    [&b"RIFF"[..], &size, b"WEBP", &chunks].concat()
}

fn webp_chunk(kind: [u8; 4], size: usize, contents: &[u8]) -> Vec<u8> {
    [&kind[..], &u32::try_from(size).unwrap().to_le_bytes(), contents].concat()
}

/// A WebP that says to be small and has a frame of the largest sides inside.
fn webp_of_another_size() -> Vec<u8> {
    let frame = [&[0x10, 2, 0, 0x9d, 1, 0x2a, 0xff, 0x3f, 0xff, 0x3f][..], &[0; 4_000]].concat();
    riff(&[
        webp_chunk(*b"VP8X", 10, &[0, 0, 0, 0, 9, 0, 0, 9, 0, 0]),
        webp_chunk(*b"VP8 ", frame.len(), &frame),
    ])
}

/// A lossless WebP of eight pixels each side, of so many groups of codes that take 50 kB each once they are built.
fn webp_of_groups(groups: usize) -> Vec<u8> {
    let number = |value: usize, size: usize| (0..size).map(move |at| value >> at & 1 == 1);
    // Sides and version; no transform; a cache of colours, which makes the alphabet large; groups by blocks.
    let head = [(7, 14), (7, 14), (0, 4), (0, 1), (1, 1), (11, 4), (1, 1), (0, 3), (0, 1)];
    // The picture of blocks, all of the last group: each of its codes has one symbol.
    let last = groups - 1;
    let blocks = [last & 0xff, last >> 8, 0, 0, 0].map(|symbol| [(1, 1), (0, 1), (1, 1), (symbol, 8)]);
    // 2,048 words of eleven bits, then four codes of one symbol each.
    let group = [(0, 1), (11, 4), (0, 42), (1, 3), (1, 1), (5, 3), (2_046, 12)];
    let single = [(1, 1), (0, 3)].repeat(4);
    let group: Vec<bool> =
        group.into_iter().chain(single).flat_map(|(value, size)| number(value, size)).collect();
    let head = head.into_iter().chain(blocks.into_iter().flatten());
    let mut bits: Vec<bool> = head.flat_map(|(value, size)| number(value, size)).collect();
    bits.extend(group.repeat(groups));
    let mut packed = vec![0x2f];
    packed.extend(
        bits.chunks(8).map(|byte| byte.iter().rev().fold(0_u8, |all, bit| all << 1 | u8::from(*bit))),
    );
    packed.resize(packed.len().next_multiple_of(2) + 64, 0);
    riff(&[webp_chunk(*b"VP8L", packed.len(), &packed)])
}

/// What became of a picture.
struct Outcome {
    code: Option<String>,
    /// It was taken, and is nothing to look at.
    is_file: bool,
    grown_mib: u64,
    took: Duration,
}

async fn brings(binary: &Binary, person: &Person, bytes: &[u8], as_avatar: bool) -> Outcome {
    binary.forget_peak_memory();
    let before = binary.peak_memory_kib();
    let path = if as_avatar {
        "/avatar".to_owned()
    } else {
        let upload = json!({ "upload": { "name": "foto", "size": bytes.len() } });
        format!("/files/{}", person.calls("announce_upload", upload).await)
    };
    let begun = Instant::now();
    let answer = person.puts(&path, bytes.to_vec()).await.unwrap();
    let took = begun.elapsed();
    let answer: Value = answer.json().await.unwrap();
    let grown_mib = binary.peak_memory_kib().saturating_sub(before) / 1024;
    let is_file = answer["media"] == "file";
    Outcome { code: answer["code"].as_str().map(ToOwned::to_owned), is_file, grown_mib, took }
}

#[tokio::test]
async fn a_picture_takes_no_more_memory_than_it_may_whatever_it_unpacks_to() {
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let sari = Person::join(&binary.origin, "sari").await;
    let packed = |before: &[u8]| [before, &zeros(600 << 20)].concat();
    let small = jpeg_in_scans(64, 2);
    let too_many = Some("too_many_pixels");
    let damaged = Some("damaged_picture");
    let pictures = [
        ("profile of 600 MiB", png(10, 8, &[png_chunk(*b"iCCP", &packed(b"x\0\0"))]), None),
        ("text of 600 MiB", png(10, 8, &[png_chunk(*b"zTXt", &packed(b"x\0\0"))]), None),
        ("largest, 8 bits", png(LARGEST, 8, &[]), None),
        ("largest, 16 bits", png(LARGEST, 16, &[]), None),
        (
            "6 million comments",
            [&small[..2], &segment(0xfe, b"").repeat(6_000_000), &small[2..]].concat(),
            None,
        ),
        ("largest in scans, half the colours", jpeg_in_scans(LARGEST, 2), None),
        ("largest in scans, all colours", jpeg_in_scans(LARGEST, 1), too_many),
        ("WebP with a frame of 268 megapixels", webp_of_another_size(), damaged),
        ("WebP with 12,000 groups of codes", webp_of_groups(12_000), damaged),
        ("WebP with EXIF of 4 GiB", riff(&[webp_chunk(*b"EXIF", 0xffff_fff0, b"")]), damaged),
    ];
    for (name, bytes, wanted) in &pictures {
        for as_avatar in [false, true] {
            let Outcome { code, is_file, grown_mib, took } = brings(&binary, &sari, bytes, as_avatar).await;
            println!("{name}, avatar {as_avatar}: {} kB, {grown_mib} MiB, {took:?}", bytes.len() / 1000);
            // What cannot be shown is sent as a file.
            let refused = wanted.filter(|_| as_avatar);
            assert_eq!(code.as_deref(), refused, "{name}, avatar {as_avatar}");
            assert_eq!(is_file, wanted.is_some() && !as_avatar, "{name}");
            assert!(grown_mib < BOUND_MIB, "{name}, avatar {as_avatar}: {grown_mib} MiB");
        }
    }
}

#[tokio::test]
async fn what_a_picture_says_about_itself_takes_no_time() {
    let data = tempfile::tempdir().unwrap();
    let binary = Binary::serve(data.path());
    let sari = Person::join(&binary.origin, "sari").await;
    // Pieces of a text of 4 GiB that never comes to its end: gathered anew with each (XMP, part 3, 1.1.3.1).
    let piece = |at: u32| {
        let head = b"http://ns.adobe.com/xmp/extension/\0";
        let place = [&[b'0'; 32][..], &u32::MAX.to_be_bytes(), &at.to_be_bytes()].concat();
        segment(0xe1, &[&head[..], &place, b"x"].concat())
    };
    let plain = jpeg_in_scans(64, 2);
    let pieces: Vec<u8> = (0..250_000).flat_map(piece).collect();
    let telling = [&plain[..2], &pieces, &plain[2..]].concat();
    let outcome = brings(&binary, &sari, &telling, false).await;
    let alone = brings(&binary, &sari, &plain, false).await;
    println!("{:?}, without {:?}", outcome.took, alone.took);
    assert_eq!((outcome.code, alone.code), (None, None));
    assert!(outcome.took < alone.took + Duration::from_secs(5), "{:?}, {:?}", outcome.took, alone.took);
}
