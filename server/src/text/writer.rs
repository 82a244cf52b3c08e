//! Writing replies, bounded in time.

use std::io;
use std::time::Duration;

use futures::StreamExt as _;
use sapa_domain::attachments::Blob;
use sapa_text::content::Encoder;
use sapa_text::reply::{FILE_TAIL, file_head};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::timeout;

use super::budget::UNIT;
use super::wire::Wire;
use crate::pace::Waits;

/// How long a peer is heard out that is told why the connection ends.
const FAREWELL: Duration = Duration::from_secs(2);

/// Writes a reply.
pub async fn write(wire: &mut impl Wire, bytes: &[u8], patience: Duration) -> io::Result<()> {
    let written = async {
        wire.write_all(bytes).await?;
        wire.flush().await
    };
    timeout(patience, written).await?
}

/// Writes a reply that hands out a file, as it is read.
pub async fn write_file(wire: &mut impl Wire, blob: Blob, waits: Waits) -> io::Result<()> {
    timeout(waits.whole(blob.size / 3 * 4), write_pieces(wire, blob, waits.piece)).await?
}

async fn write_pieces(wire: &mut impl Wire, blob: Blob, patience: Duration) -> io::Result<()> {
    write(wire, file_head(blob.name.as_str()).as_bytes(), patience).await?;
    let mut encoder = Encoder::default();
    let mut pieces = blob.bytes;
    let mut waiting = String::new();
    while let Some(piece) = pieces.next().await {
        // Nothing can be said any more in the middle of a reply: the connection is cut.
        waiting.push_str(&encoder.push(&piece.map_err(io::Error::other)?));
        if waiting.len() >= UNIT {
            write(wire, waiting.as_bytes(), patience).await?;
            waiting.clear();
        }
    }
    waiting.push_str(&encoder.finish());
    waiting.push_str(FILE_TAIL);
    write(wire, waiting.as_bytes(), patience).await
}

/// Ends the connection so that the last reply arrives: a socket closed with bytes still unread is reset,
/// and what it had to say is lost with it.
pub async fn say_farewell(mut wire: impl Wire) {
    let hear_out = async {
        let _ = wire.shutdown().await;
        let mut unheard = [0; 4096];
        while wire.read(&mut unheard).await.is_ok_and(|count| count > 0) {}
    };
    let _ = timeout(FAREWELL, hear_out).await;
}
