//! The commands of one connection that are being done.

use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use futures::stream::{FuturesOrdered, StreamExt};
use sapa_model::{ClientCommand, ClientFrame, ServerFrame};

use super::command::{self, Speaker};

/// Commands that may be in flight.
const WIDTH: usize = 32;

/// Does commands in the order in which they came and answers them in that order.
///
/// Sends run side by side, so that they can share a commit; their order is that in which they
/// reach the writer. Every other command waits for those before it, and those after it wait for it.
pub struct Pipeline {
    speaker: Speaker,
    running: FuturesOrdered<BoxFuture<'static, ServerFrame>>,
    only_sends: bool,
    waiting: Option<ClientFrame>,
}

impl Pipeline {
    /// With nothing to do yet.
    pub fn new(speaker: Speaker) -> Self {
        Self { speaker, running: FuturesOrdered::new(), only_sends: true, waiting: None }
    }

    /// Who gives the commands.
    pub fn speaker(&self) -> &Speaker {
        &self.speaker
    }

    /// Whether it takes another frame.
    pub fn has_room(&self) -> bool {
        self.waiting.is_none() && self.running.len() < WIDTH
    }

    /// Takes a command. Call only while there is room.
    pub fn take(&mut self, frame: ClientFrame) {
        let is_send = matches!(frame.command, ClientCommand::Send { .. });
        if self.running.is_empty() || (is_send && self.only_sends) {
            self.only_sends = is_send;
            self.running.push_back(command::answer(self.speaker.clone(), frame).boxed());
        } else {
            self.waiting = Some(frame);
        }
    }

    /// Takes an answer that needs no doing. Call only while there is room.
    pub fn refuse(&mut self, answer: ServerFrame) {
        self.running.push_back(ready(answer).boxed());
    }

    /// The next answer; `None` when there is nothing to do.
    pub async fn next(&mut self) -> Option<ServerFrame> {
        let answer = self.running.next().await;
        if self.running.is_empty()
            && let Some(frame) = self.waiting.take()
        {
            self.take(frame);
        }
        answer
    }
}
