//! Coming back: tries until a line stands, however long that takes.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::Live;
use super::super::link::{Link, backoff};
use super::{Line, end};
use crate::api::account;
use crate::browser;
use crate::place::Ended;

/// How long the network may take to answer before nobody waits for it any more, in milliseconds.
const ANSWER_MS: i32 = 6_000;
/// How long the question whether the session still stands may take, in milliseconds.
const SESSION_MS: i32 = 4_000;
/// How long a line is left to say hello at the least, in milliseconds, where the network answers.
const HELLO_MS: i64 = 1_500;
/// How long it is left where nothing answers at all, in milliseconds.
const HOPE_MS: i64 = 20_000;
/// Answers of the network within which a line should have said hello: it takes a few more turns than they do.
const HELLO_ANSWERS: i64 = 4;
/// Longest wait between two tries while somebody looks, in milliseconds: a network that is back is found by then.
const SOON_MS: u32 = 1_500;
/// Longest wait where nobody looks, or where lines are cut as soon as they stand.
const LATE_MS: u32 = 30_000;
/// Lines cut short before they could show what was missed, until there is no hurry any more.
const CUT_SHORT: u32 = 3;

impl Live {
    /// Opens a line. The one that stands is kept until the new one says hello.
    pub(super) fn dial(self) {
        let Some(generation) = self.socket.try_update_value(|socket| {
            socket.newest += 1;
            socket.candidate = None;
            socket.dialled_at = browser::now().0;
            socket.newest
        }) else {
            return;
        };
        Line::open(
            move |text| self.on_frame(generation, &text),
            move |code| self.on_close(generation, code),
            move |line| {
                self.socket.try_update_value(|socket| {
                    if socket.newest == generation {
                        socket.candidate = Some(line);
                    }
                });
            },
        );
    }

    /// A candidate has said hello: it is the line now. `false` for one that was given up.
    pub(super) fn promote(self, generation: u32) -> bool {
        let promoted = self.socket.try_update_value(|socket| {
            let line = socket.candidate.take_if(|_| socket.newest == generation);
            let is_it = line.is_some();
            if is_it {
                socket.line = line;
                socket.generation = generation;
                socket.cut_short += 1;
                socket.waiting.clear();
            }
            is_it.then(|| std::mem::take(&mut socket.was_silent))
        });
        let Some(was_silent) = promoted.flatten() else { return false };
        self.feel();
        if was_silent {
            browser::drop_connections();
        }
        true
    }

    /// Gives up the line that is being tried.
    pub(super) fn give_up_candidate(self) {
        self.socket.try_update_value(|socket| {
            if socket.candidate.take().is_some() {
                socket.newest += 1;
            }
        });
    }

    fn on_close(self, generation: u32, code: u16) {
        let Some((stands, is_newest)) = self.socket.try_with_value(|socket| {
            (socket.line.is_some() && socket.generation == generation, socket.newest == generation)
        }) else {
            return;
        };
        if !stands && !is_newest {
            return;
        }
        if let Some(ended) = end::of_code(code) {
            return self.be_sent_out(ended);
        }
        if stands {
            return self.lose_line();
        }
        self.give_up_candidate();
        if !self.has_line() {
            self.come_back();
        }
    }

    /// The line is gone, or nothing is heard on it any more.
    pub(super) fn lose_line(self) {
        let was_silent = self.socket.try_update_value(|socket| {
            socket.line = None;
            socket.waiting.clear();
            socket.was_silent
        });
        for log in self.logs() {
            log.fall_behind(u64::MAX);
        }
        self.note_reach(was_silent == Some(false));
        self.lose_sight();
        self.come_back();
    }

    /// Tries again after a while, and again until a line stands.
    pub(super) fn come_back(self) {
        let Some((coming, failures, cut_short)) = self.socket.try_update_value(|socket| {
            socket.coming += 1;
            socket.failures += 1;
            (socket.coming, socket.failures, socket.cut_short)
        }) else {
            return;
        };
        let hurries = browser::is_visible() && cut_short < CUT_SHORT;
        let most = if hurries { SOON_MS } else { LATE_MS };
        browser::after(backoff(failures - 1, browser::random(), most), move || {
            let is_next =
                self.socket.try_with_value(|socket| socket.coming == coming && socket.line.is_none());
            if is_next == Some(true) {
                self.attempt();
                self.come_back();
            }
        });
    }

    /// One try, at once: a line, and beside it the question whether the network is there, which knows sooner. A
    /// line that was dialled into silence never says a word, and a browser opens one at a time.
    pub(super) fn attempt(self) {
        if !browser::is_online() {
            return self.note_reach(false);
        }
        let now = browser::now().0;
        let dials = self.socket.try_with_value(|socket| match socket.candidate {
            Some(_) => now - socket.dialled_at >= HOPE_MS,
            None => socket.failures <= 1,
        });
        if dials == Some(true) {
            self.dial();
        }
        spawn_local(async move {
            let is_reached = browser::is_reached(ANSWER_MS).await;
            self.note_reach(is_reached);
            if is_reached && self.is_wanted() {
                self.dial_if_late(now, browser::now().0 - now).await;
            }
        });
    }

    /// Without a line: whether the server can be reached, for all that is known.
    fn note_reach(self, is_reached: bool) {
        if self.has_line() {
            return;
        }
        let link = if is_reached { Link::Connecting } else { Link::Offline };
        if self.link.try_get_untracked().is_some_and(|held| held != link) {
            self.link.set(link);
        }
        // What the server last said of itself is not what keeps this page from it then.
        if !is_reached && self.hold.try_get_untracked().flatten().is_some() {
            self.hold.set(None);
        }
    }

    /// The network has answered what was asked at `asked_at`, and took so many milliseconds.
    async fn dial_if_late(self, asked_at: i64, took: i64) {
        let (is_dialling, failures) = self
            .socket
            .try_with_value(|socket| (socket.candidate.is_some(), socket.failures))
            .unwrap_or_default();
        // That a session is over is not told by a line that is refused, and browsers hold back lines that often
        // fail.
        let is_refused = !is_dialling && failures > 1;
        if is_refused {
            match browser::in_time(SESSION_MS, account::me()).await {
                Some(Ok(None)) => return self.be_sent_out(Ended::SignedOut),
                Some(Ok(Some(_))) => {}
                Some(Err(error)) => return self.note_hold(&error),
                None => return,
            }
        }
        if self.is_wanted() && self.is_overdue(asked_at, took) {
            self.dial();
        }
    }

    /// Whether there is no line, or one that is in doubt.
    fn is_wanted(self) -> bool {
        let wanted = self.socket.try_with_value(|socket| socket.line.is_none() || socket.pulse.is_in_doubt());
        wanted == Some(true)
    }

    /// Whether no line is being tried that may still say hello, now that the network has answered. Where the
    /// server itself is slow, each is given more time than the last.
    fn is_overdue(self, asked_at: i64, took: i64) -> bool {
        let overdue = self.socket.try_update_value(|socket| {
            if socket.candidate.is_none() {
                return true;
            }
            let patience = HELLO_MS.max(HELLO_ANSWERS * took) * i64::from(socket.redials.min(4) + 1);
            let overdue = socket.dialled_at <= asked_at && browser::now().0 - socket.dialled_at >= patience;
            socket.redials += u32::from(overdue);
            overdue
        });
        overdue == Some(true)
    }
}
