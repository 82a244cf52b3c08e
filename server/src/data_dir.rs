//! The data folder, which one process at a time may use, and so a database elsewhere: two would each hear only half
//! of what is said. What is in it is for that process's own user alone.

mod private;

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context as _, bail};
use rustix::fs::Mode;
use rustix::process::umask;

use crate::config::Config;

/// The folder, held by this process for as long as this lives. The system lets go of it however the
/// process ends.
pub struct DataDir(#[expect(dead_code, reason = "held, not read")] Vec<File>);

impl DataDir {
    /// Makes the folder if it is not there, holds it, and closes to others what is kept there and elsewhere.
    /// From here on whatever this process makes is for its own user alone.
    ///
    /// # Errors
    /// If it cannot be made or written to, or another process holds it, or the database.
    pub fn hold(config: &Config) -> anyhow::Result<Self> {
        umask(Mode::RWXG | Mode::RWXO);
        let path = config.data_dir.as_path();
        std::fs::create_dir_all(path)
            .with_context(|| format!("the data folder {} cannot be made", path.display()))?;
        let held =
            config.used_alone().iter().map(|(what, lock)| hold(what, lock)).collect::<Result<_, _>>()?;
        private::close(path, config.kept_elsewhere());
        Ok(Self(held))
    }
}

/// Locks what stands for a folder or a database.
fn hold(what: &Path, lock: &Path) -> anyhow::Result<File> {
    let file = File::create(lock).with_context(|| format!("{} cannot be written", lock.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("another Sapa uses {} already", what.display()),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("{} cannot be locked", lock.display()))
        }
    }
}
