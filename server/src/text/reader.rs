//! Reading lines, bounded in size, memory and time while they come.

use sapa_text::{Lines, Next};
use tokio::io::{AsyncReadExt as _, ErrorKind};
use tokio::time::{Instant, timeout_at};

use super::Times;
use super::budget::{Share, UNIT};
use super::door::Door;
use super::wire::Wire;

/// The longest line, in bytes, but of files.
pub const LINE_MAX: usize = 8 * 1024;
/// The longest line of a file: about 12 MiB of it.
pub const FILE_LINE_MAX: usize = 16 * 1024 * 1024;
/// Bytes that are read at a time.
const CHUNK: usize = 8 * 1024;

/// Why there is no further line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The peer has said all, or has gone.
    Gone,
    /// Nothing has come for too long.
    Idle,
    /// A line takes too long.
    Slow,
    /// A line is too long; what follows cannot be trusted.
    TooLong,
    /// There is no memory for a large line.
    Busy,
    /// The server wants it: the session has ended, or the program leaves.
    Closed,
}

/// What has come of a connection and was not yet done.
pub struct Reader {
    lines: Lines,
    chunk: Box<[u8; CHUNK]>,
    share: Share,
    ended: bool,
}

impl Reader {
    /// With nothing read yet.
    pub fn new(share: Share) -> Self {
        Self { lines: Lines::default(), chunk: Box::new([0; CHUNK]), share, ended: false }
    }

    /// The next line that is not blank. What it takes of the budget is held until the next one is asked for.
    pub async fn next(&mut self, wire: &mut impl Wire, door: &Door, times: Times) -> Result<Vec<u8>, Ending> {
        if self.lines.capacity() > UNIT && self.lines.unfinished().len() <= CHUNK {
            self.lines.shrink();
        }
        self.share.resize(self.charged()).await;
        let (mut longest, mut asked) = (LINE_MAX, false);
        let idle = Instant::now() + door.idle(times);
        let mut due = None;
        loop {
            match if self.ended { self.lines.finish(longest) } else { self.lines.next_line(longest) } {
                Next::Line(line) => return Ok(line),
                Next::More if self.ended => return Err(Ending::Gone),
                Next::More => {}
                Next::TooLong if !asked => {
                    asked = true;
                    let head = &self.lines.unfinished()[..LINE_MAX];
                    longest = door.longest(head).await.ok_or(Ending::TooLong)?;
                    continue;
                }
                Next::TooLong => return Err(Ending::TooLong),
            }
            let pending = self.lines.unfinished().len();
            if pending > 0 {
                due.get_or_insert_with(|| Instant::now() + times.line);
            }
            if pending > LINE_MAX {
                self.make_room(pending + CHUNK, longest + 2 * CHUNK).await?;
            }
            let read = timeout_at(due.unwrap_or(idle), wire.read(&mut self.chunk[..])).await;
            match read.map_err(|_| if due.is_some() { Ending::Slow } else { Ending::Idle })? {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    self.lines.push(&self.chunk[..count]);
                    // A large line moves on.
                    if (pending + count) / UNIT > pending / UNIT {
                        due = Some(Instant::now() + times.line);
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Err(Ending::Gone),
            }
        }
    }

    /// Makes room for what comes next: twice as much each time, and never more than `most`.
    async fn make_room(&mut self, needed: usize, most: usize) -> Result<(), Ending> {
        if needed <= self.lines.capacity() {
            return Ok(());
        }
        let before = self.lines.capacity();
        let capacity = (2 * before).max(needed).max(2 * UNIT).min(most);
        // While it moves, the old place is taken too.
        if !self.share.resize(before + capacity).await {
            return Err(Ending::Busy);
        }
        self.lines.reserve(capacity);
        self.share.resize(capacity).await;
        Ok(())
    }

    /// What the budget is charged for: small lines are free.
    fn charged(&self) -> usize {
        if self.lines.capacity() > UNIT { self.lines.capacity() } else { 0 }
    }
}
