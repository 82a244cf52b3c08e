//! The data folder, which one process at a time may use: two would each hear only half of what is said.

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context as _, bail};

/// The folder, held by this process for as long as this lives. The system lets go of it however the
/// process ends.
pub struct DataDir(#[expect(dead_code, reason = "held, not read")] File);

impl DataDir {
    /// Makes the folder if it is not there, and holds it.
    ///
    /// # Errors
    /// If it cannot be made or written to, or another process holds it.
    pub fn hold(path: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(path)
            .with_context(|| format!("the data folder {} cannot be made", path.display()))?;
        let lock = path.join("lock");
        let file = File::create(&lock).with_context(|| format!("{} cannot be written", lock.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => {
                bail!("another Sapa uses the data folder {} already", path.display())
            }
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", lock.display()))
            }
        }
    }
}
