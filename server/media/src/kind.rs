//! What a file is, by its first bytes. Its name is not asked: anybody can give it any.

use std::io::{self, Read, Seek, SeekFrom};

use crate::sound::{is_adts, is_mpeg};

/// Bytes that tell what a file is: two frames of sound, however long.
const HEAD: u64 = 20 * 1024;

/// Kinds of files that are shown or played, as far as browsers can, or are known to tell of their making.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is called by its name")]
pub enum Kind {
    Jpeg,
    Png,
    Gif,
    WebP,
    Heic,
    Avif,
    Tiff,
    Mp4,
    QuickTime,
    M4a,
    WebM,
    Matroska,
    Mp3,
    Aac,
    Ogg,
    Wav,
    Flac,
    /// Anything else.
    Other,
}

impl Kind {
    /// What a browser is told that it is. Nothing else is ever shown in a page: what is not in this list could be run.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Mp4 => "video/mp4",
            Self::QuickTime => "video/quicktime",
            Self::WebM => "video/webm",
            Self::Matroska => "video/x-matroska",
            Self::M4a => "audio/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Aac => "audio/aac",
            Self::Ogg => "audio/ogg",
            Self::Wav => "audio/wav",
            Self::Flac => "audio/flac",
            Self::Tiff | Self::Other => "application/octet-stream",
        }
    }
}

/// Looks at the beginning of a file.
pub fn recognise<F: Read + Seek>(file: &mut F) -> io::Result<Kind> {
    let head = head(file, 0)?;
    let Some(tag) = id3(&head) else { return Ok(of(&head)) };
    // Words about a sound stand before it.
    Ok(match of(&self::head(file, tag)?) {
        sound @ (Kind::Aac | Kind::Flac) => sound,
        _ => Kind::Mp3,
    })
}

fn head<F: Read + Seek>(file: &mut F, at: u64) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(at))?;
    Read::take(file, HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// How long the words are that a file begins with (ID3v2.4, 3.1): seven bits of each byte count.
fn id3(head: &[u8]) -> Option<u64> {
    const OWN: u64 = 10;
    let [b'I', b'D', b'3', _, _, flags, s0, s1, s2, s3, ..] = *head else { return None };
    let size = [s0, s1, s2, s3].iter().fold(0, |size, byte| size << 7 | u64::from(byte & 0x7f));
    Some(OWN + size + if flags & 0x10 == 0 { 0 } else { OWN })
}

fn of(head: &[u8]) -> Kind {
    match head {
        [0xff, 0xd8, 0xff, ..] => Kind::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Kind::Png,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Kind::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Kind::WebP,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Kind::Wav,
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Kind::Tiff,
        [0x1a, 0x45, 0xdf, 0xa3, ..] => of_matroska(head),
        [b'O', b'g', b'g', b'S', ..] => of_ogg(head),
        [b'f', b'L', b'a', b'C', ..] => Kind::Flac,
        [s0, s1, s2, s3, b'f', b't', b'y', b'p', brands @ ..] => {
            let size = u32::from_be_bytes([*s0, *s1, *s2, *s3]).saturating_sub(8);
            of_brands(brands.get(..size as usize).unwrap_or(brands))
        }
        // Older ones do not say what they are.
        [_, _, _, _, b'm', b'o', b'o', b'v', ..]
        | [_, _, _, _, b'm', b'd', b'a', b't', ..]
        | [0, 0, 0, 8, b'w', b'i', b'd', b'e', ..] => Kind::QuickTime,
        _ if is_adts(head) => Kind::Aac,
        _ if is_mpeg(head) => Kind::Mp3,
        _ => Kind::Other,
    }
}

/// By the first brand, and where that says only what it is made of, by the others (ISO/IEC 14496-12, 4.3). Unfinished
/// pictures of cameras come in the same boxes and are none of these.
fn of_brands(brands: &[u8]) -> Kind {
    const FILMS: [&[u8; 4]; 40] = [
        b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"isoa", b"isob",
        b"isoc", b"mp41", b"mp42", b"mp71", b"mp4v", b"mmp4", b"avc1", b"hvc1", b"av01", b"dash", b"msdh",
        b"msix", b"cmfc", b"cmf2", b"piff", b"isml", b"dby1", b"MSNV", b"M4V ", b"M4VH", b"M4VP", b"F4V ",
        b"f4v ", b"XAVC", b"niko", b"pana", b"PANA", b"CAEP", b"FACE",
    ];
    let Some((main, rest)) = brands.split_first_chunk::<4>() else { return Kind::Other };
    // Behind the first stands its version.
    let others = rest.get(4..).unwrap_or_default().as_chunks::<4>().0;
    match main {
        b"avif" | b"avis" => Kind::Avif,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => Kind::Heic,
        b"mif1" | b"mif2" | b"msf1" | b"miaf" => {
            let is_avif = others.iter().any(|brand| matches!(brand, b"avif" | b"avis"));
            if is_avif { Kind::Avif } else { Kind::Heic }
        }
        b"qt  " => Kind::QuickTime,
        b"M4A " | b"M4B " | b"M4P " | b"F4A " | b"F4B " => Kind::M4a,
        // Of telephones, and of discs.
        [b'3', b'g', ..] | [b'N', b'D', ..] => Kind::Mp4,
        _ if FILMS.contains(&main) => Kind::Mp4,
        _ => Kind::Other,
    }
}

/// The head of such a file says which of the two it is (RFC 9559, 5.2).
fn of_matroska(head: &[u8]) -> Kind {
    let head = &head[..head.len().min(64)];
    let says = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    match (says(b"webm"), says(b"matroska")) {
        (true, _) => Kind::WebM,
        (_, true) => Kind::Matroska,
        _ => Kind::Other,
    }
}

/// Films come in the same pages as sound (RFC 3533); no browser plays them any more.
fn of_ogg(head: &[u8]) -> Kind {
    const FILM: &[u8] = b"\x80theora";
    if head.windows(FILM.len()).any(|window| window == FILM) { Kind::Other } else { Kind::Ogg }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn recognised(bytes: &[u8]) -> Kind {
        recognise(&mut Cursor::new(bytes)).unwrap()
    }

    #[test]
    fn files_are_told_apart_by_what_they_hold() {
        for (input, kind) in [
            (&include_bytes!("../tests/inputs/no_eoi.jpg")[..], Kind::Jpeg),
            (include_bytes!("../tests/inputs/gps.heic"), Kind::Heic),
            (include_bytes!("../tests/inputs/gps.tif"), Kind::Tiff),
            (include_bytes!("../tests/inputs/clip.mov"), Kind::QuickTime),
            (include_bytes!("../tests/inputs/a_mpeg2.mp3"), Kind::Mp3),
            (include_bytes!("../tests/inputs/a.aac"), Kind::Aac),
            (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\x10\0mdat", Kind::Mp4),
            (b"\0\0\0\x14ftyp3gp5\0\0\0\0", Kind::Mp4),
            (b"\0\0\0\x14ftypM4A \0\0\0\0", Kind::M4a),
            (b"\0\0\0\x1cftypmif1\0\0\0\0miafavif", Kind::Avif),
            (b"\0\0\0\x18ftypcrx \0\0\0\0crx isom", Kind::Other),
            (b"\0\0\x10\0moov", Kind::QuickTime),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", Kind::WebM),
            (b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska", Kind::Matroska),
            (b"OggS\0\x02............\x01\x13OpusHead", Kind::Ogg),
            (b"OggS\0\x02............\x80theora", Kind::Other),
            (b"RIFF\0\0\0\0WAVEfmt ", Kind::Wav),
            (b"fLaC\0\0", Kind::Flac),
            (b"RIFF\0\0\0\0WEBPVP8 ", Kind::WebP),
            (b"GIF89a\x01\0", Kind::Gif),
            (b"\x89PNG\r\n\x1a\n\0", Kind::Png),
            // What only begins like one, what could be run, and nothing at all.
            (b"GIFTS for Sari", Kind::Other),
            (b"\x89PNG is a format", Kind::Other),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Kind::Other),
            (b"<!doctype html>", Kind::Other),
            (b"%PDF-1.7", Kind::Other),
            (b"", Kind::Other),
        ] {
            assert_eq!(recognised(input), kind, "{:?}", &input[..input.len().min(40)]);
        }
    }

    #[test]
    fn words_before_a_sound_are_passed_over() {
        let words = |size: usize| {
            let size = [0, 0, size >> 7 & 0x7f, size & 0x7f].map(|part| u8::try_from(part).unwrap());
            [&b"ID3\x04\0\0"[..], &size, &vec![b'x'; usize::from(size[2]) << 7 | usize::from(size[3])]]
                .concat()
        };
        let aac = include_bytes!("../tests/inputs/a.aac");
        for size in [0, 200, 12_000] {
            assert_eq!(recognised(&[&words(size)[..], aac].concat()), Kind::Aac, "{size}");
            assert_eq!(recognised(&words(size)), Kind::Mp3, "{size}");
        }
    }
}
