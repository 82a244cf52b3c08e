//! Answers on their way to the writer: bounded in their number and in bytes.

use std::sync::Arc;

use bytes::Bytes;
use sapa_model::{AppError, ServerFrame, limits};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// Answers that may wait for the writer.
const COUNT: usize = 32;
/// Bytes of answers that may wait for the writer.
const BYTES: u32 = 256 * 1024;

/// An answer as it goes over the wire.
pub struct Answer {
    /// One JSON text.
    pub json: Bytes,
    /// Its part of what may wait.
    _place: Option<OwnedSemaphorePermit>,
}

/// Where answers are left.
pub struct Answers {
    sender: mpsc::Sender<Answer>,
    places: Arc<Semaphore>,
}

/// Makes the way from whoever answers to the writer.
pub fn way() -> (Answers, mpsc::Receiver<Answer>) {
    let (sender, receiver) = mpsc::channel(COUNT);
    (Answers { sender, places: Arc::new(Semaphore::new(BYTES as usize)) }, receiver)
}

impl Answers {
    /// Leaves an answer, once there is room for it. `false` when the writer has gone.
    pub async fn leave(&self, frame: ServerFrame) -> bool {
        let Some(json) = written(frame) else { return false };
        let bytes = u32::try_from(json.len()).unwrap_or(BYTES).min(BYTES);
        let place = tokio::select! {
            place = self.places.clone().acquire_many_owned(bytes) => place.ok(),
            () = self.sender.closed() => return false,
        };
        self.sender.send(Answer { json, _place: place }).await.is_ok()
    }
}

/// As JSON. One that is larger than a frame may be is not sent: its command is refused, and the connection stands.
fn written(frame: ServerFrame) -> Option<Bytes> {
    let json = serde_json::to_vec(&frame);
    match json {
        Ok(json) if json.len() <= limits::SENT_FRAME_MAX_BYTES => return Some(json.into()),
        Ok(json) => tracing::error!(bytes = json.len(), "an answer is larger than a frame may be"),
        Err(error) => tracing::error!(%error, "an answer cannot be written as JSON"),
    }
    let r#ref = match frame {
        ServerFrame::Ack { r#ref, .. } => Some(r#ref),
        ServerFrame::Error { r#ref, .. } => r#ref,
        ServerFrame::Event { .. } => None,
    };
    serde_json::to_vec(&ServerFrame::Error { r#ref, error: AppError::internal() }).ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use sapa_model::live::Done;
    use sapa_model::people::Presence;
    use sapa_model::{AppError, UserId};

    use super::*;

    fn answer(r#ref: u64, count: usize) -> ServerFrame {
        let one = Presence { user_id: UserId(1), online: false, last_seen: None };
        ServerFrame::Ack { r#ref, done: Done::Watching { presence: vec![one; count] } }
    }

    #[tokio::test]
    async fn what_waits_is_bounded_in_bytes() {
        let (answers, mut answered) = way();
        assert!(answers.leave(answer(1, 10_000)).await);
        assert!(answers.leave(answer(2, 1)).now_or_never().is_none(), "there is no room");
        drop(answered.recv().await);
        assert!(answers.leave(answer(2, 1)).await);
        drop(answered);
        assert!(!answers.leave(answer(3, 1)).await);
    }

    #[tokio::test]
    async fn what_is_larger_than_a_frame_may_be_is_refused_in_its_place() {
        let (answers, mut answered) = way();
        assert!(answers.leave(answer(7, 100_000)).await);
        let json = answered.recv().await.unwrap().json;
        let refused = ServerFrame::Error { r#ref: Some(7), error: AppError::internal() };
        assert_eq!(serde_json::from_slice::<ServerFrame>(&json).unwrap(), refused);
    }
}
