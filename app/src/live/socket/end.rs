//! The end of the session: in this page, or elsewhere.

use leptos::prelude::*;
use sapa_model::AppResult;

use super::super::Live;
use crate::api::account;
use crate::browser;
use crate::place::{self, Ended, Place};

/// The server's close code for a session that has ended.
const SIGNED_OUT: u16 = 4401;
/// The same for an account that the host has closed.
const BANNED: u16 = 4403;

/// How the session has ended, if that is what a close code says.
pub(super) fn of_code(code: u16) -> Option<Ended> {
    match code {
        SIGNED_OUT => Some(Ended::SignedOut),
        BANNED => Some(Ended::Banned),
        _ => None,
    }
}

impl Live {
    /// Ends this session and leaves for the page to sign in on; the error if that cannot be had now.
    pub async fn sign_out(self) -> AppResult<()> {
        self.be_leaving(true);
        let ended = account::sign_out().await;
        match ended {
            Ok(()) => browser::leave_for(&Place::SignIn.to_string()),
            Err(_) => self.be_leaving(false),
        }
        ended
    }

    fn be_leaving(self, is_leaving: bool) {
        self.socket.try_update_value(|socket| socket.is_leaving = is_leaving);
    }

    /// The session has ended: leaves for the page to sign in on, which says why and leads back here. Where the
    /// user is signing out, they know.
    pub(super) fn be_sent_out(self, ended: Ended) {
        if self.socket.try_with_value(|socket| socket.is_leaving) == Some(false) {
            browser::leave_for(&place::after_end(ended, &browser::path()));
        }
    }
}
