//! People on the telephone.

use sapa_domain::calls;
use sapa_domain::live::Connection;
use sapa_model::call::{Call, CallLine, CallMedia, CallTicket, Signal};
use sapa_model::message::HistoryFrom;
use sapa_model::{AppResult, CallId, Event, MessageBody, RoomId};

use super::{Person, heard};

impl Person {
    pub async fn calls(&self, room_id: RoomId, from: &Connection) -> AppResult<CallTicket> {
        calls::start(&self.chat, &self.scope, room_id, CallMedia::Video, Some(from.id())).await
    }

    pub async fn picks_up(&self, id: CallId, at: &Connection) -> AppResult<CallTicket> {
        calls::join(&self.chat, &self.scope, id, Some(at.id()), None).await
    }

    pub async fn comes_back(&self, id: CallId, at: &Connection, seat: Option<u32>) -> AppResult<CallTicket> {
        calls::join(&self.chat, &self.scope, id, Some(at.id()), seat).await
    }

    pub fn turns_down(&self, id: CallId) -> AppResult<()> {
        calls::decline(&self.chat, &self.scope, id)
    }

    pub fn hangs_up(&self, id: CallId) {
        calls::leave(&self.chat, &self.scope, id).unwrap();
    }

    pub fn offers(&self, id: CallId, from: &Connection, to: u32) -> AppResult<()> {
        let offer = Signal::Offer { sdp: "v=0".to_owned() };
        calls::signal(&self.chat, &self.scope, from.id(), id, to, offer)
    }

    /// The calls that go on, as they see them.
    pub async fn hears_of(&self) -> Vec<Call> {
        calls::going_on(&self.chat, &self.scope).await.unwrap()
    }

    /// The lines of calls in a room, oldest first.
    pub async fn call_lines(&self, room_id: RoomId) -> Vec<CallLine> {
        let page = self.history(room_id, HistoryFrom::Latest).await;
        let line = |message: &sapa_model::Message| match message.body {
            MessageBody::Call(line) => Some(line),
            _ => None,
        };
        page.messages.iter().filter_map(line).collect()
    }
}

/// The states of calls among the events that wait.
pub async fn calls(connection: &mut Connection) -> Vec<Call> {
    let call = |event| match event {
        Event::Call(call) => Some(call),
        _ => None,
    };
    heard::events(connection).await.into_iter().filter_map(call).collect()
}
