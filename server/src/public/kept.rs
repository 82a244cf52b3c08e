//! Documents that were drawn a moment ago: the next one who asks for the same costs nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sapa_app::i18n::Language;
use sapa_model::{ChannelHandle, RoomId};

use crate::tagged::Document;

/// All of them together, in bytes.
const BYTES: usize = 8 * 1024 * 1024;
/// What a document takes besides its text.
const ENTRY: usize = 512;
/// How long one is kept. Views and followers become more without a change of the channel.
const AGE: Duration = Duration::from_secs(10);

/// The newest posts of a channel, as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// As a page.
    Page(Language),
    /// As a feed.
    Feed,
}

/// Which document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Which {
    /// Of which channel.
    pub room_id: RoomId,
    /// Under which address.
    pub handle: ChannelHandle,
    /// In which form.
    pub form: Form,
}

/// The documents that are kept. Cheap to clone; all clones are the same ones.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<HashMap<Which, Entry>>>);

struct Entry {
    document: Document,
    /// Which change of the channel it tells of.
    seq: u64,
    drawn: Instant,
}

impl Entry {
    fn size(&self) -> usize {
        ENTRY + self.document.text.len()
    }
}

impl Kept {
    /// A document, if it tells of this change of its channel.
    pub fn get(&self, which: &Which, seq: u64) -> Option<Document> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = kept.get(which)?;
        (entry.seq >= seq && entry.drawn.elapsed() < AGE).then(|| entry.document.clone())
    }

    /// Keeps a document that tells of this change; where there are too many, the oldest go.
    pub fn put(&self, which: Which, seq: u64, document: Document) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(which, Entry { document, seq, drawn: Instant::now() });
        kept.retain(|_, entry| entry.drawn.elapsed() < AGE);
        let mut bytes: usize = kept.values().map(Entry::size).sum();
        while bytes > BYTES {
            let Some(oldest) =
                kept.iter().min_by_key(|(_, entry)| entry.drawn).map(|(which, _)| which.clone())
            else {
                return;
            };
            bytes -= kept.remove(&oldest).map_or(0, |entry| entry.size());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn which(room: i64) -> Which {
        let handle = ChannelHandle::parse("kopi").unwrap();
        Which { room_id: RoomId(room), handle, form: Form::Feed }
    }

    #[test]
    fn what_has_changed_is_drawn_anew() {
        let kept = Kept::default();
        let (first, second) = (Document::from("satu".to_owned()), Document::from("dua".to_owned()));
        assert_ne!(first.etag, second.etag);
        kept.put(which(1), 7, first.clone());
        assert_eq!(kept.get(&which(1), 7), Some(first));
        assert_eq!(kept.get(&which(1), 8), None);
        let page = Which { form: Form::Page(Language::English), ..which(1) };
        assert_eq!(kept.get(&page, 7), None);
        kept.put(which(1), 8, second.clone());
        assert_eq!(kept.get(&which(1), 8), Some(second));
    }

    #[test]
    fn what_is_kept_is_bounded_in_bytes_and_time() {
        let kept = Kept::default();
        let large = Document::from("x".repeat(BYTES / 3));
        for room in 0..4 {
            kept.put(which(room), 1, large.clone());
        }
        let left: Vec<bool> = (0..4).map(|room| kept.get(&which(room), 1).is_some()).collect();
        assert_eq!(left, [false, false, true, true]);
        kept.put(which(9), 1, Document::from("x".repeat(BYTES)));
        assert_eq!(kept.get(&which(9), 1), None, "larger than all may be");

        kept.put(which(5), 1, large);
        let long_ago = Instant::now().checked_sub(AGE).unwrap();
        kept.0.lock().unwrap().get_mut(&which(5)).unwrap().drawn = long_ago;
        assert_eq!(kept.get(&which(5), 1), None);
        kept.put(which(6), 1, Document::from(String::new()));
        assert_eq!(kept.0.lock().unwrap().len(), 1);
    }
}
