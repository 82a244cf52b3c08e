//! What people are called and look like now.
//!
//! A card stands in many places: in messages, members, dialogs. Whichever was told last is in one
//! table here, and whoever shows a card looks there first.

use leptos::prelude::*;
use sapa_model::{Room, Settings, UserCard, UserId};

use super::Live;
use super::heard::{About, Moment};

impl Live {
    /// A card, or what is known to be newer of the same person. Reactive.
    pub fn newest(self, card: &UserCard) -> UserCard {
        self.cards
            .with(|cards| cards.get(&card.id).filter(|known| known.revision > card.revision).cloned())
            .unwrap_or_else(|| card.clone())
    }

    pub(super) fn newest_untracked(self, card: &UserCard) -> UserCard {
        untrack(|| self.newest(card))
    }

    /// How often somebody's profile has changed, as far as it was told. Reactive.
    pub fn revision(self, user: UserId) -> u32 {
        self.cards.with(|cards| cards.get(&user).map_or(0, |card| card.revision))
    }

    /// Takes the shared part of a room, as the server answered.
    pub fn take_room(self, room: Room) {
        self.update_dialog(room.id, |dialog| {
            if room.seq >= dialog.room.seq {
                dialog.room = room;
            }
        });
    }

    /// Takes what the user has just chosen for themselves, and tells when that was.
    pub fn take_settings(self, settings: Settings) -> Moment {
        self.note(About::Settings);
        self.me.try_update(|me| me.settings = settings);
        self.moment()
    }

    /// Whether the user has chosen anew since.
    pub fn chose_since(self, moment: Moment) -> bool {
        self.noted_since(About::Settings, moment)
    }

    /// Takes a card that is new or has changed.
    pub fn take_card(self, card: &UserCard) {
        if self.my_id() == card.id && self.me.with_untracked(|me| me.user.revision < card.revision) {
            self.me.update(|me| me.user = card.clone());
            // More than the card may have changed.
            self.refresh_soon();
        }
        let known = self.cards.with_untracked(|cards| cards.get(&card.id).map(|known| known.revision));
        if known.is_none_or(|known| known < card.revision) {
            self.cards.update(|cards| {
                cards.insert(card.id, card.clone());
            });
        }
    }
}
