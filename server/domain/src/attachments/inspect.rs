//! What a file is, and what is made of it before it is stored.

use std::fs::{self, File};
use std::io::{BufReader, Seek as _};
use std::path::Path;

use image::ImageFormat;
use sapa_media::{Fault, Kind, Said, Still, Tracks};
use sapa_model::{AppError, AppResult, ErrorCode};

use super::FileLimits;
use super::picture::{self, Looked, Picture, Square, is_about_picture};
use super::weigh::weigh;
use crate::entity::words::MediaKind;
use crate::storage::io_fault;

/// How many bytes a file takes while it is looked at, if it is a picture that is decoded here. Refuses one that is too
/// large by any measure before it waits, and holds nothing of it.
pub fn weight(path: &Path, allowed: FileLimits) -> AppResult<Option<u64>> {
    measure(path, allowed, Err)
}

/// The same where one that cannot be decoded is a file like others: its bytes are held, and what is kept of them.
pub fn weight_of_any(path: &Path, allowed: FileLimits) -> AppResult<Option<u64>> {
    let size = fs::metadata(path).map_err(|error| io_fault(&error))?.len();
    measure(path, allowed, |error| if is_about_picture(&error) { Ok(2 * size) } else { Err(error) })
}

fn measure(
    path: &Path,
    allowed: FileLimits,
    otherwise: impl FnOnce(AppError) -> AppResult<u64>,
) -> AppResult<Option<u64>> {
    let fault = |error: std::io::Error| io_fault(&error);
    let mut file = File::open(path).map_err(fault)?;
    let size = file.metadata().map_err(fault)?.len();
    let Some(format) = decoded(sapa_media::recognise(&mut file).map_err(fault)?) else { return Ok(None) };
    if size > allowed.picture {
        return Err(AppError::too_large(allowed.picture));
    }
    file.rewind().map_err(fault)?;
    weigh(BufReader::new(file), format).or_else(otherwise).map(Some)
}

/// Looks at a file that must be a picture, and makes a square of it. Takes its time, like [`inspect`].
pub fn square(path: &Path) -> AppResult<Square> {
    let fault = |error: std::io::Error| io_fault(&error);
    let kind = sapa_media::recognise(&mut File::open(path).map_err(fault)?).map_err(fault)?;
    let format = decoded(kind).ok_or_else(|| {
        AppError::new(ErrorCode::NotAPicture, "This is no JPEG, PNG, GIF or WebP.").on("file")
    })?;
    picture::square(fs::read(path).map_err(fault)?, format)
}

/// What there is to know of a file.
pub struct Inspected {
    pub kind: MediaKind,
    pub media_type: &'static str,
    pub content: Content,
}

/// What is stored of it.
pub enum Content {
    /// A picture with its smaller variants.
    Picture(Picture),
    /// A picture that only browsers can read, as it is in the spool now.
    Still(Still),
    /// As it is in the spool now.
    Spooled,
}

impl Inspected {
    /// Of what is only downloaded: whatever it claims to be, a browser shall not try to show it.
    const FILE: Self = Self::spooled(MediaKind::File, Kind::Other.media_type());

    const fn spooled(kind: MediaKind, media_type: &'static str) -> Self {
        Self { kind, media_type, content: Content::Spooled }
    }
}

/// Looks at a file, and takes out of it what tells of its making. One that cannot be shown is a file to download; what
/// was understood of it tells nothing either. Takes its time: call it where that holds up nobody.
pub fn inspect(path: &Path, is_voice: bool, allowed: FileLimits) -> AppResult<Inspected> {
    let fault = |error: std::io::Error| io_fault(&error);
    let mut file = File::options().read(true).write(true).open(path).map_err(fault)?;
    let size = file.metadata().map_err(fault)?.len();
    let kind = sapa_media::recognise(&mut file).map_err(fault)?;
    if let Some(format) = decoded(kind).filter(|_| !is_voice) {
        return picture(path, kind, format);
    }
    if size > allowed.file {
        return Err(AppError::too_large(allowed.file));
    }
    if is_voice {
        return recording(&mut file, kind);
    }
    let media_type = kind.media_type();
    Ok(match kind {
        Kind::Heic | Kind::Avif => match understood(sapa_media::still(&mut file))? {
            Some(still) if size <= allowed.picture => {
                Inspected { kind: MediaKind::Picture, media_type, content: Content::Still(still) }
            }
            _ => Inspected::FILE,
        },
        Kind::Tiff => {
            understood(sapa_media::tiff(&mut file))?;
            Inspected::FILE
        }
        Kind::Mp4 => film(understood(sapa_media::film(&mut file, Said::Nothing))?, media_type, "audio/mp4"),
        Kind::QuickTime => {
            // Where it does not say so, only what can be seen or heard makes it one.
            let tracks = understood(sapa_media::film(&mut file, Said::Nothing))?;
            film(tracks.filter(|tracks| tracks.seen || tracks.heard), media_type, "audio/mp4")
        }
        Kind::WebM => film(understood(sapa_media::matroska(&mut file))?, media_type, "audio/webm"),
        Kind::Matroska => film(understood(sapa_media::matroska(&mut file))?, media_type, "audio/x-matroska"),
        Kind::M4a => {
            understood(sapa_media::film(&mut file, Said::Titles))?;
            Inspected::spooled(MediaKind::Audio, media_type)
        }
        Kind::Mp3 | Kind::Aac | Kind::Ogg | Kind::Wav | Kind::Flac => {
            Inspected::spooled(MediaKind::Audio, media_type)
        }
        Kind::Jpeg | Kind::Png | Kind::Gif | Kind::WebP | Kind::Other => Inspected::FILE,
    })
}

/// A film, or what is only heard of it; a file where it could not be gone through.
fn film(tracks: Option<Tracks>, media_type: &'static str, heard_type: &'static str) -> Inspected {
    match tracks {
        Some(Tracks { seen: false, heard: true }) => Inspected::spooled(MediaKind::Audio, heard_type),
        Some(_) => Inspected::spooled(MediaKind::Video, media_type),
        None => Inspected::FILE,
    }
}

/// Looks at what was recorded in the chat: a browser records into a film without pictures.
fn recording(file: &mut File, kind: Kind) -> AppResult<Inspected> {
    let media_type = match kind {
        Kind::WebM => {
            understood(sapa_media::matroska(file))?;
            "audio/webm"
        }
        Kind::Mp4 | Kind::M4a => {
            understood(sapa_media::film(file, Said::Nothing))?;
            "audio/mp4"
        }
        Kind::Ogg => "audio/ogg",
        _ => return Err(AppError::invalid("file", "This is no recording.")),
    };
    Ok(Inspected::spooled(MediaKind::Voice, media_type))
}

/// Looks at a picture that is decoded here.
fn picture(path: &Path, kind: Kind, format: ImageFormat) -> AppResult<Inspected> {
    let bytes = fs::read(path).map_err(|error| io_fault(&error))?;
    match picture::look(bytes, format)? {
        Looked::Picture(picture) => Ok(Inspected {
            kind: MediaKind::Picture,
            media_type: picture.turned_type.unwrap_or(kind.media_type()),
            content: Content::Picture(picture),
        }),
        Looked::File(bytes) => {
            fs::write(path, bytes).map_err(|error| io_fault(&error))?;
            Ok(Inspected::FILE)
        }
    }
}

/// What was learnt of a file; none where it is not built as its format says.
fn understood<T>(found: sapa_media::Result<T>) -> AppResult<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Fault::Broken) => Ok(None),
        Err(Fault::Io(error)) => Err(io_fault(&error)),
    }
}

/// The format of a picture that is decoded here.
const fn decoded(kind: Kind) -> Option<ImageFormat> {
    match kind {
        Kind::Jpeg => Some(ImageFormat::Jpeg),
        Kind::Png => Some(ImageFormat::Png),
        Kind::Gif => Some(ImageFormat::Gif),
        Kind::WebP => Some(ImageFormat::WebP),
        _ => None,
    }
}
