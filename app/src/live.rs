//! The live store: what the browser knows of rooms and people, kept true by the server's events.
//!
//! [`Live`] is made by the messenger from the first page's data, the same on both sides. In the
//! browser it then opens the socket; on the server it stays the plain data that it was made of.

pub mod calls;
mod cards;
mod dialogs;
mod hear;
mod heard;
mod link;
pub mod local_file;
pub mod log;
mod news;
pub mod outbox;
mod presence;
mod room_log;
mod sending;
mod socket;
pub mod start;
mod stories;
mod unsent;
mod uploads;
mod visits;

use std::collections::HashMap;

use leptos::prelude::*;
pub use link::{Hold, Link};
pub use local_file::{LocalFile, LocalKind, Progress};
pub use news::News;
pub use room_log::RoomLog;
use sapa_model::account::Me;
use sapa_model::room::Dialog;
use sapa_model::{Person, RoomId, StoryReel, UserCard, UserId};
pub use sending::helps_to_retry;
pub use start::Bootstrap;
pub use stories::Ring;
pub use unsent::Unsent;

/// The live store; a handle that can be copied anywhere below the messenger.
#[derive(Clone, Copy)]
pub struct Live {
    /// The signed-in user. `friend_requests` is kept true; `unread` is as of the last load: see
    /// [`Live::unread`].
    pub me: RwSignal<Me>,
    /// The state of the connection.
    pub link: RwSignal<Link>,
    /// Why the server takes nothing just now, though it is there.
    pub hold: RwSignal<Option<Hold>>,
    /// More dialogs can be loaded.
    pub more_dialogs: RwSignal<bool>,
    /// How the user stands to somebody has just changed.
    pub relation: RwSignal<Option<Person>>,
    /// The newest of what the user may want to be told of.
    pub news: RwSignal<Option<News>>,
    /// Stories, in the order to show them.
    pub reels: RwSignal<Vec<StoryReel>>,
    /// People as they were told of last.
    cards: RwSignal<HashMap<UserId, UserCard>>,
    /// Rooms in the order of the list, requests among them.
    order: RwSignal<Vec<RoomId>>,
    dialogs: StoredValue<HashMap<RoomId, ArcRwSignal<Dialog>>>,
    /// Unread messages in rooms that are not loaded.
    elsewhere: RwSignal<u64>,
    loading_dialogs: RwSignal<bool>,
    refreshing: StoredValue<bool>,
    fetching_stories: StoredValue<bool>,
    logs: StoredValue<HashMap<RoomId, RoomLog>>,
    heard: StoredValue<heard::Heard>,
    presence: StoredValue<presence::Watched>,
    markers: StoredValue<visits::Markers>,
    shipments: StoredValue<uploads::Shipments>,
    socket: StoredValue<socket::Socket>,
    calls: StoredValue<calls::Calls>,
    sending: StoredValue<sending::Sending>,
}

/// The live store, from the context.
///
/// # Panics
/// Outside the messenger.
#[allow(clippy::expect_used)]
pub fn live() -> Live {
    use_context().expect("live() is called below the messenger, which provides it")
}

impl Live {
    /// Makes the store of what was loaded.
    pub fn new(mut start: Bootstrap) -> Self {
        let visit = start.visit.take();
        let live = Self {
            me: RwSignal::new(start.me.clone()),
            link: RwSignal::new(Link::Connecting),
            hold: RwSignal::default(),
            more_dialogs: RwSignal::new(start.dialogs.more),
            relation: RwSignal::new(None),
            news: RwSignal::new(None),
            reels: RwSignal::default(),
            cards: RwSignal::default(),
            order: RwSignal::default(),
            dialogs: StoredValue::default(),
            elsewhere: RwSignal::default(),
            loading_dialogs: RwSignal::default(),
            refreshing: StoredValue::default(),
            fetching_stories: StoredValue::default(),
            logs: StoredValue::default(),
            heard: StoredValue::default(),
            presence: StoredValue::default(),
            markers: StoredValue::default(),
            shipments: StoredValue::default(),
            socket: StoredValue::default(),
            calls: StoredValue::new(calls::Calls::new(start.calls)),
            sending: StoredValue::default(),
        };
        live.take_start(start, live.moment());
        if let Some(visit) = visit {
            live.take_visit(visit);
        }
        live
    }

    /// Who is signed in.
    pub fn my_id(self) -> UserId {
        self.me.with_untracked(|me| me.user.id)
    }
}
