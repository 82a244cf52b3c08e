//! Calls: those that go on in the user's rooms, and the one that this page is in.

mod shown;

use leptos::prelude::*;
use sapa_model::call::{Call, CallLink, CallMedia, CallOutcome, CallShows, CallTicket, PartyState, Signal};
use sapa_model::{AppError, CallId, ClientCommand, ErrorCode, RoomId};

use super::Live;
use crate::browser::{self, Lane, Phone, Said};

/// What this tab remembers of the call that it is in, so that a reload comes back to it.
const REMEMBERED: &str = "sapa.call";

/// The call that this page is in, or is about to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mine {
    /// In which room.
    pub room: RoomId,
    /// None until the server has begun it.
    pub id: Option<CallId>,
    /// None until the server has given one.
    pub seat: Option<u32>,
}

/// How a call that this page was in has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With such an outcome.
    Over(Call, CallOutcome),
    /// It goes on at another device.
    Elsewhere,
    /// This browser has no WebRTC.
    Impossible,
    /// It could not be begun or gone on with.
    Refused(AppError),
}

/// What the store knows of calls.
#[derive(Clone, Copy)]
pub struct Calls {
    /// Whether they can be made and answered here at all.
    pub possible: bool,
    /// Those that go on.
    pub going_on: RwSignal<Vec<Call>>,
    /// The one that this page is in.
    pub mine: RwSignal<Option<Mine>>,
    /// The call lies small in a corner, while one looks at chats.
    pub small: RwSignal<bool>,
    /// What this page lets the others of it hear and see.
    pub shows: RwSignal<CallShows>,
    /// Grows whenever pictures come, go or change.
    pub pictures: RwSignal<u32>,
    /// What could not be taken of microphone, camera or screen.
    pub missing: RwSignal<Option<(Lane, AppError)>>,
    /// How the last one has ended.
    pub ending: RwSignal<Option<Ending>>,
    phone: StoredValue<Option<Phone>>,
}

impl Calls {
    /// None yet.
    pub(super) fn new(possible: bool) -> Self {
        Self {
            possible,
            going_on: RwSignal::default(),
            mine: RwSignal::default(),
            small: RwSignal::default(),
            shows: RwSignal::default(),
            pictures: RwSignal::default(),
            missing: RwSignal::default(),
            ending: RwSignal::default(),
            phone: StoredValue::new(None),
        }
    }

    /// This page's telephone, while it is in a call.
    pub fn phone(self) -> Option<Phone> {
        self.phone.try_get_value().flatten()
    }

    /// The call that this page is in, as the server told it last. Reactive.
    pub fn my_call(self) -> Option<Call> {
        let id = self.mine.get()?.id?;
        self.going_on.with(|calls| calls.iter().find(|call| call.id == id).cloned())
    }

    /// The call that goes on in a room. Reactive.
    pub fn in_room(self, room: RoomId) -> Option<Call> {
        self.going_on.with(|calls| calls.iter().find(|call| call.room_id == room).cloned())
    }

    /// The call lies over everything. Reactive.
    pub fn covers_all(self) -> bool {
        self.mine.with(Option::is_some) && !self.small.get()
    }

    fn is_mine(self, id: CallId) -> bool {
        self.mine.with_untracked(|mine| mine.is_some_and(|mine| mine.id == Some(id)))
    }

    fn my_seat(self) -> Option<u32> {
        self.mine.with_untracked(|mine| mine.and_then(|mine| mine.seat))
    }

    fn changed(self) {
        self.pictures.try_update(|pictures| *pictures += 1);
    }
}

impl Live {
    /// What is known of calls.
    pub fn calls(self) -> Calls {
        self.calls.get_value()
    }

    /// Calls the others of a room.
    pub fn call(self, room: RoomId, media: CallMedia) {
        if self.take_up(Mine { room, id: None, seat: None }, media) {
            self.command(ClientCommand::Call { room_id: room, media });
        }
    }

    /// Comes into a call that goes on.
    pub fn join_call(self, call: &Call, media: CallMedia) {
        if self.take_up(Mine { room: call.room_id, id: Some(call.id), seat: None }, media) {
            self.command(ClientCommand::JoinCall { call_id: call.id, seat: None });
        }
    }

    /// Does not want to come in.
    pub fn decline_call(self, id: CallId) {
        self.command(ClientCommand::DeclineCall { call_id: id });
    }

    /// Leaves the call that this page is in.
    pub fn hang_up(self) {
        if let Some(id) = self.calls().mine.get_untracked().and_then(|mine| mine.id) {
            self.command(ClientCommand::LeaveCall { call_id: id });
        }
        self.put_down(None);
    }

    /// A call has changed.
    pub(super) fn hear_call(self, call: Call) {
        self.take_parties(&call);
        let over = call.outcome;
        self.calls().going_on.update(|calls| {
            let held = calls.iter_mut().find(|held| held.id == call.id);
            match held {
                _ if over.is_some() => calls.retain(|held| held.id != call.id),
                Some(held) if held.revision < call.revision => *held = call.clone(),
                Some(_) => {}
                None => calls.push(call.clone()),
            }
        });
        if self.calls().is_mine(call.id) {
            match over {
                Some(outcome) => self.put_down(Some(Ending::Over(call, outcome))),
                None => self.keep_up(&call),
            }
        }
    }

    /// Another in the call says how to reach them.
    pub(super) fn hear_signal(self, id: CallId, from: u32, signal: Signal) {
        if let Some(phone) = self.calls().phone().filter(|_| self.calls().is_mine(id)) {
            phone.hear(from, signal);
        }
    }

    /// The line stands again, and these calls go on.
    pub(super) fn hear_calls(self, calls: Vec<Call>) {
        for call in &calls {
            self.take_parties(call);
        }
        let is_in =
            |call: &&Call| call.party(self.my_id()).is_some_and(|party| party.state == PartyState::Joined);
        match self.calls().mine.get_untracked() {
            Some(Mine { id: Some(id), seat, .. }) => {
                if calls.iter().any(|call| call.id == id) {
                    self.command(ClientCommand::JoinCall { call_id: id, seat });
                } else {
                    self.put_down(Some(Ending::Refused(AppError::not_found("call"))));
                }
            }
            // The answer to the call was lost: begun or not, it is asked for again.
            Some(Mine { room, id: None, .. }) => {
                let camera = self.calls().shows.with_untracked(|shows| shows.camera);
                let media = if camera { CallMedia::Video } else { CallMedia::Audio };
                self.command(ClientCommand::Call { room_id: room, media });
            }
            None => {
                let remembered = browser::load_here(REMEMBERED);
                let (id, camera) = remembered.as_deref().and_then(|kept| kept.split_once(' ')).unzip();
                let id = id.and_then(|id| id.parse::<CallId>().ok());
                if let Some(call) = calls.iter().filter(is_in).find(|call| Some(call.id) == id) {
                    let media = if camera == Some("video") { CallMedia::Video } else { CallMedia::Audio };
                    self.join_call(call, media);
                } else {
                    browser::store_here(REMEMBERED, "");
                }
            }
        }
        self.calls().going_on.set(calls);
    }

    /// The seat in a call is given, or not.
    pub(super) fn hear_ticket(self, answer: Result<CallTicket, AppError>) {
        let Some(mine) = self.calls().mine.get_untracked() else {
            // Given up while it was asked for.
            if let Ok(ticket) = answer {
                self.command(ClientCommand::LeaveCall { call_id: ticket.call.id });
            }
            return;
        };
        let (call, seat, link) = match answer {
            Ok(CallTicket { call, seat: Some(seat), link }) => (call, seat, link),
            Ok(_) => return self.put_down(Some(Ending::Refused(AppError::internal()))),
            Err(error) => return self.put_down(Some(Ending::Refused(error))),
        };
        let CallLink::P2p { ice_servers, relay_only } = link else {
            self.command(ClientCommand::LeaveCall { call_id: call.id });
            let other = AppError::new(ErrorCode::Conflict, "Calls of this server need another program.");
            return self.put_down(Some(Ending::Refused(other)));
        };
        if let Some(phone) = self.calls().phone() {
            phone.connect(seat, &ice_servers, relay_only);
        }
        self.calls().mine.set(Some(Mine { id: Some(call.id), seat: Some(seat), ..mine }));
        self.show_in_call(|_| ());
        self.hear_call(call.clone());
        // Also where its state was heard before the seat was known.
        if call.outcome.is_none() {
            self.keep_up(&call);
        }
    }

    /// Takes microphone and camera, and waits for the seat. False where this browser cannot: it is told so,
    /// and the others are left alone.
    fn take_up(self, mine: Mine, media: CallMedia) -> bool {
        if !browser::has_telephone() {
            self.calls().ending.set(Some(Ending::Impossible));
            return false;
        }
        if self.calls().mine.with_untracked(Option::is_some) {
            self.hang_up();
        }
        let calls = self.calls();
        let phone = Phone::new(move |said| match said {
            Said::To(seat, signal) => self.signal(seat, signal),
            Said::Changed => calls.changed(),
            // Unplugged: another takes its place, if there is one.
            Said::Ended(Lane::Microphone) => self.take_microphone(),
            Said::Ended(Lane::Camera) => self.take_camera(),
            Said::Ended(Lane::Screen) => self.stop_showing(Lane::Screen),
        });
        calls.phone.set_value(Some(phone));
        calls.small.set(false);
        calls.missing.set(None);
        calls.ending.set(None);
        calls.shows.set(CallShows { microphone: true, camera: false, screen: false });
        calls.mine.set(Some(mine));
        self.take_speaker();
        self.take_microphone();
        if media == CallMedia::Video {
            self.take_camera();
        }
        true
    }

    /// This page is in no call any more.
    fn put_down(self, ending: Option<Ending>) {
        self.calls().phone.set_value(None);
        self.calls().mine.set(None);
        self.calls().ending.set(ending);
        browser::store_here(REMEMBERED, "");
    }

    /// The call that this page is in has changed: who is reached, and whether it goes on here.
    fn keep_up(self, call: &Call) {
        let Some(seat) = self.calls().my_seat() else { return };
        let here = call.party(self.my_id());
        if here.is_none_or(|party| party.seat != Some(seat)) {
            // Another page of the user's has come in, or the server has given this one up.
            let taken = here.is_some_and(|party| party.state == PartyState::Joined);
            let gone = || Ending::Refused(AppError::not_found("call"));
            return self.put_down(Some(if taken { Ending::Elsewhere } else { gone() }));
        }
        let seats: Vec<u32> = call.joined().filter_map(|party| party.seat).filter(|at| *at != seat).collect();
        if let Some(phone) = self.calls().phone() {
            phone.meet(&seats);
        }
    }

    fn signal(self, to: u32, signal: Signal) {
        if let Some(id) = self
            .calls
            .try_get_value()
            .and_then(|calls| calls.mine.try_get_untracked())
            .flatten()
            .and_then(|mine| mine.id)
        {
            self.command(ClientCommand::Signal { call_id: id, to, signal });
        }
    }

    fn take_parties(self, call: &Call) {
        call.parties.iter().for_each(|party| self.take_card(&party.user));
    }
}
