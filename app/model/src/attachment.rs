//! Attachments: the files that a message carries.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{AppError, AppResult};
use crate::ids::AttachmentId;
use crate::limits;
use crate::text::is_invisible;

/// A file as those who may see its message see it. What it holds never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Which file.
    pub id: AttachmentId,
    /// Stands in its address and cannot be guessed.
    pub key: String,
    /// What its sender calls it.
    pub name: FileName,
    /// In bytes, as it is downloaded.
    pub size: u64,
    /// What it is.
    pub media: Media,
}

impl Attachment {
    /// Where it is served, without the host.
    pub fn path(&self, variant: Variant) -> String {
        format!("/files/{}/{}/{variant}", self.id, self.key)
    }
}

/// What a file is, by its first bytes and never by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Media {
    /// A picture: JPEG, PNG, GIF or WebP, which every browser shows, or HEIC or AVIF, which some do.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Picture {
        /// In pixels, upright.
        width: u32,
        /// In pixels, upright.
        height: u32,
        /// Shown as it is: its smaller variants would stand still.
        animated: bool,
        /// A tiny picture as a `data:` address, to blur until the real one is there. Empty where not every browser
        /// shows it: there are no smaller variants then either.
        preview: String,
    },
    /// A film that plays in the page, where the browser knows its format.
    Video,
    /// Sound that plays in the page, where the browser knows its format.
    Audio,
    /// Sound that was recorded in the chat.
    Voice(Voice),
    /// Anything else: to download.
    File,
}

impl Media {
    /// Whether it is a picture that every browser shows, of which there are smaller variants.
    pub fn has_preview(&self) -> bool {
        matches!(self, Self::Picture { preview, .. } if !preview.is_empty())
    }
}

/// What is known of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Voice {
    /// How long it is, in milliseconds.
    pub duration_ms: u32,
    /// How loud it is along its way, at most [`limits::WAVEFORM_MAX`] values of 0 to 100.
    pub waveform: Vec<u8>,
}

impl Voice {
    /// Checks what a client says of its recording.
    ///
    /// # Errors
    /// `invalid`, field `voice`.
    pub fn check(&self) -> AppResult<()> {
        let is_good = self.duration_ms > 0
            && self.waveform.len() <= limits::WAVEFORM_MAX
            && self.waveform.iter().all(|level| *level <= 100);
        if is_good { Ok(()) } else { Err(AppError::invalid("voice", "The recording has no such form.")) }
    }
}

/// In which size a file is wanted. What is not a picture has one only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Variant {
    /// All of it.
    Original,
    /// At most [`limits::PICTURE_LARGE`] pixels a side.
    Large,
    /// At most [`limits::PICTURE_SMALL`] pixels a side.
    Small,
}

impl Variant {
    const NAMES: [(Self, &'static str); 3] =
        [(Self::Original, "original"), (Self::Large, "large"), (Self::Small, "small")];
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAMES.iter().find(|(variant, _)| variant == self).map_or("", |(_, name)| name))
    }
}

impl FromStr for Variant {
    type Err = AppError;

    fn from_str(s: &str) -> AppResult<Self> {
        let found = Self::NAMES.iter().find(|(_, name)| *name == s);
        found.map(|(variant, _)| *variant).ok_or_else(|| AppError::not_found("file"))
    }
}

/// A file that is about to be sent to the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewUpload {
    /// What it is called; brought into a form that every system takes.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Set for a recording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
}

/// The name of a file: one line, no path, nothing invisible and nothing that turns the reading
/// direction, at most [`limits::FILE_NAME_MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(from = "String", into = "String")]
pub struct FileName(String);

impl FileName {
    /// Makes a good name of any. Its end is kept when it is too long: there stands the kind.
    pub fn clean(s: &str) -> Self {
        const EXTENSION_MAX: usize = 12;
        // Elsewhere a backslash is a character like others.
        let is_windows = s.starts_with(r"\\") || s.get(1..3) == Some(r":\");
        let last = s.rsplit(|c| c == '/' || is_windows && c == '\\').next().unwrap_or_default();
        let shown: String = last.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
        let name = shown.trim();
        let length = name.chars().count();
        if matches!(name, "" | "." | "..") {
            return Self("file".to_owned());
        }
        if length <= limits::FILE_NAME_MAX {
            return Self(name.to_owned());
        }
        let extension = name
            .rsplit_once('.')
            .map(|(before, end)| match before.rsplit_once('.') {
                Some((_, kind)) if kind.eq_ignore_ascii_case("tar") => format!("{kind}.{end}"),
                _ => end.to_owned(),
            })
            .filter(|end| end.chars().count() <= EXTENSION_MAX);
        let end = extension.map(|end| format!("….{end}")).unwrap_or_default();
        let kept = limits::FILE_NAME_MAX - end.chars().count();
        Self(name.chars().take(kept).chain(end.chars()).collect())
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for FileName {
    fn from(s: String) -> Self {
        Self::clean(&s)
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> Self {
        name.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_clean_line() {
        for (typed, name) in [
            ("foto.png", "foto.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\foto\\a b.jpg", "a b.jpg"),
            (" ..\n\0 ", "file"),
            ("", "file"),
            // U+202E turns what follows: "exe.jpg" would read as "gpj.exe".
            ("\u{202e}gpj.exe", "gpj.exe"),
            ("звіт.pdf", "звіт.pdf"),
            ("\\\\rumah\\foto\\b.jpg", "b.jpg"),
            (".env", ".env"),
            ("trailing dot.", "trailing dot."),
            ("a\\b.txt", "a\\b.txt"),
            ("..", "file"),
            ("...", "..."),
        ] {
            assert_eq!(FileName::clean(typed).as_str(), name, "{typed:?}");
        }
        let long = FileName::clean(&format!("{}.jpeg", "ж".repeat(300)));
        assert_eq!(long.as_str().chars().count(), limits::FILE_NAME_MAX);
        assert!(long.as_str().ends_with("….jpeg"));
        let packed = format!("{}.tar.gz", "x".repeat(200));
        assert_eq!(FileName::clean(&packed).as_str(), packed);
        assert!(FileName::clean(&format!("{}.tar.gz", "x".repeat(300))).as_str().ends_with("x….tar.gz"));
    }

    #[test]
    fn variants_have_names() {
        for (variant, name) in Variant::NAMES {
            assert_eq!((variant.to_string().as_str(), name.parse()), (name, Ok(variant)));
        }
        assert!("huge".parse::<Variant>().is_err());
    }
}
