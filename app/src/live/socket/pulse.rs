//! Whether the line still lives: it is asked when nothing was heard for a while, and another is dialled when it
//! does not answer. A network that has changed or slept says nothing at all, for ever.

use leptos::prelude::*;
use sapa_model::ClientCommand;

use super::super::Live;
use crate::browser;

/// How long nothing may be heard before the line is asked, in milliseconds.
const QUIET_MS: i64 = 2_000;
/// The same while nobody looks.
const QUIET_HIDDEN_MS: i64 = 20_000;
/// How long the answer may take before another line is dialled beside this one, in milliseconds.
const DOUBT_MS: i64 = 1_500;
/// How long it may take before the line counts as dead, in milliseconds.
const DEAD_MS: i64 = 5_000;
/// How often to look while there is no line, in milliseconds.
const IDLE_MS: i64 = 1_000;

/// When the line was heard and asked last, by the browser's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pulse {
    heard_at: i64,
    asked_at: Option<i64>,
}

/// What is to be done about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// Look again after so many milliseconds.
    Wait(i64),
    /// Ask whether it lives.
    Ask,
    /// Try another beside it, and look again after so many milliseconds.
    Doubt(i64),
    /// Throw it away.
    Bury,
}

impl Pulse {
    /// Something is asked, whose answer shows that the line lives: every command has one.
    pub(super) fn ask(&mut self, now: i64) {
        self.asked_at.get_or_insert(now);
    }

    /// Whether the line was asked a while ago and has not answered.
    pub(super) fn is_in_doubt(self) -> bool {
        matches!(self.act(browser::now().0, i64::MAX), Act::Doubt(_) | Act::Bury)
    }

    /// A clock that was set back counts as a long time.
    fn act(self, now: i64, quiet: i64) -> Act {
        let since = |then: i64| if now < then { i64::MAX } else { now - then };
        match self.asked_at.map(since) {
            Some(asked) if asked >= DEAD_MS => Act::Bury,
            Some(asked) if asked >= DOUBT_MS => Act::Doubt(DOUBT_MS.min(DEAD_MS - asked)),
            Some(asked) => Act::Wait(DOUBT_MS - asked),
            None if since(self.heard_at) >= quiet => Act::Ask,
            None => Act::Wait(quiet - since(self.heard_at)),
        }
    }
}

impl Live {
    /// Looks after the line for as long as the page lives.
    pub(super) fn beat(self) {
        let wait = self.look();
        browser::after(i32::try_from(wait).unwrap_or(i32::MAX), move || self.beat());
    }

    /// Something was heard on the line: no other is needed.
    pub(super) fn feel(self) {
        let pulse = Pulse { heard_at: browser::now().0, asked_at: None };
        let doubted = self.socket.try_update_value(|socket| {
            socket.was_silent = false;
            std::mem::replace(&mut socket.pulse, pulse).asked_at
        });
        if doubted.flatten().is_some() {
            self.give_up_candidate();
        }
    }

    /// Something has happened to the network or the page: finds out at once how things stand.
    pub(super) fn probe(self) {
        if self.has_line() {
            self.ask();
            browser::after(i32::try_from(DOUBT_MS).unwrap_or(i32::MAX), move || {
                self.look();
            });
        } else {
            self.socket.try_update_value(|socket| {
                socket.failures = 0;
                socket.coming += 1;
            });
            self.attempt();
            self.come_back();
        }
    }

    /// Does what is to be done about the line; answers when to look again, in milliseconds.
    fn look(self) -> i64 {
        let quiet = if browser::is_visible() { QUIET_MS } else { QUIET_HIDDEN_MS };
        let Some(pulse) = self.socket.try_with_value(|s| s.line.is_some().then_some(s.pulse)).flatten()
        else {
            return IDLE_MS;
        };
        match pulse.act(browser::now().0, quiet) {
            Act::Wait(wait) => wait,
            Act::Ask => {
                self.ask();
                DOUBT_MS
            }
            Act::Doubt(wait) => {
                self.note_silence();
                self.attempt();
                wait
            }
            Act::Bury => {
                self.lose_line();
                browser::drop_connections();
                IDLE_MS
            }
        }
    }

    /// Nothing is heard: what other connections the browser keeps is not to be trusted either.
    pub(super) fn note_silence(self) {
        self.socket.try_update_value(|socket| socket.was_silent = true);
    }

    /// Asks whether the line lives, once until it has answered.
    fn ask(self) {
        let now = browser::now().0;
        self.socket.try_update_value(|socket| socket.pulse.ask(now));
        self.command(ClientCommand::Ping);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_line_is_asked_doubted_and_buried() {
        let heard = Pulse { heard_at: 1_000, asked_at: None };
        assert_eq!(heard.act(1_000, QUIET_MS), Act::Wait(QUIET_MS));
        assert_eq!(heard.act(3_000, QUIET_MS), Act::Ask);
        assert_eq!(heard.act(3_000, QUIET_HIDDEN_MS), Act::Wait(18_000));
        let asked = Pulse { asked_at: Some(3_000), ..heard };
        assert_eq!(asked.act(3_000, QUIET_MS), Act::Wait(DOUBT_MS));
        assert_eq!(asked.act(4_500, QUIET_MS), Act::Doubt(1_500));
        assert_eq!(asked.act(7_000, QUIET_MS), Act::Doubt(1_000));
        assert_eq!(asked.act(8_000, QUIET_MS), Act::Bury);
        // After a sleep, or with the clock set back.
        assert_eq!(heard.act(9_000_000, QUIET_HIDDEN_MS), Act::Ask);
        assert_eq!(heard.act(0, QUIET_MS), Act::Ask);
    }
}
