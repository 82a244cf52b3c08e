//! Who is typing.

use leptos::prelude::*;
use sapa_model::{RoomId, RoomKind};

use crate::i18n::Messages;
use crate::live::Live;
use crate::reactive::derive;

/// Names of those who are typing in a room; empty for somebody whose name is not loaded.
pub fn typing_names(live: Live, room: RoomId) -> Signal<Vec<String>> {
    let log = live.log(room);
    derive(move || {
        let typing = log.typing.read();
        if typing.is_empty() {
            return Vec::new();
        }
        let members = log.members.read();
        let name =
            |user| members.iter().find(|member| member.user.id == user).map(|m| m.user.nickname.clone());
        typing.iter().map(|user| name(*user).unwrap_or_default()).collect()
    })
}

/// Who is typing, in words; in a direct chat it goes without a name.
pub fn typing_words(words: &Messages, kind: RoomKind, names: &[String]) -> Option<String> {
    let t = &words.chat;
    match (kind, names) {
        (_, []) => None,
        (RoomKind::Group, [one]) if !one.is_empty() => Some((t.typing_one)(one)),
        (RoomKind::Group, [one, two]) if !one.is_empty() && !two.is_empty() => Some((t.typing_two)(one, two)),
        (RoomKind::Group, many) if many.len() > 1 => {
            Some((t.typing_many)(u64::try_from(many.len()).unwrap_or(u64::MAX)))
        }
        _ => Some(t.typing.to_owned()),
    }
}
