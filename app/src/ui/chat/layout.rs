//! Which lines a feed has: where a day begins, where the unread begin, who speaks on.

use sapa_model::{Timestamp, UserId};

/// A run of one author's messages ends after this pause, in milliseconds.
const RUN_PAUSE: i64 = 5 * 60 * 1000;

/// What the layout needs to know of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch<K> {
    /// Which message.
    pub key: K,
    /// Its author.
    pub author: UserId,
    /// When it was written.
    pub at: Timestamp,
    /// The number of its calendar day where the reader is.
    pub day: i64,
    /// Its number in the room; none while it waits to be sent.
    pub number: Option<u64>,
    /// A person's words, not a system line.
    pub text: bool,
}

/// A message's place in the feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line<K> {
    /// Which message.
    pub key: K,
    /// The first of its day: the day stands above it.
    pub new_day: bool,
    /// The first unread one at opening: the unread line stands above it.
    pub unread_above: bool,
    /// The first of its author's run.
    pub first: bool,
}

/// Lays out messages in the order of history. `read` is the reader's marker as it was when the
/// chat was opened; `me` has no unread messages of their own.
pub fn lay_out<K: Clone>(
    sketches: impl IntoIterator<Item = Sketch<K>>,
    read: Option<u64>,
    me: UserId,
) -> Vec<Line<K>> {
    let mut before: Option<Sketch<K>> = None;
    let mut marked = false;
    let mut lines = Vec::new();
    for sketch in sketches {
        let unread = sketch.text
            && sketch.author != me
            && matches!((sketch.number, read), (Some(number), Some(read)) if number > read);
        let unread_above = unread && !marked;
        marked |= unread_above;
        let new_day = before.as_ref().is_none_or(|before| before.day != sketch.day);
        let follows = before.as_ref().is_some_and(|before| {
            before.text && before.author == sketch.author && sketch.at.since(before.at) < RUN_PAUSE
        });
        lines.push(Line {
            key: sketch.key.clone(),
            new_day,
            unread_above,
            first: new_day || unread_above || !follows,
        });
        before = Some(sketch);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const SARI: UserId = UserId(1);
    const OLEH: UserId = UserId(2);

    fn said(key: u32, author: UserId, minute: i64, number: u64) -> Sketch<u32> {
        let at = Timestamp(minute * 60_000);
        Sketch { key, author, at, day: minute / 1440, number: Some(number), text: true }
    }

    fn firsts(lines: &[Line<u32>]) -> Vec<u32> {
        lines.iter().filter(|line| line.first).map(|line| line.key).collect()
    }

    #[test]
    fn a_run_ends_with_a_pause_another_author_or_a_day() {
        let lines = lay_out(
            [
                said(1, SARI, 0, 1),
                said(2, SARI, 4, 2),
                said(3, SARI, 9, 3),
                said(4, OLEH, 10, 4),
                said(5, OLEH, 1438, 5),
                said(6, OLEH, 1440, 6),
            ],
            None,
            SARI,
        );
        assert_eq!(firsts(&lines), [1, 3, 4, 5, 6]);
        assert_eq!(lines.iter().filter(|l| l.new_day).map(|l| l.key).collect::<Vec<_>>(), [1, 6]);
    }

    #[test]
    fn a_system_line_ends_a_run() {
        let line = Sketch { text: false, ..said(2, SARI, 1, 1) };
        let lines = lay_out([said(1, SARI, 0, 1), line, said(3, SARI, 2, 2)], None, OLEH);
        assert_eq!(firsts(&lines), [1, 3]);
    }

    #[test]
    fn the_unread_line_stands_once_above_the_first_of_the_others() {
        let all = [said(1, OLEH, 0, 1), said(2, SARI, 1, 2), said(3, OLEH, 2, 3), said(4, OLEH, 3, 4)];
        let lines = lay_out(all.clone(), Some(1), SARI);
        assert_eq!(lines.iter().filter(|l| l.unread_above).map(|l| l.key).collect::<Vec<_>>(), [3]);
        assert_eq!(firsts(&lines), [1, 2, 3]);
        assert!(lay_out(all.clone(), Some(4), SARI).iter().all(|line| !line.unread_above));
        assert!(lay_out(all, None, SARI).iter().all(|line| !line.unread_above));
    }
}
