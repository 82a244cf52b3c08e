//! The list by keyboard: arrows between rows, Alt with arrows between chats.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, Node};
use leptos::{ev, prelude::*};
use sapa_model::RoomId;

use super::list::Shown;
use crate::place::Place;
use crate::reactive::memo;
use crate::way::use_way;

/// The rows of a list as one stop of the Tab key: where the focus was last, else the open chat, else the first.
#[derive(Clone, Copy)]
pub struct TabStop {
    focused: RwSignal<Option<RoomId>>,
    at: Memo<Option<RoomId>>,
}

impl TabStop {
    /// Among these rooms.
    pub fn among(
        rooms: impl Fn() -> Vec<RoomId> + Send + Sync + 'static,
        current: Memo<Option<RoomId>>,
    ) -> Self {
        let focused = RwSignal::new(None);
        let at = memo(move || {
            let rooms = rooms();
            let there = |room: &RoomId| rooms.contains(room);
            focused.get().filter(there).or(current.get().filter(there)).or(rooms.first().copied())
        });
        Self { focused, at }
    }

    /// Whether it is at this row. Reactive.
    pub fn is_at(self, room: RoomId) -> bool {
        self.at.get() == Some(room)
    }

    /// A row has got the focus.
    pub fn take(self, room: RoomId) {
        self.focused.set(Some(room));
    }
}

/// Listens on the whole page: Alt and an arrow open the chat above or below, with Shift the next
/// one that has something unread.
pub fn listen(shown: Shown, current: Memo<Option<RoomId>>) {
    let way = use_way();
    let handle = window_event_listener(ev::keydown, move |event| {
        if !event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        let rooms = shown.rooms.get_untracked();
        let wanted = |room: &RoomId| {
            !event.shift_key()
                || untrack(|| shown.dialog(*room).get()).is_some_and(|dialog| dialog.unread() > 0)
        };
        if let Some(room) = neighbour(&rooms, current.get_untracked(), down, wanted) {
            way.go(&Place::Chat(room, None));
        }
    });
    on_cleanup(move || handle.remove());
}

/// The nearest wanted room below or above the current one; from the end where none is open.
fn neighbour(
    rooms: &[RoomId],
    current: Option<RoomId>,
    down: bool,
    wanted: impl Fn(&RoomId) -> bool,
) -> Option<RoomId> {
    let at = current.and_then(|current| rooms.iter().position(|room| *room == current));
    match (at, down) {
        (Some(at), true) => rooms[at + 1..].iter().find(|room| wanted(room)).copied(),
        (Some(at), false) => rooms[..at].iter().rev().find(|room| wanted(room)).copied(),
        (None, true) => rooms.iter().find(|room| wanted(room)).copied(),
        (None, false) => rooms.iter().rev().find(|room| wanted(room)).copied(),
    }
}

/// Moves the focus between the rows for an arrow key, Home or End. Says whether it was one.
pub fn move_focus(rows: &Element, key: &str) -> bool {
    let Ok(links) = rows.query_selector_all("a.dialog") else { return false };
    let focused = document().active_element();
    let at =
        (0..links.length()).find(|&i| links.get(i).as_ref() == focused.as_ref().map(AsRef::<Node>::as_ref));
    let last = links.length().saturating_sub(1);
    let to = match (key, at) {
        ("ArrowDown", Some(at)) => (at + 1).min(last),
        ("ArrowUp", Some(at)) => at.saturating_sub(1),
        ("Home", Some(_)) => 0,
        ("End", Some(_)) => last,
        _ => return false,
    };
    if let Some(link) = links.get(to).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        link.focus().ok();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neighbour_is_the_nearest_wanted_one() {
        let rooms = [5, 4, 3, 2, 1].map(RoomId);
        let any = |_: &RoomId| true;
        assert_eq!(neighbour(&rooms, Some(RoomId(4)), true, any), Some(RoomId(3)));
        assert_eq!(neighbour(&rooms, Some(RoomId(4)), false, any), Some(RoomId(5)));
        assert_eq!(neighbour(&rooms, Some(RoomId(5)), false, any), None);
        assert_eq!(neighbour(&rooms, None, true, any), Some(RoomId(5)));
        assert_eq!(neighbour(&rooms, Some(RoomId(4)), true, |room| room.0 == 1), Some(RoomId(1)));
    }
}
