//! Where the database is.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};

/// What stands for itself in the path of an address.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// A database that is served; the schema alone is ready for more kinds.
pub fn parse_database_url(s: &str) -> Result<String, String> {
    let served = s.starts_with("sqlite:");
    served.then(|| s.to_owned()).ok_or_else(|| "must begin with sqlite: so far".to_owned())
}

/// The database that is named, else the one in the data folder.
pub fn database_url(named: Option<&str>, data_dir: &Path) -> String {
    if let Some(named) = named {
        return named.to_owned();
    }
    // A path is no address: a folder may be called anything. Absolute and gathered from its parts, it does not
    // begin with what is read as an address's own.
    let path = data_dir.join("sapa.db");
    let path: PathBuf = std::path::absolute(&path).unwrap_or(path).components().collect();
    format!("sqlite://{}?mode=rwc", percent_encode(path.as_os_str().as_bytes(), PLAIN))
}

/// The file that a URL of `SQLite` names, and those that it keeps beside it.
pub fn files(url: &str) -> Vec<PathBuf> {
    let Some(path) = url.strip_prefix("sqlite:") else { return Vec::new() };
    let path = path.strip_prefix("//").unwrap_or(path).split('?').next().unwrap_or_default();
    let path: Vec<u8> = percent_decode_str(path).collect();
    let beside = |suffix: &str| OsString::from_vec([path.as_slice(), suffix.as_bytes()].concat()).into();
    ["", "-wal", "-shm", "-journal"].map(beside).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_may_be_called_anything() {
        for (folder, url) in [
            ("/srv/x%20y", "sqlite:///srv/x%2520y/sapa.db?mode=rwc"),
            ("//srv/a?b#c", "sqlite:///srv/a%3Fb%23c/sapa.db?mode=rwc"),
            ("/mode=rwc/.", "sqlite:///mode%3Drwc/sapa.db?mode=rwc"),
        ] {
            assert_eq!(database_url(None, Path::new(folder)), url);
        }
        assert!(database_url(None, Path::new("./data")).ends_with("/data/sapa.db?mode=rwc"));
        assert_eq!(database_url(Some("sqlite://a"), Path::new("b")), "sqlite://a");
    }

    #[test]
    fn a_database_is_more_than_one_file() {
        let named = files("sqlite:///srv/x%20y/sapa.db?mode=rwc");
        assert_eq!(named[..2], ["/srv/x y/sapa.db", "/srv/x y/sapa.db-wal"].map(PathBuf::from));
    }
}
