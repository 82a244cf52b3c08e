//! Which chats the list shows: the store's own, and those that only the server knows to match.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::room::{Dialog, DialogFilter};
use sapa_model::{RoomId, RoomKind};

use super::row::title;
use crate::api::rooms;
use crate::browser;
use crate::live::Live;
use crate::order::in_order;
use crate::reactive::{derive, memo};

/// How long typing rests before the server is asked.
const REST: Duration = Duration::from_millis(250);

/// The rows to show for a tab and a search text.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Rooms in the order of the list.
    pub rooms: Memo<Vec<RoomId>>,
    /// The server has not answered yet.
    pub searching: RwSignal<bool>,
    live: Live,
    filter: RwSignal<DialogFilter>,
    query: RwSignal<String>,
    found: RwSignal<Vec<Dialog>>,
    more_found: RwSignal<bool>,
    /// Counts the questions: an answer to any but the last is too late.
    asked: StoredValue<u64>,
}

impl Shown {
    /// Follows the tab, the search text and the store. `current` is the chat that is open: it stays
    /// among the unread while it is being read.
    pub fn new(
        live: Live,
        filter: RwSignal<DialogFilter>,
        query: RwSignal<String>,
        current: Memo<Option<RoomId>>,
    ) -> Self {
        let found = RwSignal::new(Vec::<Dialog>::new());
        let searched = memo(move || browser::fold(query.read().trim()));
        let held = live.dialogs_where(move |dialog| {
            let open = current.get() == Some(dialog.room.id);
            matches(dialog, filter.get(), &searched.read(), open)
        });
        let rooms = memo(move || {
            let mut rooms = held.get();
            let known: Vec<_> =
                found.read().iter().filter(|d| live.dialog(d.room.id).is_none()).cloned().collect();
            if !known.is_empty() {
                rooms.extend(known.iter().map(|dialog| dialog.room.id));
                rooms = in_order(rooms, |room| {
                    let in_store = live.dialog(*room).map(|d| d.with(last_id));
                    let last = in_store.or_else(|| known.iter().find(|d| d.room.id == *room).map(last_id));
                    (-last.flatten().map_or(0, |last| last.0), 0)
                });
            }
            rooms
        });
        let shown = Self {
            rooms,
            searching: RwSignal::new(false),
            live,
            filter,
            query,
            found,
            more_found: RwSignal::new(false),
            asked: StoredValue::new(0),
        };
        Effect::new(move |before: Option<()>| {
            let asks = filter.get() != DialogFilter::All || !query.read().trim().is_empty();
            shown.asked.update_value(|asked| *asked += 1);
            found.set(Vec::new());
            shown.searching.set(asks);
            if asks && before.is_some() {
                shown.ask_later();
            }
        });
        shown
    }

    /// A room's dialog, in the store or found.
    pub fn dialog(self, room: RoomId) -> Signal<Option<Dialog>> {
        derive(move || {
            let held = self.live.dialog(room).map(|dialog| dialog.get());
            held.or_else(|| self.found.read().iter().find(|dialog| dialog.room.id == room).cloned())
        })
    }

    /// Loads the next page, if there is one.
    pub fn more(self) {
        if self.filter.get_untracked() == DialogFilter::All && self.query.read_untracked().trim().is_empty() {
            self.live.load_more_dialogs();
        } else if self.more_found.get_untracked() && !self.searching.get_untracked() {
            self.ask();
        }
    }

    fn ask_later(self) {
        let asked = self.asked.get_value();
        set_timeout(
            move || {
                if self.asked.try_get_value() == Some(asked) {
                    self.ask();
                }
            },
            REST,
        );
    }

    fn ask(self) {
        let asked = self.asked.get_value();
        let (filter, query) = (self.filter.get_untracked(), self.query.get_untracked());
        let before = self.found.with_untracked(|found| found.last().and_then(last_id));
        self.searching.set(true);
        spawn_local(async move {
            let answer = rooms::dialogs(filter, query.trim().to_owned(), before).await;
            if self.asked.try_get_value() != Some(asked) {
                return;
            }
            if let Ok(page) = answer {
                self.more_found.set(page.more);
                self.found.update(|found| found.extend(page.dialogs));
            }
            self.searching.set(false);
        });
    }
}

fn last_id(dialog: &Dialog) -> Option<sapa_model::MessageId> {
    dialog.last.as_ref().map(|last| last.id)
}

/// Whether a dialog belongs under a tab, and has what is searched, which is folded, in its name.
fn matches(dialog: &Dialog, filter: DialogFilter, query: &str, open: bool) -> bool {
    let under_tab = match filter {
        DialogFilter::All => !dialog.request,
        DialogFilter::Unread => !dialog.request && (dialog.unread() > 0 || open),
        DialogFilter::Groups => dialog.room.kind == RoomKind::Group,
        DialogFilter::Channels => dialog.room.kind == RoomKind::Channel,
        DialogFilter::Requests => dialog.request,
    };
    let named = || {
        let username = dialog.peer.as_ref().map_or("", |peer| peer.user.username.as_str());
        browser::fold(&title(dialog)).contains(query) || browser::fold(username).contains(query)
    };
    under_tab && (query.is_empty() || named())
}
