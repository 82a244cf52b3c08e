//! Deleted is gone: a loop that looks whether what was to go has gone, and goes on until it is so.
//!
//! What people delete is taken out of its tables and its files, then out of the write-ahead log. Each step may
//! fail for a while, as when another program holds a lock or still reads, so none is tried only once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sapa_model::AppResult;
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::chat::{Chat, WeakChat};
use crate::fault::OrFault;
use crate::{avatars, database, messages, stories};

/// How often to look where nobody has said that there is something to do.
const EVERY: Duration = Duration::from_secs(1);

/// What is to be erased, beside what the database itself says.
pub struct Erasure {
    wake: Notify,
    /// The write-ahead log may still hold what was erased. So it may after a start: nobody knows how the program
    /// ended before.
    log_is_dirty: AtomicBool,
    /// Pictures that nobody shows any more.
    pictures: Mutex<Vec<String>>,
}

impl Default for Erasure {
    fn default() -> Self {
        Self { wake: Notify::new(), log_is_dirty: AtomicBool::new(true), pictures: Mutex::default() }
    }
}

impl Erasure {
    /// There is something to do now. Called once what is to go has been noted in the database.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Something was taken out of the database, or is about to be: its traces go next.
    pub fn dirty(&self) {
        self.log_is_dirty.store(true, Ordering::SeqCst);
        self.wake();
    }

    /// A loose picture is to go.
    pub fn picture(&self, key: String) {
        self.pictures().push(key);
        self.wake();
    }

    fn pictures(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Erases what is due, for as long as the messenger is open.
pub async fn run(chat: WeakChat) {
    let mut deleted = HashMap::new();
    loop {
        {
            let Some(chat) = chat.upgrade() else { return };
            round(&chat, &mut deleted).await;
        }
        let Some(own) = chat.upgrade() else { return };
        tokio::select! {
            () = own.erasure().wake.notified() => {}
            () = sleep(EVERY) => {}
        }
    }
}

/// Does all that can be done now. What fails is done in the next round.
async fn round(chat: &Chat, deleted: &mut HashMap<i64, Instant>) {
    let told = |what: &str, done: AppResult<()>| {
        if let Err(error) = done {
            tracing::warn!(%error, "{what} could not be erased yet");
        }
    };
    told("deleted messages", messages::purge_due(chat, deleted).await);
    told("stories", stories::expire(chat).await);
    told("a picture", erase_pictures(chat).await);
    told("the log of the database", scrub(chat).await);
}

async fn erase_pictures(chat: &Chat) -> AppResult<()> {
    let keys = std::mem::take(&mut *chat.erasure().pictures());
    if keys.is_empty() {
        return Ok(());
    }
    let done = avatars::delete(chat, keys.clone()).await;
    if done.is_err() {
        chat.erasure().pictures().extend(keys);
    }
    done
}

/// Empties the write-ahead log, if it may hold what was erased and nobody reads it just now.
async fn scrub(chat: &Chat) -> AppResult<()> {
    let dirty = &chat.erasure().log_is_dirty;
    if !dirty.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let scrubbed = database::scrub(chat.database_url()).await.or_fault();
    if !matches!(scrubbed, Ok(true)) {
        dirty.store(true, Ordering::SeqCst);
    }
    scrubbed.map(drop)
}
