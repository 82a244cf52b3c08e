//! The connection to `/ws`: frames out, frames in. How it is kept and comes back: `coming`, `pulse`.

#[cfg(not(feature = "browser"))]
mod absent;
mod coming;
mod end;
#[cfg(feature = "browser")]
mod present;
mod pulse;

use std::collections::HashMap;

use leptos::prelude::*;
use sapa_model::live::{Done, ServerFrame};
use sapa_model::{AppError, ClientCommand, ClientFrame, Event};

use super::link::Link;
use super::{Live, RoomLog};
use crate::browser;

#[cfg(not(feature = "browser"))]
use absent::Line;
#[cfg(feature = "browser")]
use present::Line;

/// The connection, and what waits for an answer on it.
#[derive(Default)]
pub(super) struct Socket {
    /// The line that stands: it has said hello.
    line: Option<Line>,
    /// Names the line that stands, or the last one that did.
    generation: u32,
    /// A line that has not said hello yet. While one stands that is in doubt, either may win.
    candidate: Option<Line>,
    /// Names the candidate. Grows with each, so that a late word of an earlier line is not mistaken for this one's.
    newest: u32,
    /// When the candidate was dialled.
    dialled_at: i64,
    /// Tries since a line has last shown what was missed.
    failures: u32,
    /// Lines since then that have said hello all the same.
    cut_short: u32,
    /// Lines given up for others that may be quicker.
    redials: u32,
    /// Nothing was heard before the line went, or another took its place.
    was_silent: bool,
    /// Names the wait for the next try.
    coming: u32,
    /// The user is signing out in this page.
    is_leaving: bool,
    pulse: pulse::Pulse,
    next_ref: u64,
    waiting: HashMap<u64, ClientCommand>,
}

impl Live {
    /// Opens the connection and keeps it open. In the browser, once.
    pub fn connect(self) {
        self.dial();
        self.come_back();
        self.beat();
        // The browser knows before the connection does.
        browser::on_window(&["offline"], move || {
            self.break_uploads();
            self.note_silence();
            self.lose_line();
        });
        let news = &["online", "visibilitychange", "focus", "pageshow", "connectionchange"];
        browser::on_window(news, move || self.probe());
        // Another tab has changed the outbox, perhaps.
        browser::on_window(&["storage"], move || self.note_unsent());
        self.note_unsent();
    }

    /// Sends a command, if there is a connection. What must not be lost is repeated after the next.
    pub(super) fn command(self, command: ClientCommand) {
        self.socket.try_update_value(|socket| {
            let Some(line) = &socket.line else { return };
            socket.next_ref += 1;
            let frame = ClientFrame { r#ref: socket.next_ref, command };
            if let Ok(json) = serde_json::to_string(&frame)
                && line.say(&json)
            {
                socket.pulse.ask(browser::now().0);
                socket.waiting.insert(frame.r#ref, frame.command);
            }
        });
    }

    /// Names the line that stands, or the last one that did.
    pub(super) fn line_generation(self) -> u32 {
        self.socket.try_with_value(|socket| socket.generation).unwrap_or_default()
    }

    fn has_line(self) -> bool {
        self.socket.try_with_value(|socket| socket.line.is_some()).unwrap_or_default()
    }

    fn on_frame(self, generation: u32, text: &str) {
        let frame = serde_json::from_slice(text.as_bytes());
        let stands = self.line_generation() == generation && self.has_line();
        if stands {
            self.feel();
        } else if !(matches!(frame, Ok(ServerFrame::Event { event: Event::Hello { .. } }))
            && self.promote(generation))
        {
            return;
        }
        match frame {
            Ok(ServerFrame::Event { event }) => {
                if matches!(event, Event::Hello { .. }) {
                    self.on_hello();
                }
                self.hear(event);
            }
            Ok(ServerFrame::Ack { r#ref, done }) => self.on_answer(r#ref, Ok(done)),
            Ok(ServerFrame::Error { r#ref: Some(r#ref), error }) => self.on_answer(r#ref, Err(error)),
            // An error without a ref, or a frame of a newer server: nothing here waits for it.
            Ok(ServerFrame::Error { r#ref: None, .. }) | Err(_) => {}
        }
    }

    fn on_answer(self, r#ref: u64, answer: Result<Done, AppError>) {
        let command = self.socket.try_update_value(|socket| socket.waiting.remove(&r#ref)).flatten();
        if let Some(command) = command {
            let shows =
                matches!(command, ClientCommand::Resume { .. } | ClientCommand::Ping) && answer.is_ok();
            self.hear_answer(command, answer);
            if shows {
                self.settle();
            }
        }
    }

    /// A line that says hello is not yet one that works: what was missed must have come too, before the next try
    /// is a first one again.
    fn settle(self) {
        self.socket.try_update_value(|socket| {
            if !socket.waiting.values().any(|command| matches!(command, ClientCommand::Resume { .. })) {
                socket.failures = 0;
                socket.cut_short = 0;
                socket.redials = 0;
            }
        });
    }

    /// The line stands: everything from here on is heard, so ask for what came before.
    fn on_hello(self) {
        let logs = self.logs();
        for log in &logs {
            log.fall_behind(u64::MAX);
        }
        self.link.set(Link::Online);
        self.note_line();
        self.resume(logs.iter().filter(|log| log.ready.get_untracked()).map(RoomLog::cursor));
        self.command(ClientCommand::Ping);
        self.watch();
        self.flush_all();
        if self.line_generation() == 1 {
            self.report_delivered();
        }
        self.load_failed();
        // The page was made before the line stood: even the first time something may be missing.
        self.refresh();
    }
}
