//! Where files are kept: a folder, behind the interface that object stores share.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload};
use sapa_model::{AppError, AppResult, ErrorCode};
use tempfile::NamedTempFile;
use thiserror::Error;
use tokio::io::AsyncWriteExt;
use tokio::sync::Semaphore;

/// Bytes that go to the storage in one piece: the least that S3 takes.
const PIECE: usize = 5 << 20;
/// Files that go to the storage at a time: what waits in memory is bounded by this.
const PUTS: usize = 4;

/// Bytes of a file on their way out.
pub type Bytestream = BoxStream<'static, Result<Bytes, object_store::Error>>;

/// Why the storage could not be opened.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The address names a kind of storage that is not known.
    #[error("`{0}` is no storage: file:/absolute/folder is")]
    Unknown(String),
    /// The folder cannot be made or used.
    #[error("{0} cannot be used: {1}")]
    Folder(PathBuf, String),
}

/// An open storage.
#[derive(Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// Where its files are.
    folder: Arc<Path>,
    /// Where what is on its way in lies until it is whole.
    spool: PathBuf,
    puts: Arc<Semaphore>,
    /// Bytes of the disk that no file takes.
    reserve: u64,
}

impl Storage {
    /// Opens the storage at `url`, a `file:` address. `spool` is emptied: what lies there was on its
    /// way when the program ended. Files leave `reserve` bytes of the disk to all else.
    pub fn open(url: &str, spool: PathBuf, reserve: u64) -> Result<Self, StorageError> {
        let folder = url.strip_prefix("file:").map(|path| Path::new(path.strip_prefix("//").unwrap_or(path)));
        let Some(folder) = folder.filter(|folder| folder.is_absolute()) else {
            return Err(StorageError::Unknown(url.to_owned()));
        };
        let unusable = |folder: &Path, why: String| StorageError::Folder(folder.to_owned(), why);
        if spool.exists() {
            std::fs::remove_dir_all(&spool).map_err(|error| unusable(&spool, error.to_string()))?;
        }
        for folder in [folder, &spool] {
            std::fs::create_dir_all(folder).map_err(|error| unusable(folder, error.to_string()))?;
        }
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|error| unusable(folder, error.to_string()))?
            .with_automatic_cleanup(true);
        let (store, puts) = (Arc::new(store), Arc::new(Semaphore::new(PUTS)));
        Ok(Self { store, folder: folder.into(), spool, puts, reserve })
    }

    /// A file for what is on its way in; gone with its last handle.
    ///
    /// `storage_full` where files have taken what room they may.
    pub fn spool_file(&self) -> AppResult<NamedTempFile> {
        leaves(&self.spool, self.reserve, 0).map_err(|error| io_fault(&error))?;
        NamedTempFile::new_in(&self.spool).map_err(|error| io_fault(&error))
    }

    /// Writes to such a file, as far as there is room.
    pub fn spool_writer(&self, spool: &NamedTempFile) -> AppResult<impl Write + Send + use<>> {
        let file = spool.reopen().map_err(|error| io_fault(&error))?;
        Ok(SpoolWriter { file, spool: self.spool.clone(), reserve: self.reserve })
    }

    /// Whether the storage takes so many bytes more.
    fn takes(&self, size: u64) -> AppResult<()> {
        leaves(&self.folder, self.reserve, size).map_err(|error| io_fault(&error))
    }

    /// Stores a file from the spool, piece by piece: it outlives a power cut.
    pub async fn put_file(&self, key: &str, file: &Path) -> AppResult<()> {
        let _turn = self.puts.acquire().await.map_err(|_| AppError::internal())?;
        let mut source = tokio::fs::File::open(file).await.map_err(|error| io_fault(&error))?;
        self.takes(source.metadata().await.map_err(|error| io_fault(&error))?.len())?;
        let mut target =
            BufWriter::with_capacity(self.store.clone(), key.into(), PIECE).with_max_concurrency(1);
        let copied = tokio::io::copy(&mut source, &mut target).await;
        if let Err(error) = copied {
            // Nothing is left to be given up where the end of it failed: see `BufWriter::abort`.
            let _ = target.abort().await;
            return Err(io_fault(&error));
        }
        target.shutdown().await.map_err(|error| io_fault(&error))?;
        self.sync(key).await
    }

    /// Stores what is in memory: it outlives a power cut.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> AppResult<()> {
        self.takes(bytes.len() as u64)?;
        self.store.put(&key.into(), PutPayload::from(bytes)).await.map_err(|error| fault(&error))?;
        self.sync(key).await
    }

    /// Waits until a stored file is on the disk. Where that fails there is none.
    async fn sync(&self, key: &str) -> AppResult<()> {
        let synced = sync(self.folder.join(key), self.folder.clone()).await;
        if let Err(error) = synced {
            let _ = self.store.delete(&key.into()).await;
            return Err(io_fault(&error));
        }
        Ok(())
    }

    /// A file, or a part of it: its whole size, the part, and its bytes as they are read.
    ///
    /// `size` is what it was when it was stored, where that is known. `not_found` where less or more is left of
    /// it: the disk was damaged, or the power went under an older version, which did not wait for the disk.
    pub async fn get(
        &self,
        key: &str,
        size: Option<u64>,
        part: Option<Range<u64>>,
    ) -> AppResult<(u64, Range<u64>, Bytestream)> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..Default::default() };
        let found = self.store.get_opts(&key.into(), options).await.map_err(|error| fault(&error))?;
        let is_whole = size.map_or(found.meta.size > 0, |size| size == found.meta.size);
        if !is_whole {
            tracing::error!(key, size = found.meta.size, "a file is not what it was when it was stored");
            return Err(AppError::not_found("file"));
        }
        Ok((found.meta.size, found.range.clone(), found.into_stream().boxed()))
    }

    /// Deletes files for good, also where the power goes; those that are not there count as deleted.
    pub async fn delete(&self, keys: impl IntoIterator<Item = String>) -> AppResult<()> {
        let mut folders = BTreeSet::new();
        for key in keys {
            match self.store.delete(&key.as_str().into()).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(fault(&error)),
            }
            folders.extend(self.folder.join(key).parent().map(Path::to_owned));
        }
        for folder in folders {
            let cleared = folder.clone();
            let staged = tokio::task::spawn_blocking(move || clear_stages(&cleared)).await;
            staged
                .unwrap_or_else(|error| Err(std::io::Error::other(error)))
                .map_err(|error| io_fault(&error))?;
            sync(folder, self.folder.clone()).await.map_err(|error| io_fault(&error))?;
        }
        Ok(())
    }
}

/// Writes a file on its way in.
struct SpoolWriter {
    file: File,
    spool: PathBuf,
    reserve: u64,
}

impl Write for SpoolWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        leaves(&self.spool, self.reserve, bytes.len() as u64)?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// `StorageFull` where less than `reserve` bytes would be left on the disk of `folder` after `more` have come.
fn leaves(folder: &Path, reserve: u64, more: u64) -> std::io::Result<()> {
    let disk = rustix::fs::statvfs(folder)?;
    if disk.f_bavail.saturating_mul(disk.f_frsize) < reserve.saturating_add(more) {
        return Err(ErrorKind::StorageFull.into());
    }
    Ok(())
}

/// Takes away what a crash has left of a file that was being stored: `object_store` writes it beside its place, with
/// a `#` and a number behind the name. A folder that is empty then goes too.
fn clear_stages(folder: &Path) -> std::io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().contains(&b'#') {
            std::fs::remove_file(entry.path())?;
        }
    }
    // Not where something else is in it.
    let _ = std::fs::remove_dir(folder);
    Ok(())
}

/// Waits until a file or a folder, and the names that lead to it from `root` on, are on the disk. What is not
/// there (any more) is left out.
pub async fn sync(path: PathBuf, root: Arc<Path>) -> std::io::Result<()> {
    let synced = tokio::task::spawn_blocking(move || {
        for part in path.ancestors().take_while(|part| part.starts_with(&root)) {
            match File::open(part) {
                Ok(part) => part.sync_all()?,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    });
    synced.await.unwrap_or_else(|error| Err(std::io::Error::other(error)))
}

/// What people are told of a fault of the storage.
fn fault(error: &object_store::Error) -> AppError {
    if let object_store::Error::NotFound { .. } = error {
        return AppError::not_found("file");
    }
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return io_fault(io);
        }
        source = inner.source();
    }
    tracing::error!(%error, "the storage failed");
    AppError::new(ErrorCode::Unavailable, "The storage does not answer. Please try again.")
}

/// What people are told of a fault of the file system.
pub fn io_fault(error: &std::io::Error) -> AppError {
    use ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    // Object stores wrap what the system said.
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<object_store::Error>()) {
        return fault(inner);
    }
    tracing::error!(%error, "the storage failed");
    match error.kind() {
        StorageFull | QuotaExceeded | FileTooLarge => {
            AppError::new(ErrorCode::StorageFull, "The server has no room left for files.")
        }
        _ => AppError::new(ErrorCode::Unavailable, "The storage does not answer. Please try again."),
    }
}
