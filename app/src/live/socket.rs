//! The connection to `/ws`: frames out, frames in, and coming back when it is lost.

#[cfg(not(feature = "browser"))]
mod absent;
#[cfg(feature = "browser")]
mod present;

use std::collections::HashMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::live::ServerFrame;
use sapa_model::{AppError, ClientCommand, ClientFrame, Event};

use super::link::{Link, backoff};
use super::{Live, RoomLog};
use crate::api::account;
use crate::browser;

#[cfg(not(feature = "browser"))]
use absent::Line;
#[cfg(feature = "browser")]
use present::Line;

/// How often the connection is tried for life, in milliseconds.
const HEARTBEAT_MS: i32 = 20_000;
/// How long an answer may take before the connection counts as dead, in milliseconds.
const PATIENCE_MS: i32 = 10_000;
/// The server's close code for a session that has ended.
const SIGNED_OUT: u16 = 4401;

/// The connection, and what waits for an answer on it.
#[derive(Default)]
pub(super) struct Socket {
    line: Option<Line>,
    /// Grows with each try, so that a late word of an earlier line is not mistaken for this one's.
    generation: u32,
    failures: u32,
    next_ref: u64,
    waiting: HashMap<u64, ClientCommand>,
}

impl Live {
    /// Opens the connection and keeps it open. In the browser, once.
    pub fn connect(self) {
        self.dial();
        self.beat();
        // The browser knows before the connection does.
        browser::on_window(&["offline"], move || {
            self.break_uploads();
            let generation = self.socket.try_with_value(|socket| socket.generation);
            if let Some(generation) = generation.filter(|_| self.link.get_untracked() != Link::Offline) {
                self.on_close(generation, 0);
            }
        });
        browser::on_window(&["online", "visibilitychange", "focus"], move || {
            if self.link.get_untracked() == Link::Offline {
                self.dial();
            }
        });
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
                socket.waiting.insert(frame.r#ref, frame.command);
            }
        });
    }

    fn dial(self) {
        let Some(generation) = self.socket.try_update_value(|socket| {
            socket.generation += 1;
            socket.line = None;
            socket.waiting.clear();
            socket.generation
        }) else {
            return;
        };
        self.link.set(Link::Connecting);
        Line::open(
            move |text| self.on_frame(generation, &text),
            move |code| self.on_close(generation, code),
            move |line| {
                self.socket.try_update_value(|socket| {
                    if socket.generation == generation {
                        socket.line = Some(line);
                    }
                });
            },
        );
    }

    /// Names the line that stands, or the last one that did.
    pub(super) fn line_generation(self) -> u32 {
        self.socket.try_with_value(|socket| socket.generation).unwrap_or_default()
    }

    fn is_current(self, generation: u32) -> bool {
        self.socket.try_with_value(|socket| socket.generation == generation).unwrap_or(false)
    }

    fn on_frame(self, generation: u32, text: &str) {
        if !self.is_current(generation) {
            return;
        }
        match serde_json::from_slice(text.as_bytes()) {
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

    fn on_answer(self, r#ref: u64, answer: Result<sapa_model::live::Done, AppError>) {
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
            let resumes =
                socket.waiting.values().any(|command| matches!(command, ClientCommand::Resume { .. }));
            if !resumes {
                socket.failures = 0;
            }
        });
    }

    /// The line stands: everything from here on is heard, so ask for what came before.
    fn on_hello(self) {
        let is_first = self.socket.try_with_value(|socket| socket.generation == 1);
        self.link.set(Link::Online);
        self.note_line();
        let logs = self.logs();
        self.resume(logs.iter().filter(|log| log.ready.get_untracked()).map(RoomLog::cursor));
        self.command(ClientCommand::Ping);
        self.watch();
        self.flush_outbox();
        if is_first == Some(true) {
            self.report_delivered();
        }
        // The page was made before the line stood: even the first time something may be missing.
        self.refresh();
    }

    fn on_close(self, generation: u32, code: u16) {
        if !self.is_current(generation) {
            return;
        }
        if code == SIGNED_OUT {
            browser::leave_for("/sign-in");
            return;
        }
        let failures = self.socket.try_update_value(|socket| {
            socket.line = None;
            socket.waiting.clear();
            socket.failures += 1;
            socket.failures - 1
        });
        for log in self.logs() {
            log.fall_behind(u64::MAX);
        }
        self.link.set(Link::Offline);
        let wait = backoff(failures.unwrap_or_default(), browser::random());
        browser::after(wait, move || {
            if self.is_current(generation) {
                self.check_session_then_dial(generation);
            }
        });
    }

    /// A refused upgrade does not say why; ask whether the session still stands before the next try.
    fn check_session_then_dial(self, generation: u32) {
        spawn_local(async move {
            match account::me().await {
                Ok(None) => browser::leave_for("/sign-in"),
                Ok(Some(_)) => self.dial(),
                Err(_) => self.on_close(generation, 0),
            }
        });
    }

    /// Tries the line for life, for ever.
    fn beat(self) {
        browser::after(HEARTBEAT_MS, move || {
            let Some(generation) = self.socket.try_with_value(|socket| socket.generation) else { return };
            self.command(ClientCommand::Ping);
            let asked = self.socket.try_with_value(|socket| socket.next_ref).unwrap_or_default();
            browser::after(PATIENCE_MS, move || {
                let dead = self.socket.try_with_value(|socket| {
                    socket.generation == generation && socket.waiting.contains_key(&asked)
                });
                if dead == Some(true) {
                    self.on_close(generation, 0);
                }
            });
            self.beat();
        });
    }
}
