//! What the window is called: the place, the house, and before both how much waits.

use crate::i18n::Messages;
use crate::place::Place;

/// `(3) Find people · Kelas`; without a name of the place, only the house's.
pub fn window_title(house: &str, name: Option<&str>, waiting: u64) -> String {
    let name = name.filter(|name| !name.is_empty());
    let called = name.map_or_else(|| house.to_owned(), |name| format!("{name} · {house}"));
    if waiting == 0 { called } else { format!("({waiting}) {called}") }
}

/// A title as the content of its element. As a child of it, a text would be followed by the mark that Leptos sets
/// between texts, and a title shows that.
#[cfg(feature = "ssr")]
pub fn markup(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What a place is called by itself. A chat is called after its room, and the list is the house itself.
pub fn of_place(t: &Messages, place: &Place) -> Option<&'static str> {
    match place {
        Place::Chats | Place::Chat(..) => None,
        Place::SignIn => Some(t.places.sign_in),
        Place::Register => Some(t.places.register),
        Place::Verify(_) => Some(t.places.verify),
        Place::Forgot | Place::Reset(_) => Some(t.places.forgot),
        Place::People => Some(t.places.people),
        Place::Person(_) => Some(t.common.people),
        Place::Requests => Some(t.common.requests),
        Place::Blocked => Some(t.places.blocked),
        Place::Settings => Some(t.places.settings),
        Place::Profile => Some(t.places.profile),
        Place::NewGroup => Some(t.places.new_group),
        Place::Channels | Place::Channel(_) => Some(t.places.channels),
        Place::NewChannel => Some(t.places.new_channel),
        Place::Join(_) => Some(t.places.invitation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_window_is_called_after_its_place_and_what_waits() {
        let t = Language::English.messages();
        assert_eq!(window_title("Kelas", None, 0), "Kelas");
        assert_eq!(window_title("Kelas", None, 3), "(3) Kelas");
        assert_eq!(window_title("Kelas", of_place(t, &Place::People), 3), "(3) Find people · Kelas");
        assert_eq!(window_title("Kelas", Some("Sari"), 0), "Sari · Kelas");
        assert_eq!(window_title("Kelas", Some(""), 0), "Kelas");
    }
}
