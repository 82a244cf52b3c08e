//! What a file is, by its first bytes. Its name is not asked: anybody can give it any.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _};
use std::path::Path;

use image::ImageFormat;
use sapa_model::{AppError, AppResult, ErrorCode};

use super::picture::{self, Picture, Square};
use super::weigh::weigh;
use super::{FileLimits, film};
use crate::entity::words::MediaKind;
use crate::storage::io_fault;

/// Bytes that tell what a file is.
const HEAD: u64 = 8 * 1024;

/// How many bytes a file takes while it is decoded, if it is a picture. Refuses one that is too large by any
/// measure before it waits, and holds nothing of it.
pub fn weight(path: &Path, allowed: FileLimits) -> AppResult<Option<u64>> {
    let fault = |error: std::io::Error| io_fault(&error);
    let mut file = BufReader::new(File::open(path).map_err(fault)?);
    let size = file.get_ref().metadata().map_err(fault)?.len();
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(fault)?;
    let Some((format, _)) = picture_format(&head) else { return Ok(None) };
    if size > allowed.picture {
        return Err(AppError::too_large(allowed.picture));
    }
    file.rewind().map_err(fault)?;
    weigh(file, format).map(Some)
}

/// Looks at a file that must be a picture, and makes a square of it. Takes its time, like [`inspect`].
pub fn square(path: &Path) -> AppResult<Square> {
    let bytes = std::fs::read(path).map_err(|error| io_fault(&error))?;
    let (format, _) = picture_format(&bytes).ok_or_else(|| {
        AppError::new(ErrorCode::NotAPicture, "This is no JPEG, PNG, GIF or WebP.").on("file")
    })?;
    picture::square(bytes, format)
}

/// What there is to know of a file.
pub struct Inspected {
    pub kind: MediaKind,
    pub media_type: &'static str,
    pub picture: Option<Picture>,
}

/// Looks at a file, and takes out of it what tells of its making. Takes its time: call it where that holds
/// up nobody.
pub fn inspect(path: &Path, is_voice: bool, allowed: FileLimits) -> AppResult<Inspected> {
    let fault = |error: std::io::Error| io_fault(&error);
    let file = File::open(path).map_err(fault)?;
    let size = file.metadata().map_err(fault)?.len();
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head).map_err(fault)?;

    if let Some((format, media_type)) = picture_format(&head) {
        let bytes = std::fs::read(path).map_err(fault)?;
        let picture = picture::read(bytes, format)?;
        return Ok(Inspected { kind: MediaKind::Picture, media_type, picture: Some(picture) });
    }
    if size > allowed.file {
        return Err(AppError::too_large(allowed.file));
    }
    let (kind, media_type) = match infer::get(&head).map(|found| found.mime_type()) {
        // A browser records into a film without pictures.
        Some("video/webm") if is_voice => (MediaKind::Voice, "audio/webm"),
        Some("video/mp4" | "audio/m4a") if is_voice => (MediaKind::Voice, "audio/mp4"),
        Some("audio/ogg" | "audio/opus") if is_voice => (MediaKind::Voice, "audio/ogg"),
        _ if is_voice => return Err(AppError::invalid("file", "This is no recording.")),
        Some("video/mp4" | "video/x-m4v") => (MediaKind::Video, "video/mp4"),
        Some("video/webm") => (MediaKind::Video, "video/webm"),
        Some("audio/mpeg") => (MediaKind::Audio, "audio/mpeg"),
        Some("audio/ogg" | "audio/opus") => (MediaKind::Audio, "audio/ogg"),
        Some("audio/m4a") => (MediaKind::Audio, "audio/mp4"),
        Some("audio/x-wav") => (MediaKind::Audio, "audio/wav"),
        Some("audio/x-flac") => (MediaKind::Audio, "audio/flac"),
        // Whatever else it claims to be, a browser shall not try to show it.
        _ => (MediaKind::File, "application/octet-stream"),
    };
    if matches!(kind, MediaKind::Video | MediaKind::Voice) && media_type.ends_with("/mp4") {
        let mut file = File::options().read(true).write(true).open(path).map_err(fault)?;
        film::forget_making(&mut file).map_err(fault)?;
    }
    Ok(Inspected { kind, media_type, picture: None })
}

fn picture_format(head: &[u8]) -> Option<(ImageFormat, &'static str)> {
    match infer::get(head)?.mime_type() {
        "image/jpeg" => Some((ImageFormat::Jpeg, "image/jpeg")),
        "image/png" => Some((ImageFormat::Png, "image/png")),
        "image/gif" => Some((ImageFormat::Gif, "image/gif")),
        "image/webp" => Some((ImageFormat::WebP, "image/webp")),
        _ => None,
    }
}
