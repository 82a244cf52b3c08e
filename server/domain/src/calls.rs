//! Calls: ringing, coming in, leaving, and the line that each leaves in its room.
//!
//! Who is in a call stands in memory, in the hub's [`board`]; that it was begun stands in the database,
//! so that its line is written even if the program ends meanwhile. Signals between those who are in pass
//! through and leave no trace.

use std::collections::HashSet;

use sapa_model::call::{Call, CallLink, CallMedia, CallParty, CallShows, CallTicket, PartyState, Signal};
use sapa_model::ids::CallId;
use sapa_model::{AppError, AppResult, Event, RoomId, TokenScope, UserId, limits};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::words::RoomKind;
use crate::entity::{block, call, membership};
use crate::fault::{OrFault, Refused};
use crate::hub::{Audience, ConnectionId};
use crate::rooms::access::{self, Place};
use crate::rooms::{direct, ties, you_blocked_them};
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, clock};

pub(crate) mod board;
mod line;
mod link;

use board::Live;
pub(crate) use line::{settle, unfinished};
pub use link::{CallOptions, LinkOptions, LivekitOptions, Secret, TurnOptions, TwilioOptions};

/// Whether the interface can take part in calls of this server.
pub fn are_for_browsers(chat: &Chat) -> bool {
    chat.calls().link.needs_no_sdk()
}

/// Rings the others of a room of the asker's, who comes in; where a call goes on there, only comes in.
///
/// Of two, only friends can be called: `forbidden`. `blocked` where the asker has blocked the other. Where
/// the other has blocked the asker, it rings for nobody until its time is over. Without a live connection
/// the asker has to come in with one in time.
pub async fn start(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    media: CallMedia,
    connection: Option<ConnectionId>,
) -> AppResult<CallTicket> {
    let me = scope.may(TokenScope::Write)?;
    access::place(chat.db(), room_id, me).await?;
    // Before anybody hears of it: what cannot be linked does not ring.
    let link = link::make(chat, me, room_id).await?;
    let own = chat.clone();
    let begun = chat.write(async move |w| begin(w, &own, me, room_id, media).await).await;
    let (id, is_new) = begun.inspect_err(|_| chat.hub().calls().drop_unbegun(room_id))?;
    let ticket = enter(chat, me, id, connection, None, link).await;
    if is_new {
        in_time(chat, chat.calls().ring, move |board| board.ring_out(id), id);
    }
    ticket
}

/// Comes into a call: answers it, comes in late, or takes the seat again that this page has had.
///
/// A call that goes on at another device of the asker's goes on here. `limit_reached` where it is full,
/// `not_found` where it is over.
pub async fn join(
    chat: &Chat,
    scope: &Scope,
    id: CallId,
    connection: Option<ConnectionId>,
    seat: Option<u32>,
) -> AppResult<CallTicket> {
    let me = scope.may(TokenScope::Write)?;
    let room_id = chat.hub().calls().find(id, me)?.call.room_id;
    let place = access::place(chat.db(), room_id, me).await.told_as(|| AppError::not_found("call"))?;
    if ties::ties(chat.db(), &place).await?.is_some_and(|ties| ties.i_block) {
        return Err(you_blocked_them());
    }
    let link = link::make(chat, me, room_id).await?;
    enter(chat, me, id, connection, seat, link).await
}

/// Does not want to come in: it stops ringing on all of the asker's devices.
pub fn decline(chat: &Chat, scope: &Scope, id: CallId) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    chat.hub().calls().decline(id, me)?;
    tell(chat, id);
    Ok(())
}

/// Leaves a call, on whatever device; again, nothing changes. `not_found` where the asker has no part in it.
pub fn leave(chat: &Chat, scope: &Scope, id: CallId) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    let left = chat.hub().calls().leave(id, me)?;
    if left {
        tell(chat, id);
    }
    Ok(())
}

/// Says what the others may hear and see of the asker; only the connection that is in can.
pub fn show(
    chat: &Chat,
    scope: &Scope,
    connection: ConnectionId,
    id: CallId,
    shows: CallShows,
) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    chat.hub().calls().show(id, me, connection, shows)?;
    tell(chat, id);
    Ok(())
}

/// Carries a signal to the seat of another who is in. Nobody who has not come in hears one or sends one:
/// addresses of either are not told before.
pub fn signal(
    chat: &Chat,
    scope: &Scope,
    connection: ConnectionId,
    id: CallId,
    to: u32,
    signal: Signal,
) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    let (from, way) = chat.hub().calls().way(id, me, connection, to)?;
    // Whoever comes back is told anew by both sides.
    if let Some(way) = way {
        chat.hub().publish(Audience::Connection(way), Event::Signal { call_id: id, from, signal });
    }
    Ok(())
}

/// The calls that go on in the asker's rooms.
pub async fn going_on(chat: &Chat, scope: &Scope) -> AppResult<Vec<Call>> {
    let me = scope.may(TokenScope::Read)?;
    let rooms = access::heard_by(chat.db(), me).await?;
    Ok(chat.hub().calls().of_rooms(&rooms, me))
}

/// Whoever is no longer in a room, or no longer to be reached by the other of it, is not in its call either.
pub(crate) fn evict(chat: &Chat, room_id: RoomId, user_id: UserId) {
    let evicted = chat.hub().calls().evict(room_id, user_id);
    for id in evicted {
        tell(chat, id);
    }
}

/// Somebody may not act any more: they are in no call either.
pub(crate) fn evict_everywhere(chat: &Chat, user_id: UserId) {
    let room_id = {
        let board = chat.hub().calls();
        board.joined_by(user_id).and_then(|id| board.find(id, user_id).ok()).map(|live| live.call.room_id)
    };
    // Nobody is in two.
    if let Some(room_id) = room_id {
        evict(chat, room_id, user_id);
    }
}

/// A room is gone, and its call with it.
pub(crate) fn end_in_room(chat: &Chat, room_id: RoomId) {
    let people = chat.hub().calls().people_in(room_id);
    for user_id in people {
        evict(chat, room_id, user_id);
    }
}

/// Two who no longer reach each other are in no call of the two either.
pub(crate) async fn end_between(chat: &Chat, one: UserId, other: UserId) -> AppResult<()> {
    if let Some(room_id) = direct::find(chat.db(), one, other).await? {
        evict(chat, room_id, one);
    }
    Ok(())
}

/// A connection is lost: the place of whoever sat there is kept for a while; for less where the page was left,
/// for then it comes back soon or not at all.
pub(crate) fn connection_lost(chat: &Chat, connection: ConnectionId, page_left: bool) {
    let lost = chat.hub().calls().lost(connection);
    let wait = if page_left { chat.calls().grace_left } else { chat.calls().grace };
    for (id, seat) in lost {
        in_time(chat, wait, move |board| board.give_up(id, seat, connection), id);
    }
}

/// Begins a call, or finds the one that goes on; true for a new one.
async fn begin(
    w: &Work,
    chat: &Chat,
    me: UserId,
    room_id: RoomId,
    media: CallMedia,
) -> AppResult<(CallId, bool)> {
    let place = access::place(w.db(), room_id, me).await?;
    let rung = rung(w, &place, me).await?;
    let going_on = chat.hub().calls().in_room(room_id, me);
    if let Some(id) = going_on {
        return Ok((id, false));
    }
    let caller = cards::one(w.db(), me).await?;
    let row = call::ActiveModel {
        id: NotSet,
        room_id: Set(room_id.0),
        caller_id: Set(me.0),
        media: Set(media.into()),
        shadowed: Set(rung.direct && !rung.hidden_from.is_empty()),
        started_at: Set(w.now().0),
        answered_at: Set(None),
        ended_at: Set(None),
    };
    let row = call::Entity::insert(row).exec_with_returning(w.db()).await.or_fault()?;
    let mut users = cards::load(w.db(), &rung.users).await?;
    let mut board = chat.hub().calls();
    let party = |user_id: &UserId| {
        let busy = board.joined_by(*user_id).is_some() && !rung.hidden_from.contains(user_id);
        let state = if busy { PartyState::Busy } else { PartyState::Ringing };
        Some(CallParty { user: users.remove(user_id)?, state, seat: None, shows: CallShows::default() })
    };
    let call = Call {
        id: CallId(row.id),
        room_id,
        media,
        caller,
        started_at: w.now(),
        answered_at: None,
        parties: rung.users.iter().filter_map(party).collect(),
        revision: 0,
        outcome: None,
    };
    board.begin(Live::new(call, rung.direct, rung.hidden_from, chat.calls().link.most()));
    Ok((CallId(row.id), true))
}

/// For whom a call rings.
struct Rung {
    direct: bool,
    users: Vec<UserId>,
    /// Those of its room who never hear of it.
    hidden_from: HashSet<UserId>,
}

async fn rung(w: &Work, place: &Place, me: UserId) -> AppResult<Rung> {
    if let Some(ties) = ties::ties(w.db(), place).await? {
        let peer = UserId(ties.peer.user_id);
        if ties.i_block {
            return Err(you_blocked_them());
        }
        if !cards::friends_among(w.db(), me, &[peer]).await?.contains(&peer) {
            return Err(AppError::forbidden("Only friends can be called."));
        }
        let hidden_from = ties.blocks_me.then_some(peer).into_iter().collect();
        return Ok(Rung { direct: true, users: vec![peer], hidden_from });
    }
    access::check_members_meet(place)?;
    let members = membership::Entity::find()
        .filter(membership::Column::RoomId.eq(place.room.id))
        .filter(membership::Column::UserId.ne(me.0))
        .filter(membership::Column::Active.eq(true));
    let members = members.all(w.db()).await.or_fault()?;
    let mut users: Vec<UserId> = members.iter().map(|row| UserId(row.user_id)).collect();
    let blockers = block::Entity::find()
        .filter(block::Column::BlockedId.eq(me.0))
        .filter(block::Column::BlockerId.is_in(users.iter().map(|id| id.0)));
    let hidden_from = blockers.all(w.db()).await.or_fault()?;
    let blockers = hidden_from.iter().map(|row| UserId(row.blocker_id));
    // Nor do those hear of it who do not know of the room.
    let unaware = members.iter().filter(|row| row.hidden).map(|row| UserId(row.user_id));
    let hidden_from = blockers.chain(unaware).collect();
    if users.len() > limits::CALL_RING_MAX {
        users.clear();
    }
    Ok(Rung { direct: place.room.kind == RoomKind::Direct, users, hidden_from })
}

/// Takes a place in a call, and leaves whatever other call one is in.
async fn enter(
    chat: &Chat,
    me: UserId,
    id: CallId,
    connection: Option<ConnectionId>,
    had: Option<u32>,
    link: CallLink,
) -> AppResult<CallTicket> {
    let card = cards::one(chat.db(), me).await?;
    let (seat, answered, left, call) = {
        let mut board = chat.hub().calls();
        let other = board.joined_by(me).filter(|other| *other != id);
        let unanswered = board.find(id, me)?.call.answered_at.is_none();
        let seat = board.join(id, card, connection, had, clock::now())?;
        let left = other.filter(|other| board.leave(*other, me).unwrap_or(false));
        let call = board.find(id, me)?.call.clone();
        (seat, call.answered_at.filter(|_| unanswered), left, call)
    };
    if let Some(other) = left {
        tell(chat, other);
    }
    // What nobody can answer is over with that.
    let told = tell(chat, id);
    if let Some(at) = answered {
        chat.write_later(async move |w| line::answered(w, id, at).await);
    }
    if seat.is_none() {
        in_time(chat, chat.calls().grace, move |board| board.give_up_without_seat(id, me), id);
    }
    Ok(CallTicket { call: told.unwrap_or(call), seat, link })
}

/// Looks after a call once so much time is over.
fn in_time(
    chat: &Chat,
    wait: std::time::Duration,
    change: impl FnOnce(&mut board::Board) -> bool + Send + 'static,
    id: CallId,
) {
    let chat = chat.clone();
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        let changed = change(&mut chat.hub().calls());
        if changed {
            tell(&chat, id);
        }
    });
}

/// Tells the room how a call stands, and writes its line where it is over.
fn tell(chat: &Chat, id: CallId) -> Option<Call> {
    let hub = chat.hub();
    let mut board = hub.calls();
    let told = board.settle(id)?;
    // With the board still held: what is told keeps the order of what has changed.
    hub.publish_in_room(told.call.room_id, &told.hidden_from, Event::Call(told.call.clone()));
    drop(board);
    let call = told.call.clone();
    if call.outcome.is_some() {
        chat.write_later(async move |w| line::ended(w, &told.call, told.shadowed).await);
    }
    Some(call)
}
