//! What the user may want to be told of while they look elsewhere.

use leptos::prelude::*;
use sapa_model::{Message, UserCard};

use super::Live;

/// Something new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Somebody else has written.
    Written(Message),
    /// A session begins soon to which the user comes: the message that proposes it.
    Begins(Message),
    /// Somebody asks to be friends.
    Asks(UserCard),
}

impl Live {
    pub(super) fn tell(self, news: News) {
        self.news.set(Some(news));
    }
}
