//! What a paste brings: files, or words with a picture of them beside.

use leptos::web_sys::{DataTransfer, FileList};

use crate::ui::text::is_address;

/// The files of a paste, where they are what was copied.
pub fn files(data: &DataTransfer) -> Option<FileList> {
    let files = data.files().filter(|files| files.length() > 0)?;
    let words = data.get_data("text/plain").unwrap_or_default();
    let only = if files.length() == 1 { files.get(0) } else { None };
    let pictured = only.is_some_and(|file| are_pictured(&words, &file.name(), &file.type_()));
    (!pictured).then_some(files)
}

/// Whether words are what was copied, and the one file beside them is their picture: spreadsheets, texts and slides
/// come so from office programs. A picture of a page comes with its address at most, a file with its name or path.
fn are_pictured(words: &str, file_name: &str, media_type: &str) -> bool {
    let tells_the_file = |line: &str| is_address(line) || line.ends_with(file_name);
    let mut lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    media_type.starts_with("image/") && lines.any(|line| !tells_the_file(line))
}

#[cfg(test)]
mod tests {
    use super::are_pictured;

    #[test]
    fn words_of_office_programs_are_meant() {
        for words in ["Nama\tUmur\r\nSari\t21\r\n", "Halo, apa kabar?", "Lihat https://example.org ya", "42"]
        {
            assert!(are_pictured(words, "image.png", "image/png"), "{words}");
        }
    }

    #[test]
    fn pictures_and_files_stay_what_they_are() {
        for words in [
            "",
            " \r\n",
            "https://example.org/a.png",
            "image.png",
            "/home/sari/image.png",
            "file:///tmp/image.png",
        ] {
            assert!(!are_pictured(words, "image.png", "image/png"), "{words}");
        }
        assert!(!are_pictured("A text", "a.pdf", "application/pdf"));
    }
}
