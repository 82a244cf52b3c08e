//! Where files are kept: a folder, behind the interface that object stores share.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::{BoxStream, StreamExt};
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload};
use sapa_model::{AppError, AppResult, ErrorCode};
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
    /// Where what is on its way in lies until it is whole.
    spool: PathBuf,
    puts: Arc<Semaphore>,
}

impl Storage {
    /// Opens the storage at `url`, a `file:` address. `spool` is emptied: what lies there was on its
    /// way when the program ended.
    pub fn open(url: &str, spool: PathBuf) -> Result<Self, StorageError> {
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
        Ok(Self { store: Arc::new(store), spool, puts: Arc::new(Semaphore::new(PUTS)) })
    }

    /// A file for what is on its way in; gone with its last handle.
    pub fn spool_file(&self) -> AppResult<tempfile::NamedTempFile> {
        tempfile::NamedTempFile::new_in(&self.spool).map_err(|error| io_fault(&error))
    }

    /// Stores a file from the spool, piece by piece.
    pub async fn put_file(&self, key: &str, file: &Path) -> AppResult<()> {
        let _turn = self.puts.acquire().await.map_err(|_| AppError::internal())?;
        let mut source = tokio::fs::File::open(file).await.map_err(|error| io_fault(&error))?;
        let mut target =
            BufWriter::with_capacity(self.store.clone(), key.into(), PIECE).with_max_concurrency(1);
        let copied = match tokio::io::copy(&mut source, &mut target).await {
            Ok(_) => target.shutdown().await,
            Err(error) => Err(error),
        };
        if let Err(error) = copied {
            let _ = target.abort().await;
            return Err(io_fault(&error));
        }
        Ok(())
    }

    /// Stores what is in memory.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> AppResult<()> {
        self.store.put(&key.into(), PutPayload::from(bytes)).await.map_err(|error| fault(&error))?;
        Ok(())
    }

    /// A file, or a part of it: its whole size, the part, and its bytes as they are read.
    pub async fn get(&self, key: &str, part: Option<Range<u64>>) -> AppResult<(u64, Range<u64>, Bytestream)> {
        let options = GetOptions { range: part.map(GetRange::Bounded), ..Default::default() };
        let found = self.store.get_opts(&key.into(), options).await.map_err(|error| fault(&error))?;
        Ok((found.meta.size, found.range.clone(), found.into_stream().boxed()))
    }

    /// Deletes files; those that are not there count as deleted.
    pub async fn delete(&self, keys: impl IntoIterator<Item = String>) -> AppResult<()> {
        for key in keys {
            match self.store.delete(&key.as_str().into()).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(fault(&error)),
            }
        }
        Ok(())
    }
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
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
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
