//! Closing to others what an older version, or whoever put it there, has left open to them.

use std::fs::{self, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// What Sapa keeps in its data folder. Nothing else there is touched.
const OURS: [&str; 9] = [
    "sapa.db",
    "sapa.db-wal",
    "sapa.db-shm",
    "sapa.db-journal",
    "sapa.db-lock",
    "lock",
    "mail",
    "spool",
    "files",
];
/// What a mode lets group and others do.
const OTHERS: u32 = 0o077;
/// Of folders such as `/tmp`, which many share.
const STICKY: u32 = 0o1000;

/// Closes the data folder, what is Sapa's in it, and what it keeps elsewhere. Where the system does not allow that,
/// as for what another user owns, the log says so.
pub fn close(data_dir: &Path, elsewhere: Vec<PathBuf>) {
    for path in OURS.into_iter().map(|name| data_dir.join(name)).chain(elsewhere) {
        tell(&path, tree(&path));
    }
    tell(data_dir, folder(data_dir));
}

/// The data folder itself, unless others need it: it could be named by mistake.
fn folder(path: &Path) -> io::Result<()> {
    let path = path.canonicalize()?;
    let found = fs::metadata(&path)?;
    if found.mode() & STICKY != 0 || path.parent().is_none() { Ok(()) } else { one(&path, &found) }
}

/// A file, or a folder with all that is in it. A folder that is closed already keeps others from what it holds.
fn tree(path: &Path) -> io::Result<()> {
    // Follows a link: the folder of files may lie on another disk.
    let found = fs::metadata(path)?;
    if found.is_dir() && found.mode() & OTHERS != 0 {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_type()?.is_symlink() {
                present(tree(&entry.path()))?;
            }
        }
    }
    // The folder comes last, so that what was broken off is done again.
    one(path, &found)
}

fn one(path: &Path, found: &Metadata) -> io::Result<()> {
    if found.mode() & OTHERS == 0 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(found.mode() & 0o700))
}

/// What is not there needs no closing.
fn present(closed: io::Result<()>) -> io::Result<()> {
    closed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

fn tell(path: &Path, closed: io::Result<()>) {
    if let Err(error) = present(closed) {
        tracing::warn!(path = %path.display(), %error, "others on this machine may read what is kept here");
    }
}
