//! The addresses of the interface.

use std::fmt;

use sapa_model::{ChannelHandle, MessageId, RoomId, UserId};

/// What an address shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Signing in.
    SignIn,
    /// Making an account.
    Register,
    /// Where the link to confirm an e-mail address leads, with its token.
    Verify(String),
    /// Asking for a link to a new password.
    Forgot,
    /// Where that link leads, with its token.
    Reset(String),
    /// The messenger, with no chat chosen.
    Chats,
    /// A chat, perhaps at one of its messages.
    Chat(RoomId, Option<MessageId>),
    /// The explorer.
    People,
    /// Somebody's profile.
    Person(UserId),
    /// Friend requests.
    Requests,
    /// Those whom the user has blocked.
    Blocked,
    /// Settings.
    Settings,
    /// The user's own profile, to change it.
    Profile,
    /// Making a group.
    NewGroup,
    /// The explorer of public channels.
    Channels,
    /// A public channel, to follow it.
    Channel(ChannelHandle),
    /// Making a channel.
    NewChannel,
    /// Where an invite link leads, with its token.
    Join(String),
}

/// For whom a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guests {
    /// People without a session; all others are led on.
    Strangers,
    /// People with one; all others are led to signing in.
    SignedIn,
    /// Both.
    Anybody,
}

impl Place {
    /// The place of a path; none where there is nothing.
    pub fn parse(path: &str) -> Option<Self> {
        let mut parts = path.strip_prefix('/')?.trim_end_matches('/').split('/');
        let place = match (parts.next()?, parts.next(), parts.next()) {
            ("" | "chats", None, None) => Self::Chats,
            ("chats", Some(room), None) => Self::Chat(room.parse().ok()?, None),
            ("chats", Some(room), Some(message)) => {
                Self::Chat(room.parse().ok()?, Some(message.parse().ok()?))
            }
            ("sign-in", None, None) => Self::SignIn,
            ("register", None, None) => Self::Register,
            ("verify", Some(token), None) if !token.is_empty() => Self::Verify(token.to_owned()),
            ("forgot", None, None) => Self::Forgot,
            ("reset", Some(token), None) if !token.is_empty() => Self::Reset(token.to_owned()),
            ("people", None, None) => Self::People,
            ("people", Some(user), None) => Self::Person(user.parse().ok()?),
            ("requests", None, None) => Self::Requests,
            ("blocked", None, None) => Self::Blocked,
            ("settings", None, None) => Self::Settings,
            ("settings", Some("profile"), None) => Self::Profile,
            ("groups", Some("new"), None) => Self::NewGroup,
            ("channels", None, None) => Self::Channels,
            ("channels", Some("new"), None) => Self::NewChannel,
            ("channels", Some(handle), None) => Self::Channel(handle.parse().ok()?),
            ("join", Some(token), None) if !token.is_empty() => Self::Join(token.to_owned()),
            _ => return None,
        };
        parts.next().is_none().then_some(place)
    }

    /// For whom it is.
    pub fn guests(&self) -> Guests {
        match self {
            Self::SignIn | Self::Register => Guests::Strangers,
            Self::Verify(_) | Self::Forgot | Self::Reset(_) => Guests::Anybody,
            _ => Guests::SignedIn,
        }
    }

    /// Where the arrow on top of it leads to whoever has come from elsewhere.
    pub fn parent(&self) -> Option<Self> {
        match self {
            Self::SignIn | Self::Register | Self::Verify(_) | Self::Forgot | Self::Reset(_) | Self::Chats => {
                None
            }
            Self::Person(_) => Some(Self::People),
            Self::Blocked | Self::Profile => Some(Self::Settings),
            Self::Channel(_) | Self::NewChannel => Some(Self::Channels),
            Self::Chat(..)
            | Self::People
            | Self::Requests
            | Self::Settings
            | Self::NewGroup
            | Self::Channels
            | Self::Join(_) => Some(Self::Chats),
        }
    }

    /// Whether the navigation leads to it, from everywhere.
    pub fn is_in_navigation(&self) -> bool {
        matches!(self, Self::Chats | Self::People | Self::Requests | Self::Settings | Self::Channels)
    }

    /// The room whose chat it shows.
    pub fn room(&self) -> Option<RoomId> {
        if let Self::Chat(room, _) = self { Some(*room) } else { None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignIn => f.write_str("/sign-in"),
            Self::Register => f.write_str("/register"),
            Self::Verify(token) => write!(f, "/verify/{token}"),
            Self::Forgot => f.write_str("/forgot"),
            Self::Reset(token) => write!(f, "/reset/{token}"),
            Self::Chats => f.write_str("/chats"),
            Self::Chat(room, None) => write!(f, "/chats/{room}"),
            Self::Chat(room, Some(message)) => write!(f, "/chats/{room}/{message}"),
            Self::People => f.write_str("/people"),
            Self::Person(user) => write!(f, "/people/{user}"),
            Self::Requests => f.write_str("/requests"),
            Self::Blocked => f.write_str("/blocked"),
            Self::Settings => f.write_str("/settings"),
            Self::Profile => f.write_str("/settings/profile"),
            Self::NewGroup => f.write_str("/groups/new"),
            Self::Channels => f.write_str("/channels"),
            Self::Channel(handle) => write!(f, "/channels/{handle}"),
            Self::NewChannel => f.write_str("/channels/new"),
            Self::Join(token) => write!(f, "/join/{token}"),
        }
    }
}

/// What a query gives under a name.
pub fn given(query: &str, name: &str) -> Option<String> {
    value(query, name).and_then(unescape)
}

/// A query that gives these, without those that are empty.
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut query = String::new();
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(name);
        query.push('=');
        query.push_str(&escape(&value));
    }
    query
}

/// Where somebody wanted to go before they were asked to sign in: the `next` of a query, if it is an
/// address of ours, else the messenger.
pub fn wanted(query: &str) -> String {
    wanted_or(query, &Place::Chats)
}

/// The same for whoever has just joined: they have no chats yet, but find people to talk to.
pub fn wanted_at_first(query: &str) -> String {
    wanted_or(query, &Place::People)
}

fn wanted_or(query: &str, otherwise: &Place) -> String {
    value(query, "next")
        .and_then(unescape)
        .filter(|next| is_ours(next))
        .unwrap_or_else(|| otherwise.to_string())
}

/// The invitation that a query carries: by itself, or as a group's link that is wished for.
pub fn invitation(query: &str) -> String {
    match (value(query, "invitation").and_then(unescape), Place::parse(&wanted(query))) {
        (Some(invitation), _) | (None, Some(Place::Join(invitation))) => invitation,
        (None, _) => String::new(),
    }
}

/// A page for strangers that remembers the wish.
pub fn with_wish(page: &Place, wish: &str) -> String {
    if matches!(Place::parse(wish), Some(Place::Chats)) {
        page.to_string()
    } else {
        format!("{page}?next={}", escape(wish))
    }
}

/// Why somebody who was signed in is to sign in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The session was ended elsewhere.
    SignedOut,
    /// The host has closed the account.
    Banned,
}

impl Ended {
    /// What a query carries of it.
    fn word(self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::Banned => "banned",
        }
    }
}

/// The page to sign in on that says why, and remembers the wish.
pub fn after_end(ended: Ended, wish: &str) -> String {
    let address = with_wish(&Place::SignIn, wish);
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}ended={}", ended.word())
}

/// Why somebody is to sign in again, if a query says so.
pub fn ended(query: &str) -> Option<Ended> {
    let word = value(query, "ended")?;
    [Ended::SignedOut, Ended::Banned].into_iter().find(|ended| ended.word() == word)
}

/// What a query says under a name, still escaped.
fn value<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let pairs = query.trim_start_matches('?').split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find_map(|(key, value)| (key == name).then_some(value))
}

/// A path on this server: browsers read `//host` and `/\host` as another one.
fn is_ours(next: &str) -> bool {
    next.starts_with('/') && !next.starts_with("//") && !next.contains(|c: char| c == '\\' || c.is_control())
}

fn escape(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_place_and_back() {
        for (path, place) in [
            ("/chats", Place::Chats),
            ("/chats/12", Place::Chat(RoomId(12), None)),
            ("/chats/12/345", Place::Chat(RoomId(12), Some(MessageId(345)))),
            ("/people/7", Place::Person(UserId(7))),
            ("/settings/profile", Place::Profile),
            ("/groups/new", Place::NewGroup),
            ("/channels", Place::Channels),
            ("/channels/new", Place::NewChannel),
            ("/channels/kopi_pagi", Place::Channel(ChannelHandle::parse("kopi_pagi").unwrap())),
            ("/join/abc-DEF_1", Place::Join("abc-DEF_1".to_owned())),
            ("/sign-in", Place::SignIn),
            ("/verify/0af", Place::Verify("0af".to_owned())),
            ("/reset/0af", Place::Reset("0af".to_owned())),
            ("/forgot", Place::Forgot),
        ] {
            assert_eq!(Place::parse(path), Some(place.clone()));
            assert_eq!(place.to_string(), path);
        }
        assert_eq!(Place::parse("/"), Some(Place::Chats));
        assert_eq!(Place::parse("/people/"), Some(Place::People));
        for nowhere in
            ["", "chats", "/nowhere", "/chats/x", "/chats/1/2/3", "/join", "/join/", "/groups", "/channels/x"]
        {
            assert_eq!(Place::parse(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn nobody_is_sent_to_another_server() {
        assert_eq!(wanted("?next=/chats/7/3"), "/chats/7/3");
        assert_eq!(wanted_at_first("?next=/chats/7/3"), "/chats/7/3");
        assert_eq!(wanted_at_first(""), "/people");
        for bad in [
            "",
            "rooms",
            "//evil.example",
            "/\\evil.example",
            "/%09/evil.example",
            "/%01",
            "/%7f",
            "/%C2%85",
            "https://evil.example",
            "%ff",
        ] {
            assert_eq!(wanted(&format!("?next={bad}")), "/chats", "{bad:?}");
        }
    }

    #[test]
    fn the_wish_survives_the_address() {
        assert_eq!(with_wish(&Place::Register, "/chats"), "/register");
        let address = with_wish(&Place::SignIn, "/join/a?b=c&d");
        assert_eq!(address, "/sign-in?next=/join/a%3Fb%3Dc%26d");
        assert_eq!(wanted(address.strip_prefix("/sign-in").unwrap()), "/join/a?b=c&d");
        let address = after_end(Ended::Banned, "/chats/7");
        assert_eq!(address, "/sign-in?next=/chats/7&ended=banned");
        assert_eq!(wanted(address.strip_prefix("/sign-in").unwrap()), "/chats/7");
        assert_eq!(ended(address.strip_prefix("/sign-in").unwrap()), Some(Ended::Banned));
        assert_eq!(after_end(Ended::SignedOut, "/"), "/sign-in?ended=signed-out");
        assert_eq!(ended("?ended=signed-out"), Some(Ended::SignedOut));
        assert_eq!(ended("?ended=so"), None);
        assert_eq!(invitation("?invitation=ab1"), "ab1");
        assert_eq!(invitation("?next=/join/ab2"), "ab2");
        assert_eq!(invitation("?next=/people"), "");
    }
}
