//! The calls that go on: who is in each, and when one is over. Nothing here waits or writes.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use sapa_model::call::{Call, CallOutcome, CallParty, CallShows, PartyState};
use sapa_model::ids::CallId;
use sapa_model::{AppError, AppResult, ErrorCode, RoomId, Timestamp, UserCard, UserId};

use crate::hub::ConnectionId;

/// Calls and people in them of whom a newcomer is told at once: each takes less than 600 bytes.
const PARTIES_TOLD: usize = 800;

/// See the module. Gone with the program: its calls are then settled by what the database knows of them.
#[derive(Default)]
pub(crate) struct Board {
    calls: HashMap<CallId, Live>,
}

/// A call that goes on.
pub(crate) struct Live {
    /// As its room sees it.
    pub call: Call,
    /// Between two: it ends when either leaves.
    pub direct: bool,
    /// Members who have blocked the caller: they never hear of it.
    pub hidden_from: HashSet<UserId>,
    /// How many may be in.
    pub most: usize,
    /// It is not over for want of somebody who rings, until its time is.
    pub open: bool,
    /// Of those who are in.
    seats: HashMap<u32, Seat>,
    last_seat: u32,
}

/// Where somebody in a call is to be reached.
struct Seat {
    /// The connection that took it last.
    by: ConnectionId,
    /// That connection is gone, and nobody has taken the seat again.
    lost: bool,
}

impl Seat {
    fn is_taken_by(&self, connection: ConnectionId) -> bool {
        self.by == connection && !self.lost
    }
}

/// A call after a change: what its room is told, and what is written down where it is over.
pub(crate) struct Told {
    /// With its outcome where it is over.
    pub call: Call,
    /// Nobody but the caller ever learns of it.
    pub shadowed: bool,
    /// See [`Live::hidden_from`].
    pub hidden_from: HashSet<UserId>,
}

impl Live {
    /// A call that its caller has begun, and that rings for these.
    pub fn new(call: Call, direct: bool, hidden_from: HashSet<UserId>, most: usize) -> Self {
        let open = !direct;
        Self { call, direct, hidden_from, most, open, seats: HashMap::new(), last_seat: 0 }
    }

    /// Whether somebody in its room may know of it.
    pub fn is_shown_to(&self, user_id: UserId) -> bool {
        !self.hidden_from.contains(&user_id)
    }

    /// Whether only the caller knows of it.
    fn is_shadowed(&self) -> bool {
        self.direct && !self.hidden_from.is_empty()
    }

    fn party_mut(&mut self, user_id: UserId) -> Option<&mut CallParty> {
        self.call.parties.iter_mut().find(|party| party.user.id == user_id)
    }

    /// The seat of somebody who is in with a connection.
    fn seat_of(&self, user_id: UserId, connection: ConnectionId) -> Option<u32> {
        let seat = self.call.party(user_id)?.seat?;
        self.seats.get(&seat)?.is_taken_by(connection).then_some(seat)
    }

    /// Lets somebody in; with a connection they get a seat, the one that they name if it was theirs.
    fn seat(
        &mut self,
        user: UserCard,
        connection: Option<ConnectionId>,
        had: Option<u32>,
        now: Timestamp,
    ) -> AppResult<Option<u32>> {
        let others = self.call.joined().filter(|party| party.user.id != user.id).count();
        if others >= self.most {
            return Err(AppError::limit_reached("people in a call", self.most));
        }
        let before = self.call.party(user.id).and_then(|party| party.seat);
        let seat = connection.map(|connection| {
            let seat = had.filter(|_| had == before).unwrap_or_else(|| {
                self.last_seat += 1;
                self.last_seat
            });
            before.map(|before| self.seats.remove(&before));
            self.seats.insert(seat, Seat { by: connection, lost: false });
            seat
        });
        if others > 0 {
            self.call.answered_at.get_or_insert(now);
        }
        let seat = seat.or(before);
        let shows = CallShows { microphone: true, camera: false, screen: false };
        let joined = CallParty { user, state: PartyState::Joined, seat, shows };
        match self.party_mut(joined.user.id) {
            Some(party) if party.state == PartyState::Joined => party.seat = seat,
            Some(party) => *party = joined,
            None => self.call.parties.push(joined),
        }
        Ok(seat)
    }

    /// Takes somebody's part in it to its end, in such a way.
    fn part(&mut self, user_id: UserId, state: PartyState) {
        let seat = self.party_mut(user_id).and_then(|party| {
            party.state = state;
            party.seat.take()
        });
        seat.map(|seat| self.seats.remove(&seat));
    }

    /// How it has ended, if it has.
    fn outcome(&self) -> Option<CallOutcome> {
        let joined = self.call.joined().count();
        let in_state = |state| self.call.parties.iter().any(|party| party.state == state);
        if self.call.answered_at.is_some() {
            return (joined == 0 || (self.direct && joined < 2)).then_some(CallOutcome::Answered);
        }
        let over = joined == 0 || !(self.open || in_state(PartyState::Ringing));
        over.then(|| match () {
            () if !self.direct || joined == 0 => CallOutcome::Missed,
            () if in_state(PartyState::Declined) => CallOutcome::Declined,
            () if in_state(PartyState::Busy) => CallOutcome::Busy,
            () => CallOutcome::Missed,
        })
    }
}

impl Board {
    /// The call that goes on in a room, as far as somebody may know.
    pub fn in_room(&self, room_id: RoomId, user_id: UserId) -> Option<CallId> {
        let here = |live: &&Live| live.call.room_id == room_id && live.is_shown_to(user_id);
        self.calls.values().find(here).map(|live| live.call.id)
    }

    /// A call that somebody may know of; `not_found` where it is over.
    pub fn find(&self, id: CallId, user_id: UserId) -> AppResult<&Live> {
        let live = self.calls.get(&id).filter(|live| live.is_shown_to(user_id));
        live.ok_or_else(|| AppError::not_found("call"))
    }

    /// The same for whoever has a part in it.
    fn find_own(&self, id: CallId, user_id: UserId) -> AppResult<&Live> {
        let live = self.find(id, user_id)?;
        live.call.party(user_id).map(|_| live).ok_or_else(|| AppError::not_found("call"))
    }

    /// The calls of these rooms that somebody may know of: as many as fit into one frame, those that ring for them
    /// or that they are in first, then the newest. The others are told when they change.
    pub fn of_rooms(&self, rooms: &[RoomId], user_id: UserId) -> Vec<Call> {
        let rooms: HashSet<RoomId> = rooms.iter().copied().collect();
        let shown = |live: &&Live| rooms.contains(&live.call.room_id) && live.is_shown_to(user_id);
        let mut calls: Vec<&Call> = self.calls.values().filter(shown).map(|live| &live.call).collect();
        let is_theirs = |call: &Call| {
            let state = call.party(user_id).map(|party| party.state);
            matches!(state, Some(PartyState::Ringing | PartyState::Joined))
        };
        calls.sort_unstable_by_key(|call| (!is_theirs(call), Reverse(call.id)));
        let mut parties = 0;
        let fits = |call: &&Call| {
            parties += 1 + call.parties.len();
            parties <= PARTIES_TOLD
        };
        calls.into_iter().take_while(fits).cloned().collect()
    }

    /// The call that somebody is in.
    pub fn joined_by(&self, user_id: UserId) -> Option<CallId> {
        let joined = |live: &&Live| live.call.joined().any(|party| party.user.id == user_id);
        self.calls.values().find(joined).map(|live| live.call.id)
    }

    /// Everyone who is in a call.
    pub fn joined(&self) -> Vec<UserId> {
        self.calls.values().flat_map(|live| live.call.joined()).map(|party| party.user.id).collect()
    }

    /// Takes in a call that has begun.
    pub fn begin(&mut self, live: Live) {
        self.calls.insert(live.call.id, live);
    }

    /// Takes a room's call away that could not be begun: nobody has been told of it.
    pub fn drop_unbegun(&mut self, room_id: RoomId) {
        self.calls.retain(|_, live| live.call.room_id != room_id || live.call.revision > 0);
    }

    /// Lets somebody into a call; the seat, where they come with a live connection.
    pub fn join(
        &mut self,
        id: CallId,
        user: UserCard,
        connection: Option<ConnectionId>,
        had: Option<u32>,
        now: Timestamp,
    ) -> AppResult<Option<u32>> {
        self.find(id, user.id)?;
        let live = self.calls.get_mut(&id).ok_or_else(|| AppError::not_found("call"))?;
        live.seat(user, connection, had, now)
    }

    /// Somebody does not want to come in. `conflict` where it does not ring for them.
    pub fn decline(&mut self, id: CallId, user_id: UserId) -> AppResult<()> {
        if !self.find_own(id, user_id)?.call.rings_for(user_id) {
            return Err(AppError::new(ErrorCode::Conflict, "This call does not ring for you any more."));
        }
        if let Some(live) = self.calls.get_mut(&id) {
            live.part(user_id, PartyState::Declined);
        }
        Ok(())
    }

    /// Somebody leaves; false where they are not in.
    pub fn leave(&mut self, id: CallId, user_id: UserId) -> AppResult<bool> {
        self.find_own(id, user_id)?;
        Ok(self.part_if(id, user_id, |party| party.state == PartyState::Joined))
    }

    /// Somebody is no longer in a room: nor are they in its calls, which these are.
    pub fn evict(&mut self, room_id: RoomId, user_id: UserId) -> Vec<CallId> {
        let here = |live: &&Live| live.call.room_id == room_id;
        let ids: Vec<_> = self.calls.values().filter(here).map(|live| live.call.id).collect();
        let is_there = |party: &CallParty| matches!(party.state, PartyState::Joined | PartyState::Ringing);
        ids.into_iter().filter(|id| self.part_if(*id, user_id, is_there)).collect()
    }

    /// Somebody is out of a call if they stand to it so; whether they did.
    fn part_if(&mut self, id: CallId, user_id: UserId, so: impl Fn(&CallParty) -> bool) -> bool {
        match self.calls.get_mut(&id) {
            Some(live) if live.call.party(user_id).is_some_and(so) => {
                live.part(user_id, PartyState::Left);
                true
            }
            _ => false,
        }
    }

    /// Whoever has a part in a call of this room.
    pub fn people_in(&self, room_id: RoomId) -> Vec<UserId> {
        let here = self.calls.values().filter(|live| live.call.room_id == room_id);
        here.flat_map(|live| &live.call.parties).map(|party| party.user.id).collect()
    }

    /// What somebody in a call lets the others hear and see. `conflict` where this connection is not in.
    pub fn show(
        &mut self,
        id: CallId,
        user_id: UserId,
        from: ConnectionId,
        shows: CallShows,
    ) -> AppResult<()> {
        self.find_own(id, user_id)?.seat_of(user_id, from).ok_or_else(not_in)?;
        if let Some(party) = self.calls.get_mut(&id).and_then(|live| live.party_mut(user_id)) {
            party.shows = shows;
        }
        Ok(())
    }

    /// The way of a signal: from which seat, and to which connection; none where that is lost just now.
    pub fn way(
        &self,
        id: CallId,
        user_id: UserId,
        from: ConnectionId,
        to: u32,
    ) -> AppResult<(u32, Option<ConnectionId>)> {
        let live = self.find_own(id, user_id)?;
        let seat = live.seat_of(user_id, from).ok_or_else(not_in)?;
        let other = live.seats.get(&to).ok_or_else(|| AppError::not_found("seat").on("to"))?;
        Ok((seat, (!other.lost).then_some(other.by)))
    }

    /// A call's time to ring is over; true if it goes on, and something has changed.
    pub fn ring_out(&mut self, id: CallId) -> bool {
        let Some(live) = self.calls.get_mut(&id) else { return false };
        live.open = false;
        for party in &mut live.call.parties {
            if party.state == PartyState::Ringing {
                party.state = PartyState::Missed;
            }
        }
        true
    }

    /// A connection is lost; the seats that it had.
    pub fn lost(&mut self, connection: ConnectionId) -> Vec<(CallId, u32)> {
        let mut lost = Vec::new();
        for (id, live) in &mut self.calls {
            for (number, seat) in &mut live.seats {
                if seat.is_taken_by(connection) {
                    seat.lost = true;
                    lost.push((*id, *number));
                }
            }
        }
        lost
    }

    /// A seat that this connection lost was not taken again in time; true if that has ended somebody's part.
    pub fn give_up(&mut self, id: CallId, seat: u32, lost_by: ConnectionId) -> bool {
        let Some(live) = self.calls.get_mut(&id) else { return false };
        if !live.seats.get(&seat).is_some_and(|seat| seat.lost && seat.by == lost_by) {
            return false;
        }
        let user_id = live.call.parties.iter().find(|party| party.seat == Some(seat)).map(|p| p.user.id);
        user_id.map(|user_id| live.part(user_id, PartyState::Left)).is_some()
    }

    /// Whoever has begun a call without a connection, and has not come in with one in time.
    pub fn give_up_without_seat(&mut self, id: CallId, user_id: UserId) -> bool {
        self.part_if(id, user_id, |party| party.state == PartyState::Joined && party.seat.is_none())
    }

    /// Counts a change, and takes the call away where it is over with that.
    pub fn settle(&mut self, id: CallId) -> Option<Told> {
        let live = self.calls.get_mut(&id)?;
        live.call.revision += 1;
        live.call.outcome = live.outcome();
        let told = Told {
            call: live.call.clone(),
            shadowed: live.is_shadowed(),
            hidden_from: live.hidden_from.clone(),
        };
        if told.call.outcome.is_some() {
            self.calls.remove(&id);
        }
        Some(told)
    }
}

fn not_in() -> AppError {
    AppError::new(ErrorCode::Conflict, "This connection is not in the call.")
}
