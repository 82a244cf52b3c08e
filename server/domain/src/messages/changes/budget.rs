//! How much of what has changed goes into one answer.

use std::collections::HashMap;

use sapa_model::Room;
use sapa_model::limits;
use sea_orm::{ColumnTrait, Condition, ExprTrait};

/// What a room takes besides its name and its description, in bytes.
const ROOM_BYTES: usize = 300;
/// What a membership takes, in bytes.
pub const MEMBER_BYTES: usize = 320;

/// The changes of each room, by seq, and what each takes in bytes.
pub type Steps = HashMap<i64, Vec<(i64, usize)>>;

/// What of a room goes into the answer: its changes after `since`, up to `upto`.
pub struct Part {
    /// As it is now.
    pub room: Room,
    /// The asker's cursor.
    pub since: i64,
    /// The last change that is told.
    pub upto: i64,
    /// Whether nothing is left: everyone's markers are told too.
    pub whole: bool,
    /// Whether it is loaded anew instead.
    pub reload: bool,
}

impl Part {
    /// Of a room as it is now, all that there is. Each change took a number of its own, so their count is known
    /// before they are read; a cursor far ahead means a log that went back, as after a restored backup.
    pub fn new(room: Room, since: u64) -> Self {
        let signed = |seq: u64| i64::try_from(seq).unwrap_or(i64::MAX);
        let reload =
            room.seq.checked_sub(since).is_none_or(|behind| behind > limits::RESUME_CHANGES_MAX as u64);
        Self { upto: signed(room.seq), since: signed(since), whole: !reload, reload, room }
    }

    /// Whether changes are told.
    pub fn tells(&self) -> bool {
        !self.reload && self.upto > self.since
    }

    fn head_bytes(&self) -> usize {
        let description = self.room.channel.as_ref().map_or(0, |channel| channel.description.len());
        ROOM_BYTES + self.room.name.len() + description
    }

    /// What everyone's markers take: of a channel only its admins'.
    fn everyone_bytes(&self) -> usize {
        let count = self.room.member_count as usize;
        let told = if self.room.channel.is_some() { count.min(limits::CHANNEL_ADMINS_MAX) } else { count };
        told * MEMBER_BYTES
    }

    fn fill(&mut self, steps: &[(i64, usize)], left: &mut Left) {
        let end = self.upto;
        (self.upto, self.whole) = (self.since, false);
        // Steps beyond what one answer holds are not known.
        if left.full {
            return;
        }
        for same in steps.chunk_by(|one, next| one.0 == next.0) {
            if !left.take(same.iter().map(|(_, bytes)| bytes).sum()) {
                return;
            }
            self.upto = same[0].0;
        }
        self.upto = end;
        self.whole = left.take(self.everyone_bytes());
    }
}

/// Rows with the changes that these parts tell. Without any that tells, every row.
pub fn rows<C: ColumnTrait>(parts: &[Part], room_id: C, seq: C) -> Condition {
    let told = parts.iter().filter(|part| part.tells());
    told.fold(Condition::any(), |rows, part| {
        let told = seq.gt(part.since).and(seq.lte(part.upto));
        rows.add(room_id.eq(part.room.id.0).and(told))
    })
}

/// Fills the answer room by room. What does not fit is cut off at a seq, to be asked for again; one change is
/// always told, so that whoever comes again gets further.
pub fn fill(parts: &mut [Part], steps: &Steps, most: usize) {
    let heads: usize = parts.iter().map(Part::head_bytes).sum();
    let mut left = Left { bytes: most.saturating_sub(heads), used: false, full: false };
    for part in parts.iter_mut().filter(|part| !part.reload) {
        let of_room = steps.get(&part.room.id.0).map(Vec::as_slice).unwrap_or_default();
        part.fill(of_room, &mut left);
    }
}

struct Left {
    bytes: usize,
    used: bool,
    full: bool,
}

impl Left {
    fn take(&mut self, bytes: usize) -> bool {
        self.full |= self.used && bytes > self.bytes;
        if !self.full {
            self.bytes = self.bytes.saturating_sub(bytes);
            self.used = true;
        }
        !self.full
    }
}

#[cfg(test)]
mod tests {
    use sapa_model::{RoomId, RoomKind};

    use super::*;

    fn part(id: i64, since: u64, seq: u64) -> Part {
        let room = Room {
            id: RoomId(id),
            kind: RoomKind::Group,
            name: String::new(),
            hue: 0,
            avatar: None,
            seq,
            member_count: 2,
            channel: None,
        };
        Part::new(room, since)
    }

    fn filled(most: usize, steps: &[(i64, &[(i64, usize)])]) -> Vec<(i64, bool)> {
        let mut parts = vec![part(1, 10, 20), part(2, 0, 9)];
        let steps = steps.iter().map(|(id, steps)| (*id, steps.to_vec())).collect();
        fill(&mut parts, &steps, most);
        parts.iter().map(|part| (part.upto, part.whole)).collect()
    }

    #[test]
    fn what_fits_is_told_whole() {
        let steps: [(i64, &[_]); 2] = [(1, &[(11, 500), (20, 500)]), (2, &[(9, 500)])];
        assert_eq!(filled(2 * ROOM_BYTES + 1_500 + 4 * MEMBER_BYTES, &steps), [(20, true), (9, true)]);
    }

    #[test]
    fn what_does_not_fit_is_cut_at_a_seq_and_nothing_after_it_is_told() {
        let steps: [(i64, &[_]); 2] = [(1, &[(11, 500), (12, 9_000), (13, 1)]), (2, &[(9, 1)])];
        assert_eq!(filled(2 * ROOM_BYTES + 2_000, &steps), [(11, false), (0, false)]);
        // Everyone's markers alone can wait too: the next answer tells them.
        let steps: [(i64, &[_]); 2] = [(1, &[(20, 500)]), (2, &[])];
        assert_eq!(filled(2 * ROOM_BYTES + 600, &steps), [(20, false), (0, false)]);
    }

    #[test]
    fn changes_of_one_number_stay_together() {
        let steps: [(i64, &[_]); 1] = [(1, &[(11, 500), (12, 400), (12, 400)])];
        assert_eq!(filled(2 * ROOM_BYTES + 1_000, &steps)[0], (11, false));
    }

    #[test]
    fn one_change_is_always_told() {
        let steps: [(i64, &[_]); 1] = [(1, &[(11, 9_000), (12, 1)])];
        assert_eq!(filled(0, &steps), [(11, false), (0, false)]);
        // And so are the markers of a room in which nothing has changed.
        assert_eq!(filled(0, &[]), [(20, true), (9, false)]);
    }

    #[test]
    fn far_behind_and_ahead_is_loaded_anew() {
        let most = limits::RESUME_CHANGES_MAX as u64;
        assert!(!part(1, 0, most).reload);
        assert!(part(1, 0, most + 1).reload);
        assert!(part(1, 2, 1).reload);
        assert!(part(1, u64::MAX, 1).reload);
    }
}
