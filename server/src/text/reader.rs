//! Reading lines, bounded in size, memory and time while they come.

use sapa_model::{AppError, UserId};
use sapa_text::{Lines, Next};
use tokio::io::{AsyncReadExt as _, ErrorKind};
use tokio::time::{Instant, timeout_at};

use super::Times;
use super::budget::{Share, UNIT};
use super::door::Door;
use super::wire::Wire;
use crate::seats::Seat;

/// The longest line, in bytes, but of files.
pub const LINE_MAX: usize = 8 * 1024;
/// The longest line of a file: about 12 MiB of it.
pub const FILE_LINE_MAX: usize = 16 * 1024 * 1024;
/// Bytes that are read at a time.
const CHUNK: usize = 8 * 1024;
/// The place that a large line gets, in bytes of address space: memory comes with what fills it. It never
/// has to move, and it is beyond what the GNU C library ever keeps for later (`M_MMAP_THRESHOLD` grows to
/// 32 MiB), so that all of it goes back to the system.
const PLACE: usize = 33 * 1024 * 1024;

/// Why there is no further line.
#[derive(Debug)]
pub enum Ending {
    /// The peer has said all, or has gone.
    Gone,
    /// The same in the middle of a line. It is not done: nobody knows what was still to come.
    Cut,
    /// Nothing has come for too long.
    Idle,
    /// A line takes too long.
    Slow,
    /// A line is too long; what follows cannot be trusted.
    TooLong,
    /// Of a long line it cannot be said who brings it.
    Refused(AppError),
    /// There is no memory for a large line.
    Busy,
    /// Somebody else needs the seat.
    Replaced,
    /// The server wants it: the session has ended, or the program leaves.
    Closed,
}

/// What has come of a connection and was not yet done.
pub struct Reader {
    lines: Lines,
    chunk: Box<[u8; CHUNK]>,
    share: Share,
    /// Bytes of a large line for which the share has room: small lines are free.
    paid: usize,
    ended: bool,
}

impl Reader {
    /// With nothing read yet.
    pub fn new(share: Share) -> Self {
        Self { lines: Lines::default(), chunk: Box::new([0; CHUNK]), share, paid: 0, ended: false }
    }

    /// The next line that is not blank. What it takes of the budget is held until the next one is asked for.
    pub async fn next(
        &mut self,
        wire: &mut impl Wire,
        door: &Door,
        seat: &Seat,
        times: Times,
    ) -> Result<Vec<u8>, Ending> {
        // Of a large line nothing is left but what came together with its end.
        if self.lines.capacity() > UNIT {
            self.lines.shrink();
        }
        self.paid = 0;
        self.share.shrink(0);
        let (mut longest, mut of) = (LINE_MAX, None);
        let idle = Instant::now() + door.idle(times);
        let (mut due, mut end) = (None, None);
        loop {
            match self.lines.next_line(longest) {
                Next::Line(line) => return Ok(line),
                Next::More if self.ended && self.lines.is_cut() => return Err(Ending::Cut),
                Next::More if self.ended => return Err(Ending::Gone),
                Next::More => {}
                Next::TooLong if of.is_none() => {
                    let head = &self.lines.unfinished()[..LINE_MAX];
                    let carries = door.longest(head).await.map_err(Ending::Refused)?;
                    let (who, most) = carries.ok_or(Ending::TooLong)?;
                    (of, longest) = (Some(who), most);
                    // It is bounded in time, and known who brings it.
                    seat.busy();
                    end = Some(Instant::now() + times.large);
                    continue;
                }
                Next::TooLong => return Err(Ending::TooLong),
            }
            let pending = self.lines.unfinished().len();
            if pending > 0 {
                due.get_or_insert_with(|| Instant::now() + times.line);
            }
            if let Some(who) = of {
                self.make_room(who, pending + CHUNK, longest + 2 * CHUNK).await?;
            }
            let until = due.unwrap_or(idle).min(end.unwrap_or_else(|| due.unwrap_or(idle)));
            let read = timeout_at(until, wire.read(&mut self.chunk[..])).await;
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

    /// Makes room for what comes next: pays for twice as much each time, and never for more than `most`.
    async fn make_room(&mut self, who: UserId, needed: usize, most: usize) -> Result<(), Ending> {
        if needed <= self.paid {
            return Ok(());
        }
        let paid = (2 * self.paid).max(needed).max(2 * UNIT).min(most);
        if self.share.grow(who, paid).await.is_err() || !self.lines.reserve(PLACE) {
            return Err(Ending::Busy);
        }
        self.paid = paid;
        Ok(())
    }
}
